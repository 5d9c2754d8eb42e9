/** The names of the steps that say something about a promise. No author's step has such a name. */
import type { Sign } from "./probes.ts";

/** What a generated step in a call's path says. */
export interface Marker {
  sign: Sign | "check";
  promise: number;
  /** Whether it says so of the call's end. */
  isEnd: boolean;
}

const MARKER = /(?:^|\.)~(broken|from|at|to|check)-(\d+)-(end)?\d+$/;

/** The name of a generated step. @param prefix that of the flow's steps: `identify.` */
export function markerName(prefix: string, sign: Marker["sign"], promise: number, point: string): string {
  return `${prefix}~${sign}-${promise}-${point}`;
}

/** What a step of a path says; undefined for an author's step. */
export function markerOf(step: string): Marker | undefined {
  const [, sign, promise, end] = MARKER.exec(step) ?? [];
  if (sign === undefined || promise === undefined) return undefined;
  return { sign: sign as Marker["sign"], promise: Number(promise), isEnd: end !== undefined };
}

/** A path without generated steps. */
export function authored(path: readonly string[]): string[] {
  return path.filter((step) => !/(?:^|\.)~/.test(step));
}
