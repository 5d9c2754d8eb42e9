/** Placed calls: whom they can reach, and whether they can be placed again. */

import type { Node } from "../language/node.ts";
import type { Flow } from "../model/flow.ts";
import { minutesIn } from "../model/settings.ts";
import { type Code, FINDINGS } from "./outbound-findings.ts";
import type { Rule, RuleContext } from "./rule.ts";

const SETTINGS = ["allow", "onMachine", "onUnanswered"] as const;

export const outbound: Rule<Code> = {
  name: "outbound",
  findings: FINDINGS,
  check(context) {
    checkAllow(context);
    checkRetry(context);
  },
};

function checkAllow({ flow, graph, report }: RuleContext<Code>): void {
  const { settings } = flow;
  const setting = SETTINGS.find((name) => settings[name] !== undefined);
  if (setting === undefined) return;
  const at = keyOf(flow, setting);
  if (!graph.isEntry) {
    const message = `other flows run this one, and no call is placed with it; write \`${setting}\` there`;
    report({ code: "outbound-part", severity: "warning", at, message });
  } else if (settings.allow === undefined) {
    const message = `no call can be placed with this flow; add \`allow\` with the countries or numbers that it can call, such as \`allow: [US]\``;
    report({ code: "never-placed", severity: "warning", at, message });
  }
}

function keyOf({ root }: Flow, setting: string): Node {
  return root.pairs.find(({ key }) => key.text === setting)?.key ?? root;
}

const DAY = 1440;

function checkRetry({ flow, report }: RuleContext<Code>): void {
  const { onUnanswered } = flow.settings;
  const plan = typeof onUnanswered === "object" ? onUnanswered.retry : undefined;
  const late = plan && [plan.after].flat().find((after) => minutesIn(after) >= DAY);
  if (plan?.until === undefined || late === undefined) return;
  const message = `a call is not placed again after ${late}, because that is after ${plan.until} of the same day; leave \`until\` out, or write a shorter time`;
  report({ code: "retry-too-late", severity: "warning", at: keyOf(flow, "onUnanswered"), message });
}
