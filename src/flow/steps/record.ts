/** `record`: take a message. */
import Type, { type Static } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compiler.ts";
import type { FindingDoc } from "../findings/diagnostic.ts";
import { Exit, Keys, Prompt, SideStep, VariableName, Whole } from "../schema.ts";
import { fixedFlag, flag, recordingCallback, shaped, text, trim, url, whole } from "../twiml/attributes.ts";
import { addNoun, type Noun } from "../twiml/noun.ts";
import { type Flow, type Report, type Step, type StepKind, valueAt } from "./kind.ts";

/** TwiML Record: transcriptions are made of recordings over 2 and up to 120 seconds. */
const MOST_TRANSCRIBED = 120;
/** Seconds from which a recording is surely longer than the 2 that TwiML Record asks for. */
const LEAST_TRANSCRIBED = 3;

const END: Op = { op: "end" };

/** TwiML Record. */
const RECORD = {
  element: "Record",
  example: "record: { … }",
  attributes: {
    maxLength: whole(2, 14_400, 13612),
    timeout: whole(0, 600, 13611),
    finishOnKey: shaped("^[0-9#*]*$", "keys of 0-9, * and #", 13613),
    playBeep: flag(13616),
    trim,
    transcribe: fixedFlag(13614),
    transcribeCallback: url,
    ...recordingCallback,
    recordingConfigurationId: text,
  },
  own: ["action"],
} satisfies Noun;

const Body = Keys({
  prompt: Type.Optional(Prompt),
  save: Type.Optional(VariableName("recording")),
  empty: Type.Optional(Exit),
  minLength: Type.Optional(Whole(1, 30)),
  notify: Type.Optional(SideStep("notify")),
  ...RECORD.attributes,
});
type Record = Static<typeof Body>;

function ask({ body }: Step<Record>, to: Compiler): Op {
  return to.twiml((response) => {
    if (body.prompt !== undefined) to.speak(response, body.prompt);
    addNoun(to, response, RECORD, body, { action: to.link("recorded"), ...callbacks(body, to) });
    // Where Twilio records nothing at all it goes on to the next verb instead of asking `action`.
    response.addChild("Redirect", {}).addText(to.link("silent"));
  });
}

/** TwiML Record: a recording is told of first, and what was said in it later, by a webhook of its own. */
function callbacks({ notify, transcribe }: Record, to: Compiler): { [attribute: string]: string } {
  if (notify === undefined) return {};
  return {
    recordingStatusCallback: to.link("arrived", "aside"),
    ...(transcribe ? { transcribeCallback: to.link("written", "aside") } : {}),
  };
}

/** What happens when the recording and its transcript have arrived, perhaps after the call. */
function notified({ body }: Step<Record>, to: Compiler): { [block: string]: Op[] } {
  const { notify, transcribe, save: variable } = body;
  if (notify === undefined || variable === undefined) return {};
  const begins = to.side("notify", { step: notify }, [END]);
  const begin: Op = { op: "goto", block: "notify" };
  const keep = save(body);
  const nothing = secondsBelow(least(body), [END]);
  const arrived = (cases: { [seconds: string]: Op[] }, then: Op): Op[] => [
    ...keep,
    { op: "switch", on: { param: "RecordingDuration" }, cases },
    then,
  ];
  if (!transcribe) return { arrived: arrived(nothing, begin), ...begins };
  const seconds = `vars.${variable}.seconds`;
  const told = `${seconds} > 0 && ${seconds} < ${Math.max(least(body), LEAST_TRANSCRIBED)}`;
  const map = {
    url: { param: "RecordingUrl" },
    seconds: { expr: seconds },
    transcript: { param: "TranscriptionText" },
  };
  return {
    // Of what is too short to be written down nothing more will come.
    arrived: arrived({ ...secondsBelow(LEAST_TRANSCRIBED, [begin]), ...nothing }, END),
    written: [
      { op: "when", cases: [{ when: told, ops: [END] }] },
      { op: "set", to: { variable }, from: { map } },
      begin,
    ],
    ...begins,
  };
}

/** Seconds below which nothing was said. */
function least({ minLength = 1 }: Record): number {
  return minLength;
}

