/** The names that a file can use: its own, as its text has them now, and those of the files around it. */

import type { OwnFunction } from "../../program/own-function.ts";

/** A flow that others can run: the variables that it takes and gives. */
export interface Interface {
  takes: readonly string[];
  gives: readonly string[];
}

/** Names by what they name, each with a detail that the list shows. */
export interface Names {
  steps: ReadonlyMap<string, string>;
  /** Steps that exits name, and that are not written yet. */
  wanted: readonly string[];
  destinations: ReadonlyMap<string, string>;
  hours: ReadonlyMap<string, string>;
  variables: ReadonlyMap<string, string>;
  flows: ReadonlyMap<string, Interface>;
  /** The project's own functions. */
  functions: readonly OwnFunction[];
  languages: readonly string[];
  /** As the file names them. */
  recordings: readonly string[];
  calendars: readonly string[];
}
