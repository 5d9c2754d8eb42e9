/** Which version of a flow new calls get, if it is not the bundled one. */
import { fnv1a } from "../program/fnv1a.ts";

/** The present choice. */
export interface Pointer {
  /** Counts the changes: each names the one that it was made from. */
  rev: number;
  /** The bundled version that it replaces: once a deploy brings another, the pointer is over. Empty if none is bundled. */
  over: string;
  hash: string;
  /** A version for some callers: the same ones as long as it is tried. */
  canary?: { hash: string; percent: number } | undefined;
}

/** One change, for the history. */
export interface Change {
  action: string;
  hash: string;
  percent?: number;
  /** ISO 8601. */
  at: string;
  who: string;
  note: string;
}

/** What the Durable Object of a flow stores. */
export interface Published {
  pointer?: Pointer;
  /** The latest first. */
  history: Change[];
  /** Calls that began in each version since it was first published, as far as isolates have reported them. */
  calls: Record<string, number>;
}

/** Calls by version since the last report. */
export type Counted = Record<string, number>;

/** What an isolate knows of a flow's pointer. */
export interface Known {
  pointer: Pointer | undefined;
  /** When it is read again, in milliseconds since 1970. */
  until: number;
  /** Calls not yet reported to its Durable Object. */
  counted: Counted;
}

/** A flow that was never published. */
export const UNPUBLISHED: Published = { history: [], calls: {} };

/** The version for a caller; undefined if the pointer was published over another bundled version. */
export function versionFor(pointer: Pointer, bundled: string, caller: string): string | undefined {
  if (pointer.over !== bundled) return undefined;
  const { canary } = pointer;
  return canary && isAmong(caller, canary) ? canary.hash : pointer.hash;
}

/** Whether a caller is among the canary's, by FNV-1a of the number; a greater percentage only adds callers. */
function isAmong(caller: string, { hash, percent }: { hash: string; percent: number }): boolean {
  let mixed = fnv1a(hash + caller);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % 10_000 < percent * 100;
}
