/** Keys at the wrong depth: the finding on an unknown key says where it belongs. */

import type { Pair } from "../language/node.ts";
import type { AnyKind } from "../steps/kind.ts";
import type { Kinds } from "../steps/registry.ts";

/**
 * Says where an unknown key belongs, if it can be a key elsewhere.
 * @param isOwn whether it is at the top of the checked value, not in a map within it
 */
export type Belongs = (pair: Pair, isOwn: boolean) => string | undefined;

/** Keys of a step that are not kinds. */
export const STEP_KEYS = ["next"];

/** Below a step's kind, a key of the step or of the kind may be indented too deep. */
export function belongsInStep({ name, keys }: AnyKind): Belongs {
  return ({ key: { text } }, isOwn) => {
    if (STEP_KEYS.includes(text)) return `it goes next to \`${name}\`: indent both alike`;
    return !isOwn && Object.hasOwn(keys, text) ? `it belongs to \`${name}\`: indent it less` : undefined;
  };
}

/** Among a flow's settings, a step or a key of one may be indented too little. */
export function belongsInFlow(kinds: Kinds): Belongs {
  return ({ key, value }, isOwn) => {
    if (!isOwn) return undefined;
    if (STEP_KEYS.includes(key.text) || kinds.named(key.text))
      return "it belongs to a step: indent it below the step's name";
    const isStep = value.type === "map" && value.pairs.some((one) => kinds.named(one.key.text));
    return isStep ? "a step goes below `steps`: indent it" : undefined;
  };
}
