/** What a project adds to the language: step kinds and functions of its own. */
import type { OwnFunction } from "../../program/own-function.ts";
import type { AdviceSetting } from "../model/advice.ts";
import { BUILT_IN, type Kinds } from "../steps/registry.ts";

/** The language of a project's flows. */
export interface Config {
  /** Ringflow's kinds of step, and the project's own. */
  kinds: Kinds;
  /** The project's own functions. */
  functions: readonly OwnFunction[];
  /** What the project sets of the checker's advice. */
  advice: AdviceSetting;
}

/** The language without anything of a project's own. */
export const NO_CONFIG: Config = { kinds: BUILT_IN, functions: [], advice: {} };
