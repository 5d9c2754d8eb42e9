/** What expressions work with: the clock they read, their failures, and how their values become JSON. */

import type { Json } from "./json.ts";
import type { Zone } from "./local-time.ts";
import type { Hours, VariableType } from "./program.ts";

/** Makes a link that plays the recording at a URL, for as long as a text such as `7d` says. */
export type Linker = (url: string, lasts: string) => string;

/** A project's own functions by name: each gives undefined if it does not take the operands. */
export type Functions = Readonly<Record<string, readonly ((operands: readonly unknown[]) => unknown)[]>>;

/** What functions read of the turn being run; its zone is the flow's own. */
export interface Clock extends Zone {
  /** Milliseconds since 1970. */
  now: number;
  /** The call's language at this moment: a tag such as `en-US`. */
  language: string;
  hours: Readonly<Record<string, Hours>>;
  /** Gives the next whole number from 0 to n − 1: the same for the same call and revision. */
  random(n: number): number;
  link?: Linker | undefined;
  /** The project's own functions. */
  functions?: Functions | undefined;
}

/**
 * The size of the largest value, and of a call's state, in characters of JSON: as large as the largest answer of a
 * service that is read.
 */
export const MOST_SIZE = 256 * 1024;

/** Why an expression has no value. It holds CEL's name for the failure and no values, which may be secret. */
export class ExpressionError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Ends the evaluation: `code` is CEL's name for the failure, or ours. */
export function fail(code: string): never {
  throw new ExpressionError(code);
}

/** A JSON value as CEL has it: whole numbers are BigInt, as far as JSON holds them exactly. */
export function toCel(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
}

/** A declared variable's value as CEL has it. */
export function typedToCel(type: VariableType, value: Json): unknown {
  return type === "number" ? Number(value) : toCel(value);
}

/** What CEL gave, as JSON; throws on a number that JSON cannot hold, such as infinity, and on a value that is too large. */
export function fromCel(value: unknown): Json {
  return jsonOf(value, { size: MOST_SIZE });
}

function jsonOf(value: unknown, left: { size: number }): Json {
  take(left, typeof value === "string" ? value.length : 1);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => jsonOf(item, left));
  if (typeof value !== "object") return fail("no_json");
  const entries = Object.entries(value).map(([key, item]): [string, Json] => {
    take(left, key.length);
    return [key, jsonOf(item, left)];
  });
  return Object.fromEntries(entries);
}

function take(left: { size: number }, size: number): void {
  left.size -= size;
  if (left.size < 0) fail("size_limit_exceeded");
}
