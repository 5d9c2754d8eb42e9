/**
 * Input for the terminal phone, at each of its questions. A line that makes no sense there gives undefined.
 */
import type { GatherAnswer, RecordAnswer, TalkAnswer } from "../../phone/leg/handset.ts";
import type { Gathering } from "../../phone/leg/moment.ts";
import { recognised } from "../../phone/script/recognised.ts";

const HANG_UP = /^h(ang ?up)?$/i;
const SILENCE = /^(silence)?$/i;

/** Keys, `say` and words (in quotes for exactly these), or nothing for silence. Undefined for words if only keys are wanted, and for keys if only words are. */
export function typedGather(line: string, { input }: Gathering): GatherAnswer | undefined {
  if (SILENCE.test(line)) return "silence";
  if (HANG_UP.test(line)) return "hangup";
  const words = /^say\s+(.+)$/i.exec(line)?.[1];
  if (words !== undefined) return input.includes("speech") ? { speech: recognised(words) } : undefined;
  return /^[0-9*#]+$/.test(line) && input.includes("dtmf") ? { digits: line } : undefined;
}

/** What can be typed when a call asks for keys or words. */
export function gatherChoices({ input }: Gathering): string {
  const ways = { dtmf: "keys", speech: "say words" };
  return [...input.map((way) => ways[way]), "nothing for silence", "h to hang up"].join(", ");
}

/** Seconds, followed by `#` or `*` if that key ended the message; nothing for silence. */
export function typedRecord(line: string): RecordAnswer | undefined {
  if (SILENCE.test(line)) return "silence";
  if (HANG_UP.test(line)) return "hangup";
  const [, seconds, key] = /^(\d{1,5})\s*([#*])?$/.exec(line) ?? [];
  if (seconds === undefined) return undefined;
  return { seconds: Number(seconds), ...(key !== undefined && { key }) };
}

/** What can be typed while a message is recorded. */
export const RECORD_CHOICES =
  "seconds of your message (12, or 12# to end it by a key), nothing for silence, h to hang up";

/** The result of a dial: who picks up, by position among the called phones. */
type TypedRing =
  | { picksUp: number; refuses: boolean }
  | { status: "busy" | "no-answer" | "failed" }
  | "hangup";

/** `answer` or `refuse` (the second of several: `answer 2`), `busy`, `no answer`, `failed`; first letters will do. */
export function typedRing(line: string, rung: number): TypedRing | undefined {
  if (HANG_UP.test(line)) return "hangup";
  if (/^b(usy)?$/i.test(line)) return { status: "busy" };
  if (/^n(o[- ]?answer)?$/i.test(line) || line === "") return { status: "no-answer" };
  if (/^f(ailed)?$/i.test(line)) return { status: "failed" };
  const [, word, place = "1"] = /^(a|answer|r|refuse)(?: ([1-9]\d?))?$/i.exec(line) ?? [];
  if (word === undefined || Number(place) > rung) return undefined;
  return { picksUp: Number(place) - 1, refuses: /^r/i.test(word) };
}

/** What can be typed while others are rung. */
export function ringChoices(rung: number): string {
  const which = rung > 1 ? ` (answer 2 for the second of ${rung})` : "";
  return `answer${which}, refuse (pick up and hang up), busy, failed, nothing for no answer, h to hang up`;
}

/** Seconds until the other end hangs up, 60 if nothing is typed; `h` hangs up at this end. */
export function typedTalk(line: string): TalkAnswer | undefined {
  if (HANG_UP.test(line)) return { seconds: 60, by: "caller" };
  if (line === "") return { seconds: 60, by: "callee" };
  return /^\d{1,5}$/.test(line) ? { seconds: Number(line), by: "callee" } : undefined;
}

/** What can be typed while two people talk. */
export const TALK_CHOICES = "seconds until the other end hangs up (60 if nothing), h to hang up yourself";

/**
 * The lines of a script. A line that begins with `#` is a comment unless it holds only keys; so is the text after a `#`
 * with spaces around it. An empty line is input like any other.
 */
export function scriptLines(text: string): string[] {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines
    .filter((line) => !line.startsWith("#") || /^[0-9*#]+$/.test(line.trim()))
    .map((line) => line.replace(/\s+#\s.*$/, ""));
}
