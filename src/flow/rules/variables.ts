/** Variables: assigned variables are declared, and values fit their types. */

import type { Variable, VariableType } from "../../program/program.ts";
import { aType, typeName } from "../analysis/expression-type.ts";
import { typedExpression } from "../analysis/expressions.ts";
import { capturedType, type Facts, literalAs, variableKept } from "../analysis/facts.ts";
import { nearestKey } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { eachScalar, type Node } from "../language/node.ts";
import { isEnv, isLiteral, type Literal } from "../language/schema.ts";
import { wholeHole } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
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

function variableNamed(name: string, { variables }: Facts): Variable | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

function checkAssignment(mark: Mark, { flow, facts, report }: RuleContext<Code>): void {
  const name = mark.path.at(-1) ?? "";
  const variable = variableNamed(name, facts);
  // The declaration has its own finding.
  if (!variable && namesUnder(flow.root, "variables").has(name)) return;
  if (!variable) {
    const near = nearestKey(name, facts.variables);
    const advice = near ? `; did you mean ${near}?` : "; declare it under `variables`";
    report({
      code: "undeclared-variable",
      at: mark.key ?? mark.node,
      message: `unknown variable ${name}${advice}`,
    });
    return;
  }
  if (!isLiteral(mark.value)) return;
  const message =
    holeInside(mark.node) ??
    wrongHole(name, variable, mark.value, facts) ??
    wrongConstant(name, variable, mark.value);
  if (message) report({ code: "wrong-assignment", at: mark.node, message });
}

function holeInside(node: Node): string | undefined {
  if (node.type === "scalar") return undefined;
  let found = false;
  eachScalar(node, ({ text }) => {
    found ||= text.includes("{{");
  });
  return found
    ? "an entry of a list or map cannot be computed; compute the whole value with one `{{ }}`"
    : undefined;
}

function wrongHole(name: string, variable: Variable, { text }: Literal, facts: Facts): string | undefined {
  const hole = wholeHole(text);
  const type = hole && typedExpression(facts.environment, hole.expr);
  if (!hole || type === undefined || takes(variable.type, type)) return undefined;
  return `${name} is ${aType(variable.type)}, and \`${hole.expr}\` gives ${aType(typeName(type))}`;
}

function wrongConstant(name: string, { type }: Variable, literal: Literal): string | undefined {
  const constant = isConstant(literal) ? wrongWorkersVariable(type) : undefined;
  if (constant) return `${name} is ${aType(type)}${constant}`;
  if (literal.text.includes("{{") || isConstant(literal) || literalAs(type, literal) !== undefined)
    return undefined;
  return `${name} is ${aType(type)}: ${insteadOf(type, literal)}`;
}

const WRITTEN: Record<Exclude<VariableType, "recording">, string> = {
  string: "a text",
  int: "a whole number such as 3",
  number: "a number such as 1.5",
  bool: "true or false",
  list: "a list such as [a, b]",
  map: "a map such as { a: 1 }",
};

/** What to write instead of a value that does not fit its variable's type. */
export function insteadOf(type: VariableType, { text, value }: Literal): string {
  const env = typeof value === "object" && value !== null && "env" in value ? String(value.env) : undefined;
  if (env !== undefined) {
    return `environment variables have names in capitals; write { env: ${env.toUpperCase().replaceAll(/\W+/g, "_")} }`;
  }
  if (type === "recording") return "only a `record` step makes one; remove this";
  return `write ${WRITTEN[type]}${text === "" ? "" : `, not ${text}`}`;
}

/** The types of variables that can capture a value. Input is a text that can be read as another type, a result is not. */
function typesFor(mark: Mark): VariableType[] {
  const type = capturedType(mark);
  if (type === "recording") return ["recording"];
  if (type === "int") return ["int", "number", "string"];
  return mark.schema["x-results"] ? ["string"] : ["string", "int", "number", "bool"];
}

/** `save` captures input, or results of the step, each of its type. */
function checkSave(mark: Mark, { facts, report }: RuleContext<Code>): void {
  const name = variableKept(mark);
  const variable = name === undefined ? undefined : variableNamed(name, facts);
  if (!variable) return;
  const { node, value, schema } = mark;
  // An unknown result has its own finding.
  if (schema["x-results"] && !schema.enum?.includes(String(value))) return;
  const fits = typesFor(mark);
  if (fits.includes(variable.type)) return;
  const message = `${name} is ${aType(variable.type)}, and this captures ${fits.map(aType).join(" or ")}; use another variable, or change its type`;
  report({ code: "wrong-assignment", at: node, message });
}

function isConstant({ value }: Literal): boolean {
  return isEnv(value);
}

function wrongWorkersVariable(type: VariableType): string | undefined {
  if (["string", "int", "number", "bool"].includes(type)) return undefined;
  return ", and environment variables are texts, which cannot be converted to it; write the value out";
}

const FROM_CEL: Record<VariableType, readonly string[]> = {
  string: ["string", "int", "number", "bool"],
  int: ["int"],
  number: ["int", "number"],
  bool: ["bool"],
  list: ["list"],
  map: ["map", "time"],
  recording: ["recording"],
};

function takes(type: VariableType, celType: string): boolean {
  return celType === "dyn" || FROM_CEL[type].includes(typeName(celType));
}
