/** The cases of a value: each is one that the value can have. */

import { typeName } from "../analysis/expression-type.ts";
import { expressionsIn, typedExpression } from "../analysis/expressions.ts";
import type { Mark } from "../language/mark.ts";
import type { Rule, RuleContext } from "./rule.ts";

const decide = (cases: string): string =>
  `variables:\n  tries: { type: int }\nsteps:\n  decide:\n    branch: { on: vars.tries, cases: { ${cases} }, else: hangup }\n`;

export const cases: Rule = {
  findings: [
    {
      code: "dead-case",
      severity: "warning",
      summary: "A case that its value never has: `yes` of what is true or false, a range of a number.",
      bad: decide("1-3: hangup"),
      good: decide("1: hangup, 2: hangup"),
    },
  ],
  check(context) {
    for (const { marks } of [...context.flow.steps, ...context.flow.broken]) {
      for (const mark of marks) if (mark.mark === "cases") checkCases(mark, marks, context);
    }
  },
};

/** What a value of a type reads as, and what to write. */
const READS: Readonly<Record<string, readonly [RegExp, string]>> = {
  int: [/^(0|-?[1-9]\d*)$/, "whole numbers such as 3, one by one; for a range take `when`"],
  number: [/^-?(0|[1-9]\d*)(\.\d+)?$/, "numbers such as 1.5, one by one; for a range take `when`"],
  bool: [/^(true|false)$/, "true or false"],
};

function checkCases({ node, path }: Mark, marks: readonly Mark[], { facts, report }: RuleContext): void {
  if (node.type !== "map") return;
  // The value stands beside its cases.
  const place = [...path.slice(0, -1), "on"].join(".");
  const value = marks.find((one) => one.mark === "expression" && one.path.join(".") === place);
  const [written] = value ? expressionsIn(value) : [];
  const type = written && typedExpression(facts.environment, written.text);
  const [reads, write] = (type && READS[typeName(type)]) || [];
  if (!written || !reads) return;
  for (const { key } of node.pairs) {
    if (reads.test(key.text)) continue;
    const message = `\`${written.text}\` is never ${key.text}; write ${write}`;
    report({ code: "dead-case", severity: "warning", at: key, message });
  }
}
