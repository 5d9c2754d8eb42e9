/** Variables: assigned ones are declared, and values fit their types. */
import { nearest } from "../diagnostic.ts";
import { literalAs } from "../facts.ts";
import { typedExpression } from "../expressions.ts";
import type { Mark } from "../project.ts";
import type { Literal } from "../schema.ts";
import { wholeHole } from "../text.ts";
import type { VariableType } from "../../program/program.ts";
import { typeName } from "./expression-type.ts";
import type { Rule, RuleContext } from "./rule.ts";

const set = (variables: string, assignment: string): string =>
  `variables:\n  ${variables}\nsteps:\n  count:\n    set: { ${assignment} }\n    next: greet\n  greet:\n    say: "{{ vars.tries }}"\n    next: hangup\n`;
const TRIES = "tries: { type: int }";

export const variables: Rule = {
  findings: [
    {
      code: "undeclared-variable",
      severity: "error",
      summary: "`set` assigns a variable that is not declared.",
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
      code: "reserved-variable",
      severity: "error",
      summary: "A variable called `language`: `set` changes the call's language by that name.",
      bad: set('tries: { type: int }\n  language: { type: string }', "tries: 1"),
      good: set("tries: { type: int }\n  spoken: { type: string }", "tries: 1"),
    },
  ],
  check(context) {
    const { flow, report } = context;
    for (const [name, setting] of Object.entries(flow.settings.variables ?? {})) {
      const mark = flow.marks.find(({ path }) => path.join("/") === `variables/${name}/default`);
      if (mark && setting.default && literalAs(setting.type, setting.default) === undefined) {
        report({ code: "wrong-default", at: mark.node, message: `the default of ${name} is no ${setting.type}` });
      }
    }
    checkReserved(context);
    for (const step of [...flow.steps, ...flow.broken]) {
      for (const mark of step.marks) if (mark.mark === "value") checkAssignment(mark, context);
    }
  },
};

function checkReserved({ flow, report }: RuleContext): void {
  const declared = flow.root.pairs.find(({ key }) => key.text === "variables")?.value;
  const pair = declared?.type === "map" ? declared.pairs.find(({ key }) => key.text === "language") : undefined;
  if (!pair) return;
  const message = "a variable cannot be called language: `set` changes the call's language by that name; choose another";
  report({ code: "reserved-variable", at: pair.key, message });
}

function isLiteral(value: unknown): value is Literal {
  return typeof value === "object" && value !== null && "text" in value;
}

function checkAssignment(mark: Mark, { facts, report }: RuleContext): void {
  const name = mark.path.at(-1) ?? "";
  const variable = facts.variables[name];
  if (!variable) {
    const near = nearest(name, Object.keys(facts.variables));
    const advice = near ? `; did you mean ${near}?` : "; declare it under `variables`";
    report({ code: "undeclared-variable", at: mark.node, message: `no variable is called ${name}${advice}` });
    return;
  }
  if (!isLiteral(mark.value)) return;
  const hole = wholeHole(mark.value.text);
  const type = hole ? typedExpression(facts.environment, hole.expr) : undefined;
  if (type !== undefined && !takes(variable.type, type)) {
    const message = `${name} is a ${variable.type}, and \`${hole?.expr}\` gives a ${typeName(type)}`;
    report({ code: "wrong-assignment", at: mark.node, message });
  } else if (!hole && !mark.value.text.includes("{{") && !isConstant(mark.value) && literalAs(variable.type, mark.value) === undefined) {
    report({ code: "wrong-assignment", at: mark.node, message: `${name} is a ${variable.type}, and this is none` });
  }
}

function isConstant({ value }: Literal): boolean {
  return typeof value === "object" && value !== null && "env" in value;
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
