/** Variables: assigned variables are declared, and values fit their types. */

import { aType } from "../analysis/expression-type.ts";
import { literalAs } from "../analysis/facts.ts";
import { nearestKey } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { isLiteral } from "../language/schema.ts";
import { marksOf } from "../model/flow.ts";
import { checkAssignment, checkSave, variableNamed } from "./assignments.ts";
import { insteadOf, isConstant, wrongWorkersVariable } from "./fitting.ts";
import { namesUnder, type Rule, type RuleContext } from "./rule.ts";
import { type Code, FINDINGS } from "./variables-findings.ts";

export const variables: Rule<Code> = {
  name: "variables",
  findings: FINDINGS,
  check(context) {
    for (const mark of context.flow.marks) checkDefault(mark, context);
    checkPersistent(context);
    checkNames(context);
    checkInterface(context);
    for (const step of [...context.flow.steps, ...context.flow.broken]) {
      for (const mark of step.marks) {
        if (mark.mark === "value") checkAssignment(mark, context);
        if (mark.mark === "variable" || mark.schema["x-results"]) checkSave(mark, context);
      }
    }
  },
};

function checkDefault({ path, value, node }: Mark, { flow, report }: RuleContext<Code>): void {
  const [setting, name = "", key] = path;
  if (setting !== "variables" || key !== "default" || !isLiteral(value)) return;
  const type = flow.settings.variables?.[name]?.type;
  if (type === undefined) return;
  const constant = isConstant(value) ? wrongWorkersVariable(type) : undefined;
  if (constant) report({ code: "wrong-default", at: node, message: `${name} is ${aType(type)}${constant}` });
  if (isConstant(value) || literalAs(type, value) !== undefined) return;
  report({
    code: "wrong-default",
    at: node,
    message: `${name} is ${aType(type)}: ${insteadOf(type, value)}`,
  });
}

function checkPersistent({ flow, facts, report }: RuleContext<Code>): void {
  const declared = flow.root.pairs.find(({ key }) => key.text === "variables")?.value;
  for (const { key, value } of declared?.type === "map" ? declared.pairs : []) {
    const { keep, sensitive } = variableNamed(key.text, facts) ?? {};
    if (keep === undefined || !sensitive || value.type !== "map") continue;
    const at = value.pairs.find((pair) => pair.key.text === "keep")?.key ?? key;
    const message = `${key.text} is sensitive, and persistent variables are stored in plain text; remove \`keep\`, and ask again or look it up`;
    report({ code: "kept-secret", at, message });
  }
}

/** The names in `takes` and `gives` must be variables of the flow. */
function checkInterface({ flow, facts, report }: RuleContext<Code>): void {
  const known = namesUnder(flow.root, "variables");
  for (const { key, value } of flow.root.pairs) {
    if ((key.text !== "takes" && key.text !== "gives") || value.type !== "list") continue;
    for (const node of value.items) {
      if (node.type !== "scalar" || known.has(node.text) || variableNamed(node.text, facts)) continue;
      const near = nearestKey(node.text, facts.variables);
      const advice = near ? `; did you mean ${near}?` : "; declare it under `variables`";
      report({
        code: "undeclared-variable",
        at: node,
        message: `unknown variable ${node.text}${advice}`,
      });
    }
  }
}

/** Keywords of CEL, which cannot be variables. */
const CEL_WORDS = new Set(["in", "true", "false", "null"]);

function checkNames({ flow, report }: RuleContext<Code>): void {
  const declared = flow.root.pairs.find(({ key }) => key.text === "variables")?.value;
  const keys = declared?.type === "map" ? declared.pairs.map(({ key }) => key) : [];
  const captured = marksOf(flow).flatMap(({ mark, node }) =>
    mark === "variable" && node.type === "scalar" ? [node] : [],
  );
  for (const at of [...keys, ...captured]) {
    const reason = reservedBecause(at.text);
    if (!reason) continue;
    const message = `a variable cannot be named ${at.text}: ${reason}; choose another name`;
    report({ code: "reserved-variable", at, message });
  }
}

function reservedBecause(name: string): string | undefined {
  if (name === "language") return "`set` changes the call's language with that name";
  if (CEL_WORDS.has(name)) return "it is a keyword in expressions";
  return Object.hasOwn(Object.prototype, name) ? "every map has a property of that name" : undefined;
}
