/** What a project adds to the language: step kinds and functions of its own. */
import type { OwnFunction } from "../../program/own-function.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import type { AdviceSetting } from "../model/advice.ts";
import type { OwnKind } from "../steps/kind.ts";
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

/** The project's own kinds. */
export function ownKinds({ kinds }: Pick<Config, "kinds">): OwnKind[] {
  return kinds.all.flatMap((kind) => ("isOwn" in kind ? [kind] : []));
}

/** What the project's own kinds can report. */
export function ownFindings(config: Config): FindingDoc[] {
  return ownKinds(config).flatMap(({ findings = [] }) => findings);
}

/** Whether the project adds to the words of the language. */
export function hasOwn(config: Config): boolean {
  return config.functions.length > 0 || ownKinds(config).length > 0;
}
