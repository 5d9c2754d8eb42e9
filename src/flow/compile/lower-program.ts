/** CEL texts → expressions, in all of a Program: the last step of compiling, and what makes an older Program current. */
import type { Environment } from "@marcbachmann/cel-js";
import type { Expr, Op, Part, RequestOp, Source } from "../../program/op.ts";
import type { OwnFunction } from "../../program/own-function.ts";
import { FORMAT, type Program, type Step } from "../../program/program.ts";
import { normalise } from "../../program/speech.ts";
import { environmentOf } from "../analysis/environment.ts";
import { functionsIn } from "../analysis/expressions.ts";
import { mapValues } from "../language/map-values.ts";
import { lower } from "./lower.ts";

/** A Program whose expressions are still CEL texts. */
export type TextProgram = Omit<Program, "format" | "hash">;

/**
 * Lowers every expression of a Program.
 * @param functions the project's own
 * @throws Unsupported, or what CEL's parser throws; not for a Program whose flow has no errors
 */
export function lowerProgram<T extends TextProgram>(
  program: T,
  functions: readonly OwnFunction[] = [],
): T & { format: typeof FORMAT } {
  const own = new Set(functions.map(({ name }) => name));
  const called = new Set<string>();
  const environments = new Map<string, Environment>();
  const environmentAt = (step: string): Environment => {
    const [part = ""] = step.includes(".") ? step.split(".") : [];
    const { variables } = program.parts?.[part] ?? program;
    const environment = environments.get(part) ?? environmentOf(variables, functions);
    environments.set(part, environment);
    return environment;
  };
  const exprAt =
    (step: string) =>
    (text: Expr): Expr => {
      const { ast } = environmentAt(step).parse(String(text));
      for (const name of functionsIn(ast)) called.add(name);
      return lower(ast, own);
    };
  const steps = Object.entries(program.steps).map(([name, step]): [string, Step] => {
    const lowering = loweringWith(exprAt(name));
    return [name, { ...step, blocks: mapValues(step.blocks, lowering.ops) }];
  });
  const apology = loweringWith(exprAt("")).parts(program.apology);
  const named = [...called].filter((name) => own.has(name));
  return {
    ...program,
    format: FORMAT,
    apology,
    ...(named.length > 0 && { functions: named.toSorted() }),
    ...(called.has("link") && { links: true }),
    steps: Object.fromEntries(steps),
  };
}

/** Lowers what may hold an expression. */
interface Lowering {
  ops(ops: readonly Op[]): Op[];
  parts(parts: readonly Part[]): Part[];
  source(source: Source): Source;
  expr(text: Expr): Expr;
}

function loweringWith(expr: Lowering["expr"]): Lowering {
  const lowering: Lowering = {
    ops: (ops) => ops.map((op) => lowerOp(op, lowering)),
    parts: (parts) => parts.map((part) => lowerPart(part, lowering)),
    source: (source) => lowerSource(source, lowering),
    expr,
  };
  return lowering;
}

function lowerOp(op: Op, to: Lowering): Op {
  switch (op.op) {
    case "twiml":
      return { ...op, parts: to.parts(op.parts) };
    case "set":
      return { ...op, from: to.source(op.from), ...(op.otherwise && { otherwise: to.ops(op.otherwise) }) };
    case "switch":
      return {
        ...op,
        on: to.source(op.on),
        cases: mapValues(op.cases, to.ops),
        ...(op.ranges && { ranges: op.ranges.map((range) => ({ ...range, ops: to.ops(range.ops) })) }),
      };
    case "match":
      return {
        ...op,
        on: to.source(op.on),
        // An older Program can have another normal form.
        phrases: op.phrases.map(([phrase, index]) => [normalise(phrase), index]),
        cases: op.cases.map(to.ops),
      };
    case "when":
      return { ...op, cases: op.cases.map(({ when, ops }) => ({ when: to.expr(when), ops: to.ops(ops) })) };
    case "run":
      return { ...op, with: mapValues(op.with, to.source) };
    case "request":
      return lowerRequest(op, to);
    case "send":
      return {
        ...op,
        form: mapValues(op.form, to.source),
        ...(op.otherwise && { otherwise: to.ops(op.otherwise) }),
      };
    default:
      return op;
  }
}

function lowerRequest(op: RequestOp, to: Lowering): RequestOp {
  const { query, headers, json, form } = op;
  return {
    ...op,
    url: to.parts(op.url),
    ...(query && { query: mapValues(query, to.source) }),
    ...(headers && { headers: mapValues(headers, to.source) }),
    ...(json && { json: to.source(json) }),
    ...(form && { form: mapValues(form, to.source) }),
    later: to.parts(op.later),
  };
}

function lowerPart(part: Part, to: Lowering): Part {
  if (typeof part === "string" || "link" in part) return part;
  if ("hole" in part) return { ...part, hole: to.source(part.hole) };
  if ("attribute" in part) return { ...part, from: to.source(part.from) };
  return {
    pick: to.source(part.pick),
    cases: mapValues(part.cases, to.parts),
    else: to.parts(part.else),
  };
}

function lowerSource(source: Source, to: Lowering): Source {
  if ("expr" in source) return { expr: to.expr(source.expr) };
  if ("map" in source) return { map: mapValues(source.map, to.source) };
  return "list" in source ? { list: source.list.map(to.source) } : source;
}
