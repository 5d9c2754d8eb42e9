/** What each step kind finds by itself. */
import { kinds as registry } from "../steps/registry.ts";
import type { Rule } from "./rule.ts";

export const kinds: Rule = {
  findings: registry.flatMap(({ findings = [] }) => findings),
  check({ flow, report }) {
    for (const step of flow.steps) step.kind.lint?.(step, flow, report);
  },
};
