/** Values of variables for people. */
import type { Value } from "../contract/value.ts";
import { clockText } from "./time.ts";

/** What a caller has said after a tone. */
interface RecordedValue {
  url: string;
  seconds: number;
  /** What was said; empty if there is no transcript, or not yet. */
  transcript: string;
}

/** A value as a recording; undefined if it is something else. */
export function recordedIn(value: Value): RecordedValue | undefined {
  if (!isMap(value)) return undefined;
  const { url, seconds, transcript = "", ...others } = value;
  if (typeof url !== "string" || typeof seconds !== "number" || typeof transcript !== "string")
    return undefined;
  return Object.keys(others).length > 0 ? undefined : { url, seconds, transcript };
}

/** Whether a value has parts with names of their own. */
export function isMap(value: Value): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in one line; `empty` if it holds nothing. */
export function valueText(value: Value): string {
  const recorded = recordedIn(value);
  if (recorded) return recordedText(recorded);
  if (Array.isArray(value)) return value.map(partText).join(", ") || "empty";
  if (isMap(value)) return pairsText(value) || "empty";
  return `${value ?? ""}` || "empty";
}

/** A recording in one line, without its address. */
export function recordedText({ url, seconds, transcript }: RecordedValue): string {
  if (url === "") return "empty";
  return `recording, ${clockText(seconds)}${transcript === "" ? "" : `: “${transcript}”`}`;
}

function pairsText(value: { [key: string]: Value }): string {
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${partText(part)}`)
    .join(", ");
}

function partText(value: Value): string {
  return typeof value === "object" && value !== null ? `(${valueText(value)})` : valueText(value);
}