/** The same ops for each length below so many seconds. */
function secondsBelow(seconds: number, ops: Op[]): { [seconds: string]: Op[] } {
  return Object.fromEntries(Array.from({ length: seconds }, (_, one) => [String(one), ops]));
}

function recorded(step: Step<Record>, to: Compiler): Op[] {
  const { body } = step;
  const nothing = silent(step, to);
  return [
    { op: "switch", on: { param: "RecordingUrl" }, cases: { "": nothing } },
    { op: "switch", on: { param: "RecordingDuration" }, cases: secondsBelow(least(body), nothing) },
    ...save(body),
    ...to.exit(step.next ?? "hangup"),
  ];
}

function save(body: Record): Op[] {
  if (body.save === undefined) return [];
  const url = { param: "RecordingUrl" };
  const seconds = { param: "RecordingDuration" };
  return [
    { op: "set", to: { variable: body.save }, from: { map: { url, seconds, transcript: { value: "" } } } },
  ];
}

function silent(step: Step<Record>, to: Compiler): Op[] {
  return to.exit(step.body.empty ?? step.next ?? "hangup");
}

const voicemail = (maxLength: number): string =>
  `steps:\n  voicemail:\n    record:\n      maxLength: ${maxLength}\n      transcribe: true\n    next: hangup\n`;

const told = (keys: string): string =>
  `steps:\n  voicemail:\n    record: { ${keys} }\n    next: hangup\n  tell:\n    sms: { to: +14155550100, body: A message has come. }\n    next: return\n`;

const FINDINGS: readonly FindingDoc[] = [
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

function lint(step: Step<Record>, _flow: Flow, report: Report): void {
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

export const record: StepKind<Record> = {
  name: "record",
  does: "asks",
  doc: {
    summary: "Takes a message after a tone.",
    text:
      "`save` keeps it as a recording, with `url`, `seconds` and `transcript`. `empty` is taken when nothing was said, " +
      "or less than `minLength` seconds; `next` if it is left out.",
    example: `
variables:
  message: { type: recording }
steps:
  voicemail:
    record:
      prompt: Please leave a message after the tone.
      maxLength: 120
      save: message
      empty: bye
    next: thanks
  thanks:
    hangup: Your message of {{ vars.message.seconds }} seconds was saved.
  bye:
    hangup: Goodbye.
`,
    calls: `
flow: example
scenarios:
  - name: a message of twelve seconds
    script:
      - hear: leave a message
      - record: 12
      - hear: Your message of 12 seconds was saved.
      - end
  - name: no message
    script:
      - silence
      - hear: Goodbye.
      - end
`,
  },
  twiml: [RECORD],
  schema: Body,
  keys: {
    prompt: "What is heard before the tone.",
    save: "The variable that keeps the recording.",
    empty: "The exit when nothing was said.",
    notify:
      "The step that runs once the recording has arrived, with its transcript where `transcribe` asks for one; perhaps " +
      "after the call. Where nothing was said it does not run.",
    minLength: "Seconds below which a message counts as nothing said; 1 if left out.",
    maxLength: "Seconds after which the recording ends; Twilio's default is 3,600, or 120 when transcribing.",
    timeout: "Seconds of silence that end the recording; Twilio's default is 5, and 0 is none.",
    finishOnKey: "Keys that end the recording; any key if left out.",
    playBeep: "Whether the tone is heard; true if left out.",
    trim: "`trim-silence` (the default) or `do-not-trim`.",
    transcribe: "Whether Twilio writes down what was said (US English, up to 120 seconds).",
    transcribeCallback: "Where Twilio sends the words, by a webhook of its own.",
    recordingStatusCallback: "Where Twilio tells of the recording, by a webhook of its own.",
    recordingStatusCallbackMethod: "`GET` or `POST`; `POST` if left out.",
    recordingStatusCallbackEvent: "`in-progress`, `completed`, `absent`, or a list of these.",
    recordingConfigurationId: "A recording configuration of the Twilio account.",
  },
  next: () => "required",
  resumes: "written",
  findings: FINDINGS,
  lint,
  compile: (step, to) => ({
    enter: [ask(step, to), { op: "wait", block: "recorded" }],
    recorded: recorded(step, to),
    silent: silent(step, to),
    ...notified(step, to),
  }),
};
