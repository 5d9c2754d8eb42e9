/** The checks of a record beyond its schema. */

import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
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

/** Checks one record. */
export function lint(step: Step<Record>, _flow: Flow, report: Report<Code>): void {
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
  // The value of an environment variable is unknown here.
  const { maxLength = MOST_TRANSCRIBED } = body;
  if (body.transcribe === true && typeof maxLength === "number" && maxLength > MOST_TRANSCRIBED) {
    report({
      code: "twilio-13615",
      at: valueAt(step, "maxLength") ?? step.bodyNode,
      message: `Twilio transcribes recordings of up to ${MOST_TRANSCRIBED} seconds; lower \`maxLength\`, or remove \`transcribe\``,
    });
  }
}
