/** Variables: assigned ones are declared, and values fit their types. */

import type { Variable, VariableType } from "../../program/program.ts";
import { aType, typeName } from "../analysis/expression-type.ts";
import { typedExpression } from "../analysis/expressions.ts";
import { type Facts, literalAs } from "../analysis/facts.ts";
import { nearest } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { eachScalar, type Node } from "../language/node.ts";
import { isEnv, isLiteral, type Literal } from "../language/schema.ts";
import { wholeHole } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
import { namesUnder, type Rule, type RuleContext } from "./rule.ts";

const set = (variables: string, assignment: string): string =>
  `variables:\n  ${variables}\nsteps:\n  count:\n    set: { ${assignment} }\n    next: greet\n  greet:\n    say: "{{ vars.tries }}"\n    next: hangup\n`;
const kept = (variable: string): string =>
  `variables:\n  account: { ${variable} }\nsteps:\n  ask:\n    gather: { prompt: Your account?, save: account, otherwise: hangup }\n    next: hangup\n`;
const TRIES = "tries: { type: int }";

export const variables: Rule = {
  findings: [
    {
      code: "undeclared-variable",
      severity: "error",
      summary: "`set` assigns, or `takes` or `gives` names, a variable that is not declared.",
      bad: set(TRIES, "tires: 1"),
      good: set(TRIES, "tries: 1"),
    },
    {
      code: "wrong-default",
      severity: "error",
      summary: "A default that is not of its variable's type.",
      bad: set("tries: { type: int, default: none }", "tries: 1"),
      good: set("tries: { type: int, default: 0 }", "tries: 1"),
    },
    {
      code: "wrong-assignment",
      severity: "error",
      summary: "A value that is not of its variable's type.",
      bad: set(TRIES, "tries: many"),
      good: set(TRIES, "tries: 1"),
    },
    {
      code: "kept-secret",
      severity: "error",
      summary:
        "A sensitive variable with `keep`: what outlives the call lies in the store in plain text, for as long as the store does.",
      bad: kept("type: string, sensitive: true, keep: caller"),
      good: kept("type: string, keep: caller"),
    },
    {
      code: "reserved-variable",
      severity: "error",
      summary:
        "A variable whose name means something else: `language`, which `set` changes the call's language by, a word of CEL's, or what every map has.",
      bad: set("tries: { type: int }\n  language: { type: string }", "tries: 1"),
      good: set("tries: { type: int }\n  spoken: { type: string }", "tries: 1"),
    },
  ],
  check(context) {
    for (const mark of context.flow.marks) checkDefault(mark, context);
    checkKept(context);
    checkNames(context);
    checkInterface(context);
    for (const step of [...context.flow.steps, ...context.flow.broken]) {
      for (const mark of step.marks) {
        if (mark.mark === "value") checkAssignment(mark, context);
        if (mark.mark === "variable") checkSave(mark, context);
      }
    }
  },
};

function checkDefault({ path, value, node }: Mark, { flow, report }: RuleContext): void {
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

function checkKept({ flow, facts, report }: RuleContext): void {
  const declared = flow.root.pairs.find(({ key }) => key.text === "variables")?.value;
  for (const { key, value } of declared?.type === "map" ? declared.pairs : []) {
    const { keep, sensitive } = variableNamed(key.text, facts) ?? {};
    if (keep === undefined || !sensitive || value.type !== "map") continue;
    const at = value.pairs.find((pair) => pair.key.text === "keep")?.key ?? key;
    const message = `${key.text} is sensitive, and what is kept lies in plain text after the call; remove \`keep\`, and ask again or look it up`;
    report({ code: "kept-secret", at, message });
  }
}

/** What a part takes or gives is one of its variables. */
function checkInterface({ flow, facts, report }: RuleContext): void {
  const known = namesUnder(flow.root, "variables");
  for (const { key, value } of flow.root.pairs) {
    if ((key.text !== "takes" && key.text !== "gives") || value.type !== "list") continue;
    for (const node of value.items) {
      if (node.type !== "scalar" || known.has(node.text) || variableNamed(node.text, facts)) continue;
      const near = nearest(node.text, Object.keys(facts.variables));
      const advice = near ? `; did you mean ${near}?` : "; declare it under `variables`";
      report({
        code: "undeclared-variable",
        at: node,
        message: `no variable is called ${node.text}${advice}`,
      });
    }
  }
}

/** Words that mean something else where a variable is read or assigned. */
const CEL_WORDS = new Set(["in", "true", "false", "null"]);

function checkNames({ flow, report }: RuleContext): void {
  const declared = flow.root.pairs.find(({ key }) => key.text === "variables")?.value;
  const keys = declared?.type === "map" ? declared.pairs.map(({ key }) => key) : [];
  const saved = marksOf(flow).flatMap(({ mark, node }) =>
    mark === "variable" && node.type === "scalar" ? [node] : [],
  );
  for (const at of [...keys, ...saved]) {
    const reason = reservedBecause(at.text);
    if (!reason) continue;
    const message = `a variable cannot be called ${at.text}: ${reason}; choose another name`;
    report({ code: "reserved-variable", at, message });
  }
}

function reservedBecause(name: string): string | undefined {
  if (name === "language") return "`set` changes the call's language by that name";
  if (CEL_WORDS.has(name)) return "expressions have another use for that word";
  return Object.hasOwn(Object.prototype, name) ? "every map has something of that name" : undefined;
}

function variableNamed(name: string, { variables }: Facts): Variable | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

function checkAssignment(mark: Mark, { flow, facts, report }: RuleContext): void {
  const name = mark.path.at(-1) ?? "";
  const variable = variableNamed(name, facts);
  // What is wrong with its declaration is told there.
  if (!variable && namesUnder(flow.root, "variables").has(name)) return;
  if (!variable) {
    const near = nearest(name, Object.keys(facts.variables));
    const advice = near ? `; did you mean ${near}?` : "; declare it under `variables`";
    report({
      code: "undeclared-variable",
      at: mark.key ?? mark.node,
      message: `no variable is called ${name}${advice}`,
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
  return found ? "parts of a list or a map are not computed; write all of it as one `{{ }}`" : undefined;
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

/** What to write where a value is not of its variable's type. */
export function insteadOf(type: VariableType, { text, value }: Literal): string {
  const env = typeof value === "object" && value !== null && "env" in value ? String(value.env) : undefined;
  if (env !== undefined) {
    return `the Worker's variables are named in capitals; write { env: ${env.toUpperCase().replaceAll(/\W+/g, "_")} }`;
  }
  if (type === "recording") return "only a `record` makes one; remove this";
  return `write ${WRITTEN[type]}${text === "" ? "" : `, not ${text}`}`;
}

/** What `save` can keep: a record keeps a recording, everything else what a caller entered. */
function checkSave({ schema, value, node }: Mark, { facts, report }: RuleContext): void {
  const variable = typeof value === "string" ? variableNamed(value, facts) : undefined;
  if (!variable) return;
  const keeps = schema["x-type"] === "recording" ? ["recording"] : ["string", "int", "number", "bool"];
  if (keeps.includes(variable.type)) return;
  const message = `${value} is ${aType(variable.type)}, and what is kept here is ${keeps.map(aType).join(" or ")}`;
  report({ code: "wrong-assignment", at: node, message });
}

function isConstant({ value }: Literal): boolean {
  return isEnv(value);
}

function wrongWorkersVariable(type: VariableType): string | undefined {
  if (["string", "int", "number", "bool"].includes(type)) return undefined;
  return ", and the Worker's variables are texts, which become none; write it out";
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
