/** The findings that each step kind makes itself. */
import { kindOf, kinds as registry } from "../steps/registry.ts";
import type { Rule } from "./rule.ts";

export const kinds: Rule = {
  findings: registry.flatMap(({ findings = [] }) => findings),
  check({ flow, report }) {
    for (const step of flow.steps) kindOf(step).lint?.(step, flow, report);
  },
};
