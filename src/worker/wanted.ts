/** Reads the change that an administrator wants. Only our own command line sends one, but anything with the token can. */
import { jsonIn } from "../engine/values.ts";
import { isHash } from "../program/hash.ts";
import { isMap } from "../program/is-map.ts";
import type { Change, Pointer } from "./pointer.ts";

/** A change of what new calls get, as the command line sends it. */
export interface Wanted extends Pick<Pointer, "hash" | "canary"> {
  expect: number;
  change: Omit<Change, "at">;
}

/** The longest text of the history: it has a hundred changes, and a Durable Object's value has a limit. */
const MOST_TEXT = 1000;

/** What to say to anything else. */
export const NOT_WANTED = `Send \`expect\`, \`hash\` and \`change\` as \`ringflow publish\` does, with texts of at most ${MOST_TEXT} characters.`;

/** Reads a change from JSON; undefined if it is not one. */
export function readWanted(text: string): Wanted | undefined {
  const value: unknown = jsonIn(text);
  if (!isMap(value)) return undefined;
  const { expect, hash } = value;
  const canary = readCanary(value.canary);
  const change = readChange(value.change);
  const isWhole = isRevision(expect) && isHash(hash) && (canary || value.canary === undefined);
  return isWhole && change ? { expect, hash, canary, change } : undefined;
}

function readCanary(value: unknown): Pointer["canary"] {
  const { hash, percent } = isMap(value) ? value : {};
  return isHash(hash) && isPercent(percent) ? { hash, percent } : undefined;
}

function readChange(value: unknown): Wanted["change"] | undefined {
  const { action, hash, percent, who, note } = isMap(value) ? value : {};
  const isWhole = isText(action) && isHash(hash) && isText(who) && isText(note);
  if (!isWhole || (percent !== undefined && !isPercent(percent))) return undefined;
  return { action, hash, who, note, ...(percent !== undefined && { percent }) };
}

function isRevision(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isPercent(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < 100;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_TEXT;
}
