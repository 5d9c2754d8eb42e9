/** What becomes of a recording: it is kept, and a step is told of it once it has arrived, perhaps after the call. */
import type { Op } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { Step } from "../../model/flow.ts";
import type { Record } from "./body.ts";

/** Seconds from which a recording is surely longer than the 2 that TwiML Record asks for to write it down. */
const LEAST_TRANSCRIBED = 3;

const END: Op = { op: "end" };

/** TwiML Record: a recording is told of first, and what was said in it later, by a webhook of its own. */
export function callbacks({ notify, transcribe }: Record, to: Compiler): { [attribute: string]: string } {
  if (notify === undefined) return {};
  return {
    recordingStatusCallback: to.link("arrived", "aside"),
    ...(transcribe ? { transcribeCallback: to.link("written", "aside") } : {}),
  };
}

/** What happens when the recording and its transcript have arrived, perhaps after the call. */
export function notified({ body }: Step<Record>, to: Compiler): { [block: string]: Op[] } {
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
export function least({ minLength = 1 }: Record): number {
  return minLength;
}

/** The same ops for each length below so many seconds. */
export function secondsBelow(seconds: number, ops: Op[]): { [seconds: string]: Op[] } {
  return Object.fromEntries(Array.from({ length: seconds }, (_, one) => [String(one), ops]));
}

/** Keeps the recording that the webhook tells of, where the step says so. */
export function save(body: Record): Op[] {
  if (body.save === undefined) return [];
  const url = { param: "RecordingUrl" };
  const seconds = { param: "RecordingDuration" };
  return [
    { op: "set", to: { variable: body.save }, from: { map: { url, seconds, transcript: { value: "" } } } },
  ];
}
