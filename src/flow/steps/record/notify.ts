/** Captures a recording, and notifies a step once it has arrived, possibly after the call. */
import type { Op } from "../../../program/op.ts";
import { type Compiler, captureResults, RECORDED } from "../../compile/compiler.ts";
import type { Step } from "../../model/flow.ts";
import type { Record } from "./body.ts";

/** Whole seconds from which a recording is longer than 2 seconds, so that Twilio transcribes it (TwiML Record). */
const LEAST_TRANSCRIBED = 3;

const END: Op = { op: "end" };

/** TwiML Record: Twilio reports the recording first, and its transcript later, in a separate webhook. */
export function callbacks(
  { notify, transcribe }: Record,
  compiler: Compiler,
): { [attribute: string]: string } {
  if (notify === undefined) return {};
  return {
    recordingStatusCallback: compiler.link("arrived", "aside"),
    ...(transcribe ? { transcribeCallback: compiler.link("written", "aside") } : {}),
  };
}

/** The blocks that run when the recording and its transcript have arrived, possibly after the call. */
export function notified({ body }: Step<Record>, compiler: Compiler): { [block: string]: Op[] } {
  const { notify, transcribe } = body;
  const variable = recordingIn(body);
  if (notify === undefined || variable === undefined) return {};
  const begins = compiler.side("notify", { step: notify }, [END]);
  const begin: Op = { op: "goto", block: "notify" };
  const capture: Op[] = [{ op: "set", to: { variable }, from: RECORDED }];
  const nothing = secondsBelow(least(body), [END]);
  const arrived = (cases: { [seconds: string]: Op[] }, then: Op): Op[] => [
    ...capture,
    { op: "switch", on: { param: "RecordingDuration" }, cases },
    then,
  ];
  if (!transcribe) return { arrived: arrived(nothing, begin), ...begins };
  const seconds = `vars.${variable}.seconds`;
  const notified = `${seconds} > 0 && ${seconds} < ${Math.max(least(body), LEAST_TRANSCRIBED)}`;
  const map = {
    url: { param: "RecordingUrl" },
    seconds: { expr: seconds },
    transcript: { param: "TranscriptionText" },
  };
  return {
    // Recordings too short to transcribe get no second webhook.
    arrived: arrived({ ...secondsBelow(LEAST_TRANSCRIBED, [begin]), ...nothing }, END),
    written: [
      { op: "when", cases: [{ when: notified, ops: [END] }] },
      { op: "set", to: { variable }, from: { map } },
      begin,
    ],
    ...begins,
  };
}

/** Seconds below which a message counts as empty. */
export function least({ minLength = 1 }: Record): number {
  return minLength;
}

/** The same ops for each length below the given seconds. */
export function secondsBelow(seconds: number, ops: Op[]): { [seconds: string]: Op[] } {
  return Object.fromEntries(Array.from({ length: seconds }, (_, one) => [String(one), ops]));
}

/** The variable that captures the recording, if any. */
export function recordingIn({ save }: Record): string | undefined {
  if (typeof save !== "object") return save;
  return Object.keys(save).find((variable) => save[variable] === "recording");
}

/** Captures what `save` names. */
export function save({ save }: Record, compiler: Compiler): Op[] {
  const results = {
    recording: RECORDED,
    url: { param: "RecordingUrl" },
    seconds: { param: "RecordingDuration" },
    key: { param: "Digits" },
  };
  return captureResults(typeof save === "string" ? { [save]: "recording" } : save, results, compiler);
}
