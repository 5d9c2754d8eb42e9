/** The values that steps assign to variables, and those that they capture. */

import type { Variable, VariableType } from "../../program/program.ts";
import { aType, typeName } from "../analysis/expression-type.ts";
import { typedExpression } from "../analysis/expressions.ts";
import { capturedType, type Facts, literalAs, variableKept } from "../analysis/facts.ts";
import { nearestKey } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { eachScalar, type Node } from "../language/node.ts";
import { isLiteral, type Literal } from "../language/schema.ts";
import { wholeHole } from "../language/text.ts";
import { insteadOf, isConstant, takesCel, wrongWorkersVariable } from "./fitting.ts";
import { namesUnder, type RuleContext } from "./rule.ts";
import type { Code } from "./variables-findings.ts";

export function variableNamed(name: string, { variables }: Facts): Variable | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** A `set` names a declared variable, and its value fits. */
export function checkAssignment(mark: Mark, { flow, facts, report }: RuleContext<Code>): void {
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
  if (!hole || type === undefined || takesCel(variable.type, type)) return undefined;
  return `${name} is ${aType(variable.type)}, and \`${hole.expr}\` gives ${aType(typeName(type))}`;
}

function wrongConstant(name: string, { type }: Variable, literal: Literal): string | undefined {
  const constant = isConstant(literal) ? wrongWorkersVariable(type) : undefined;
  if (constant) return `${name} is ${aType(type)}${constant}`;
  if (literal.text.includes("{{") || isConstant(literal) || literalAs(type, literal) !== undefined)
    return undefined;
  return `${name} is ${aType(type)}: ${insteadOf(type, literal)}`;
}

/** The types of variables that can capture a value. Input is a text that can be read as another type, a result is not. */
function typesFor(mark: Mark): VariableType[] {
  const type = capturedType(mark);
  if (type === "recording") return ["recording"];
  if (type === "int") return ["int", "number", "string"];
  return mark.schema["x-results"] ? ["string"] : ["string", "int", "number", "bool"];
}

/** `save` captures input, or results of the step, each of its type. */
export function checkSave(mark: Mark, { facts, report }: RuleContext<Code>): void {
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
