/** What a record can get wrong beyond its shape. */
import type { FindingDoc } from "../../language/diagnostic.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Record } from "./body.ts";

/** TwiML Record: transcriptions are made of recordings over 2 and up to 120 seconds. */
const MOST_TRANSCRIBED = 120;

const voicemail = (maxLength: number): string =>
  `steps:\n  voicemail:\n    record:\n      maxLength: ${maxLength}\n      transcribe: true\n    next: hangup\n`;

const told = (keys: string): string =>
  `steps:\n  voicemail:\n    record: { ${keys} }\n    next: hangup\n  tell:\n    sms: { to: +14155550100, body: A message has come. }\n    next: return\n`;

const taken = (keys: string): string => `steps:\n  voicemail:\n    record: { ${keys} }\n    next: hangup\n`;

/** The findings that only a record makes. */
export const FINDINGS: readonly FindingDoc[] = [
  {
    code: "twilio-13615",
    severity: "error",
    summary: `A recording that is to be transcribed and may be longer than ${MOST_TRANSCRIBED} seconds: Twilio does not transcribe it.`,
    bad: voicemail(180),
    good: voicemail(MOST_TRANSCRIBED),
  },
  {
    code: "callback-without-transcribe",
    severity: "error",
    summary: "A recording with a `transcribeCallback` that nothing is written down for.",
    bad: "steps:\n  voicemail:\n    record: { transcribeCallback: https://example.com/words }\n    next: hangup\n",
    good: "steps:\n  voicemail:\n    record: { transcribe: true, transcribeCallback: https://example.com/words }\n    next: hangup\n",
  },
  {
    code: "notify-without-save",
    severity: "error",
    summary:
      "A recording with `notify` and without `save`: the step that is told would not know the recording.",
    bad: told("notify: tell"),
    good: told("save: message, notify: tell"),
  },
  {
    code: "short-recording",
    severity: "error",
    summary: "A recording that ends before its `minLength`: every one would count as nothing said.",
    bad: taken("minLength: 20, maxLength: 10"),
    good: taken("minLength: 2, maxLength: 10"),
  },
  {
    code: "two-callbacks",
    severity: "error",
    summary:
      "A recording with `notify` and a callback of its own, or with other callbacks than the one that tells of the " +
      "whole recording: Twilio tells only one address.",
    bad: told("save: message, notify: tell, recordingStatusCallback: https://example.com/recorded"),
    good: told("save: message, notify: tell"),
  },
];

/** What `notify` sees to by itself: it is asked once the recording is complete, by POST. */
const CALLBACK_KEYS = [
  "recordingStatusCallback",
  "recordingStatusCallbackMethod",
  "recordingStatusCallbackEvent",
  "transcribeCallback",
] as const;

function lintNotify(step: Step<Record>, report: Report): void {
  const { body } = step;
  if (body.notify === undefined) return;
  const tell = (code: string, key: string, message: string): void =>
    report({ code, at: valueAt(step, key) ?? step.bodyNode, message });
  if (body.save === undefined)
    tell("notify-without-save", "notify", "say in `save` which variable keeps the recording for that step");
  for (const key of CALLBACK_KEYS) {
    if (body[key] !== undefined)
      tell("two-callbacks", key, `\`notify\` takes Twilio's callbacks as they come; remove \`${key}\``);
  }
}

/** Looks at one record. */
export function lint(step: Step<Record>, _flow: Flow, report: Report): void {
  const { body } = step;
  lintNotify(step, report);
  if (body.transcribeCallback !== undefined && !body.transcribe) {
    const message =
      "nothing is sent here unless Twilio writes it down; add `transcribe: true`, or remove this";
    report({
      code: "callback-without-transcribe",
      at: valueAt(step, "transcribeCallback") ?? step.bodyNode,
      message,
    });
  }
  if (typeof body.maxLength === "number" && (body.minLength ?? 0) >= body.maxLength) {
    const message = `a recording ends after ${body.maxLength} seconds here, so every one would count as nothing said; lower \`minLength\``;
    report({ code: "short-recording", at: valueAt(step, "minLength") ?? step.bodyNode, message });
  }
  // What one of the Worker's variables says is not known here.
  const { maxLength = MOST_TRANSCRIBED } = body;
  if (body.transcribe === true && typeof maxLength === "number" && maxLength > MOST_TRANSCRIBED) {
    report({
      code: "twilio-13615",
      at: valueAt(step, "maxLength") ?? step.bodyNode,
      message: `Twilio transcribes recordings of up to ${MOST_TRANSCRIBED} seconds; lower \`maxLength\` or leave out \`transcribe\``,
    });
  }
}
