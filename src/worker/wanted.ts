/** Reads the change that an administrator wants. Only our own command line sends one, but anything with the token can. */
import { isMap } from "../program/is-map.ts";
import type { Change, Pointer } from "./pointer.ts";

/** A change of what new calls get, as the command line sends it. */
export interface Wanted extends Pick<Pointer, "hash" | "canary"> {
  expect: number;
  change: Omit<Change, "at">;
}

const HASH = /^[0-9a-f]{10}$/;
/** The longest text of the history: it has a hundred changes, and a Durable Object's value has a limit. */
const MOST_TEXT = 1000;

/** Reads a change from JSON; a sentence if it is not one. */
export function readWanted(text: string): Wanted | string {
  const value = parsed(text);
  if (!isMap(value)) return "The body must be a JSON object with `expect`, `hash` and `change`.";
  const { expect, hash } = value;
  if (typeof expect !== "number" || !Number.isSafeInteger(expect) || expect < 0)
    return "`expect` must be the `rev` of the pointer that you read, or 0.";
  if (!isHash(hash)) return "`hash` must be the hash of a version: ten digits from 0 to f.";
  const canary = readCanary(value.canary);
  if (typeof canary === "string") return canary;
  const change = readChange(value.change);
  if (typeof change === "string") return change;
  return { expect, hash, ...(canary && { canary }), change };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether this is how a version is named. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && HASH.test(value);
}

function isPercent(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < 100;
}

function readCanary(value: unknown): Pointer["canary"] | string {
  if (value === undefined) return undefined;
  if (!isMap(value) || !isHash(value.hash) || !isPercent(value.percent))
    return "`canary` must have a `hash` of ten digits, and a `percent` above 0 and below 100.";
  return { hash: value.hash, percent: value.percent };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_TEXT;
}

function readChange(value: unknown): Wanted["change"] | string {
  const { action, hash, percent, who, note } = isMap(value) ? value : {};
  const isWhole = isText(action) && isHash(hash) && isText(who) && isText(note);
  if (!isWhole || (percent !== undefined && !isPercent(percent)))
    return `\`change\` must have \`action\`, \`who\` and \`note\`, texts of at most ${MOST_TEXT} characters, and a \`hash\`.`;
  return { action, hash, who, note, ...(percent !== undefined && { percent }) };
}
