/** Keys at the wrong depth: the finding that nobody knows one there says where it belongs. */

import type { Pair } from "../language/node.ts";
import type { StepKind } from "../steps/kind.ts";
import { kindNamed } from "../steps/registry.ts";

/**
 * Says where a key belongs that nobody knows where it stands; undefined where that cannot be said.
 * @param isOwn whether it stands at the top of what is checked, and not in a map within
 */
export type Belongs = (pair: Pair, isOwn: boolean) => string | undefined;

/** Keys of a step that are no kind. */
export const STEP_KEYS = ["next"];

/** Below a step's kind, a key of the step's, or of the kind's own, may have been indented too deep. */
export function belongsInStep({ name, keys }: StepKind): Belongs {
  return ({ key: { text } }, isOwn) => {
    if (STEP_KEYS.includes(text)) return `indent it like \`${name}\``;
    return !isOwn && Object.hasOwn(keys, text) ? `it belongs to \`${name}\`: indent it less` : undefined;
  };
}

/** Among a flow's settings, a step, or a key of one, may have been indented too little. */
export const belongsInFlow: Belongs = ({ key, value }, isOwn) => {
  if (!isOwn) return undefined;
  if (STEP_KEYS.includes(key.text) || kindNamed(key.text))
    return "it belongs to a step: indent it below the step's name";
  const isStep = value.type === "map" && value.pairs.some((one) => kindNamed(one.key.text));
  return isStep ? "a step stands below `steps`: indent it" : undefined;
};
