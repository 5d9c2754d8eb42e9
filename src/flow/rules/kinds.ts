/** The findings that each step kind makes itself. */
import { guard, type InternalCode, type InternalProblem, KindFailure } from "../language/internal-error.ts";
import { type Flow, kindKey, type Report, type Step } from "../model/flow.ts";
import type { OwnCode } from "../steps/kind.ts";
import { type KindCode, kindOf, kinds as registry, type SharedCode } from "../steps/registry.ts";
import type { Rule } from "./rule.ts";

type Code = KindCode | OwnCode;

export const kinds: Rule<Code, SharedCode | InternalCode> = {
  name: "kinds",
  findings: registry.flatMap(({ findings = [] }) => findings),
  check({ flow, report }) {
    for (const step of flow.steps) {
      const failed = (found: InternalProblem): void => report({ at: kindKey(step), ...found });
      guard(`the step kind ${step.kind.name}`, () => lintStep(step, flow, report), failed);
    }
  },
};

function lintStep(step: Step, flow: Flow, report: Report<Code | SharedCode>): void {
  const kind = kindOf(step);
  try {
    kind.lint?.(step, flow, report);
  } catch (failure) {
    throw "isOwn" in kind ? new KindFailure(kind.name, failure, kindKey(step)) : failure;
  }
}
