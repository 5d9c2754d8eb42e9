/** The checks of a record beyond its schema. */

import { languagesAt } from "../../analysis/languages.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Record } from "./body.ts";
import { type Code, MOST_TRANSCRIBED } from "./findings.ts";
import { recordingIn } from "./notify.ts";

/** The attributes that `notify` sets itself. */
const CALLBACK_KEYS = [
  "recordingStatusCallback",
  "recordingStatusCallbackMethod",
  "recordingStatusCallbackEvent",
  "transcribeCallback",
] as const;

function lintNotify(step: Step<Record>, report: Report<Code>): void {
  const { body } = step;
  if (body.notify === undefined) return;
  const reportKey = (code: Code, key: string, message: string): void =>
    report({ code, at: valueAt(step, key) ?? step.bodyNode, message });
  if (recordingIn(body) === undefined)
    reportKey(
      "notify-without-save",
      "notify",
      "`notify` needs `save`; name the variable that captures the recording",
    );
  for (const key of CALLBACK_KEYS) {
    if (body[key] !== undefined)
      reportKey("two-callbacks", key, `\`notify\` sets this callback itself; remove \`${key}\``);
  }
}

/** The keys through which a recording gets somewhere. */
const USES = [
  "save",
  "notify",
  "recordingStatusCallback",
  "transcribeCallback",
  "recordingConfigurationId",
] as const;

/** Checks one record. */
export function lint(step: Step<Record>, flow: Flow, report: Report<Code>): void {
  const { body } = step;
  lintNotify(step, report);
  if (body.transcribeCallback !== undefined && !body.transcribe) {
    const message = "nothing is sent here without a transcription; add `transcribe: true`, or remove this";
    report({
      code: "callback-without-transcribe",
      at: valueAt(step, "transcribeCallback") ?? step.bodyNode,
      message,
    });
  }
  if (typeof body.maxLength === "number" && (body.minLength ?? 0) >= body.maxLength) {
    const message = `recordings end after ${body.maxLength} seconds, so every message would count as empty; lower \`minLength\``;
    report({ code: "short-recording", at: valueAt(step, "minLength") ?? step.bodyNode, message });
  }
  lintTranscript(step, flow, report);
  if (!USES.some((key) => body[key] !== undefined)) {
    const message =
      "the message stays at Twilio, and nothing here uses it; name a variable in `save`, or a `recordingStatusCallback`";
    report({ code: "unused-recording", severity: "warning", at: kindKey(step), message });
  }
}

function lintTranscript(step: Step<Record>, flow: Flow, report: Report<Code>): void {
  const { body } = step;
  if (body.transcribe !== true) return;
  const languages = languagesAt(step.name, flow);
  // Of callers in several languages, the English ones are worth a transcript.
  if (languages.length > 0 && languages.every((language) => !/^en\b/.test(language))) {
    const message = `Twilio transcribes only English, and callers speak ${languages.join(" or ")} here; remove \`transcribe\``;
    const at = valueAt(step, "transcribe") ?? step.bodyNode;
    report({ code: "transcribe-language", severity: "warning", at, message });
  }
  // The value of an environment variable is unknown here.
  const { maxLength = MOST_TRANSCRIBED } = body;
  if (typeof maxLength === "number" && maxLength > MOST_TRANSCRIBED) {
    report({
      code: "twilio-13615",
      severity: "warning",
      at: valueAt(step, "maxLength") ?? step.bodyNode,
      message: `Twilio transcribes recordings of up to ${MOST_TRANSCRIBED} seconds; lower \`maxLength\`, or remove \`transcribe\``,
    });
  }
}
