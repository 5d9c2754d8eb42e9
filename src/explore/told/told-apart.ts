/**
 * What a flow tells apart: for each value that it takes from outside, the constants that it compares that value with, there
 * or after it was copied.
 */
import type { Side } from "./compared.ts";

/** A side, and where in the value it is. */
export interface Told {
  path: readonly string[];
  side: Side;
}

/** Digits that are told apart by their range. */
export interface KeyRange {
  from: string;
  to: string;
}

/** A path that is read in an answer's body, and the type of the variable that takes it. */
export interface ReadPath {
  path: readonly string[];
  type: string;
}

/** What a flow tells apart of the values that come to it. */
export interface ToldApart {
  /** Of a value: `heard <step>`, `param <step> <name>`, `answer <step> status`, `answer <step> body`, `caller.number` … */
  of(key: string): readonly Told[];
  /** Ranges of digits, of a value. */
  rangesOf(key: string): readonly KeyRange[];
  /** One phrase for each choice of a step that is made by speech. */
  phrasesAt(step: string): readonly string[];
  /** The names of the parameters that a step reads. */
  paramsAt(step: string): readonly string[];
  /** The paths of an answer's body that a step reads. */
  pathsAt(step: string): readonly ReadPath[];
  /** The values from outside that the flow computes with: their sides are not all known. */
  inexact: readonly string[];
}
