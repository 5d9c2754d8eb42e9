/** The cases of a branch: each must be a value that the expression can have. */

import { typeName } from "../analysis/expression-type.ts";
import { expressionsIn, typedExpression } from "../analysis/expressions.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { Mark } from "../language/mark.ts";
import type { Rule, RuleContext } from "./rule.ts";

const FINDINGS = defineFindings([
  {
    code: "dead-case",
    severity: "warning",
    summary:
      "A case that never applies, such as `yes` for a value that is true or false, or a range for a number.",
    bad: yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch: { on: vars.tries, cases: { 1-3: hangup }, else: hangup }
    `,
    good: yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch: { on: vars.tries, cases: { 1: hangup, 2: hangup }, else: hangup }
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const cases: Rule<Code> = {
  name: "cases",
  findings: FINDINGS,
  check(context) {
    for (const { marks } of [...context.flow.steps, ...context.flow.broken]) {
      for (const mark of marks) if (mark.mark === "cases") checkCases(mark, marks, context);
    }
  },
};

/** How the values of a type are written as text, and what to write. */
const READS: Readonly<Record<string, readonly [RegExp, string]>> = {
  int: [/^(0|-?[1-9]\d*)$/, "whole numbers such as 3, one by one; for a range use `when`"],
  number: [/^-?(0|[1-9]\d*)(\.\d+)?$/, "numbers such as 1.5, one by one; for a range use `when`"],
  bool: [/^(true|false)$/, "true or false"],
};

function checkCases(
  { node, path }: Mark,
  marks: readonly Mark[],
  { facts, report }: RuleContext<Code>,
): void {
  if (node.type !== "map") return;
  // `on` is next to `cases`.
  const on = [...path.slice(0, -1), "on"].join(".");
  const value = marks.find((one) => one.mark === "expression" && one.path.join(".") === on);
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
