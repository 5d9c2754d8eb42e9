/** The findings that each step kind makes itself. */
import { guard, type InternalCode, type InternalProblem } from "../language/internal-error.ts";
import { kindKey } from "../model/flow.ts";
import { type KindCode, kindOf, kinds as registry, type SharedCode } from "../steps/registry.ts";
import type { Rule } from "./rule.ts";

export const kinds: Rule<KindCode, SharedCode | InternalCode> = {
  name: "kinds",
  findings: registry.flatMap(({ findings = [] }) => findings),
  check({ flow, report }) {
    for (const step of flow.steps) {
      const failed = (found: InternalProblem): void => report({ ...found, at: kindKey(step) });
      guard(`the step kind ${step.kind.name}`, () => kindOf(step).lint?.(step, flow, report), failed);
    }
  },
};
