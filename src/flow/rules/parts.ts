/** Sub-flows: which flow runs which, and whether names, arguments and results fit. */

import type { VariableType } from "../../program/program.ts";
import type { Checked } from "../analysis/checked.ts";
import { aType } from "../analysis/expression-type.ts";
import { expressionsIn, readsOf } from "../analysis/expressions.ts";
import { literalAs } from "../analysis/facts.ts";
import { type Diagnostic, nearest } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { isLiteral, type Literal } from "../language/schema.ts";
import { wholeHole } from "../language/text.ts";
import type { KindCode } from "../steps/registry.ts";
import { insteadOf } from "./fitting.ts";
import { misplacedPart } from "./part-roads.ts";

/** Flows by name, including those with findings. */
export type Flows = ReadonlyMap<string, Checked>;

/** The flows that a flow runs, each once, in the order of its file. */
export function runsOf({ flow }: Checked): string[] {
  const names = flow.steps.flatMap(({ marks }) => marks.filter(({ mark }) => mark === "flow"));
  return [...new Set(names.flatMap(({ value }) => (typeof value === "string" ? [value] : [])))];
}

/** Every flow that a flow can run, directly or through others; includes the flow itself only if it runs in a circle. */
export function partsOf(entry: Checked, flows: Flows): Checked[] {
  const found = new Map<string, Checked>();
  const waiting = runsOf(entry);
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const part = flows.get(name);
    if (!part || found.has(name)) continue;
    found.set(name, part);
    waiting.push(...runsOf(part));
  }
  return [...found.values()];
}

/** The codes of the findings between flows: `run` documents them, except what can leak a sensitive value. */
type PartsCode = KindCode | "sensitive-leak";

/** Checks between flows: names, circles, arguments and results. */
export function lintParts(checked: Checked, flows: Flows): Diagnostic<PartsCode>[] {
  const { flow } = checked;
  const diagnostics: Diagnostic<PartsCode>[] = [];
  const report: ReportAt = (code, { node }, message, meant) => {
    diagnostics.push({ code, severity: "error", file: flow.file, span: node.span, message, meant });
  };
  for (const step of flow.steps) {
    const { marks } = step;
    const named = marks.find(({ mark }) => mark === "flow");
    if (typeof named?.value !== "string") continue;
    const part = flows.get(named.value);
    if (!part) {
      const near = nearest(named.value, flows.keys());
      report(
        "unknown-part",
        named,
        `unknown flow "${named.value}"${near ? `; did you mean "${near}"?` : ""}`,
        near,
      );
    } else if (part === checked || partsOf(part, flows).includes(checked)) {
      report(
        "circular-run",
        named,
        `"${flow.name}" would run itself${part === checked ? "" : ` through "${named.value}"`} forever; let it return instead`,
      );
    } else {
      const misplaced = misplacedPart(step, checked, [part, ...partsOf(part, flows)]);
      if (misplaced) report(misplaced.code, named, misplaced.message);
      for (const mark of marks) lintMark(mark, checked, part, report);
    }
  }
  return diagnostics;
}

type ReportAt = (code: PartsCode, at: Pick<Mark, "node">, message: string, meant?: string) => void;

function lintMark(mark: Mark, checked: Checked, part: Checked, report: ReportAt): void {
  const { takes = [], gives = [] } = part.flow.settings;
  const { name } = part.flow;
  if (mark.mark === "saved" && typeof mark.value === "string" && !gives.includes(mark.value)) {
    report("unknown-result", mark, `"${name}" does not give ${mark.value}${listed(gives, "it gives")}`);
  }
  if (mark.mark === "saved") {
    const message = wrongResult(mark, checked, part);
    if (message) report("wrong-result", mark, message);
  }
  if (mark.mark === "saved" && typeof mark.value === "string" && isSecret(part, mark.value)) {
    const target = mark.path.at(-1) ?? "";
    if (!isSecret(checked, target))
      report("sensitive-leak", mark, `${mark.value} is sensitive in "${name}"; make ${target} sensitive too`);
  }
  if (mark.mark !== "argument") return;
  const argument = mark.path.at(-1) ?? "";
  if (!takes.includes(argument)) {
    report("unknown-argument", mark, `"${name}" does not take ${argument}${listed(takes, "it takes")}`);
  } else if (isLiteral(mark.value) && !fits(mark.value, checked, part, argument)) {
    report("wrong-argument", mark, wrongArgument(argument, mark.value, part));
  } else if (carriesSecret(mark, checked) && !isSecret(part, argument)) {
    report(
      "sensitive-leak",
      mark,
      `this value is sensitive, and ${argument} of "${name}" is not; make it sensitive there`,
    );
  }
}

/** The message for a result of the wrong type; undefined if it fits or is unknown. */
function wrongResult({ value, path }: Mark, { facts }: Checked, part: Checked): string | undefined {
  const [target = "", given] = [
    path.at(-1),
    typeof value === "string" ? part.facts.variables[value] : undefined,
  ];
  const own = facts.variables[target];
  const isGiven = part.flow.settings.gives?.some((name) => name === value);
  if (!isGiven || !given || !own || takesType(own.type, given.type)) return undefined;
  return `${target} is ${aType(own.type)}, and ${value} of "${part.flow.name}" is ${aType(given.type)}; declare ${target} with that type`;
}

/** Whether a variable of one type can hold a value of the other. */
function takesType(own: VariableType, given: VariableType): boolean {
  return own === given || (TAKES[own] ?? []).includes(given === "number" ? "double" : given);
}

function wrongArgument(name: string, value: Literal, { facts }: Checked): string {
  const type = facts.variables[name]?.type ?? "string";
  const instead = value.text.includes("{{") ? "this computed value has another type" : insteadOf(type, value);
  return `${name} is ${aType(type)}: ${instead}`;
}

function isSecret({ facts }: Checked, name: string): boolean {
  return facts.variables[name]?.sensitive === true;
}

/** Whether an argument carries a sensitive variable that was not revealed. */
function carriesSecret(mark: Mark, { facts }: Checked): boolean {
  const trees = expressionsIn(mark).filter(({ text }) => facts.environment.check(text).valid);
  const reads = trees.flatMap(({ text }) => readsOf(facts.environment.parse(text).ast));
  return reads.some(
    ({ root, field, inside }) =>
      root === "vars" &&
      !inside.includes("reveal") &&
      field !== undefined &&
      facts.variables[field]?.sensitive,
  );
}

function listed(names: readonly string[], says: string): string {
  return names.length > 0 ? `; ${says} ${names.join(", ")}` : `; add it to \`${says.split(" ")[1]}\` there`;
}

const TAKES: Record<string, readonly string[]> = {
  string: ["string", "int", "double", "bool"],
  int: ["int"],
  number: ["int", "double"],
  bool: ["bool"],
};

function fits(value: Literal, { facts }: Checked, part: Checked, name: string): boolean {
  const variable = part.facts.variables[name];
  if (!variable) return true;
  const hole = wholeHole(value.text);
  if (!hole)
    return value.text.includes("{{")
      ? variable.type === "string"
      : literalAs(variable.type, value) !== undefined;
  const { type = "dyn", valid } = facts.environment.check(hole.expr);
  return !valid || type === "dyn" || (TAKES[variable.type] ?? [type]).includes(type);
}
