/** The keys of the values that a program works with, by which a flow's comparisons are noted. */
import { scopeAt } from "../../engine/scope.ts";
import type { Source } from "../../program/op.ts";
import type { Program, Scope } from "../../program/program.ts";
import { type Reading, readingOf, readingsIn } from "./compared.ts";

/** The key of a variable of a flow or a part. A persistent one is the same in all of them. */
export function variableKey(scope: Scope, program: Program, name: string): string {
  const keep = scope.variables[name]?.keep;
  return keep === undefined ? `vars ${nameOf(scope, program)} ${name}` : `kept.${keep}`;
}

/** The key of a slot of a flow or a part. */
export function slotKey(scope: Scope, program: Program, name: string): string {
  return `slot ${nameOf(scope, program)} ${name}`;
}

/** A reading of an expression, by the key that its variable has in the whole program. */
export function inProgram({ key, path }: Reading, scope: Scope, program: Program): Reading {
  if (!key.startsWith("vars.")) return { key, path };
  return { key: variableKey(scope, program, key.slice("vars.".length)), path };
}

/** The values from outside, variables and slots that a source of a step reads. */
export function readingsOf(source: Source, step: string, program: Program): Reading[] {
  const scope = scopeAt(program, step);
  if ("param" in source) return [{ key: `param ${step} ${source.param}`, path: source.path ?? [] }];
  if ("heard" in source) return [{ key: `heard ${step}`, path: [] }];
  if ("slot" in source) return [{ key: slotKey(scope, program, source.slot), path: [] }];
  if ("env" in source) return [{ key: `secrets.${source.env}`, path: [] }];
  if ("answer" in source)
    return "path" in source
      ? [{ key: `answer ${step} body`, path: source.path }]
      : [{ key: `answer ${step} ${source.answer}`, path: [] }];
  if ("given" in source) return [{ key: `given ${step} ${source.given}`, path: [] }];
  if (!("expr" in source)) return [];
  const own = readingOf(source.expr);
  return (own ? [own] : readingsIn(source.expr)).map((reading) => inProgram(reading, scope, program));
}

/** The flow that a part is; empty for the Program's own. */
function nameOf(scope: Scope, program: Program): string {
  return Object.entries(program.parts ?? {}).find(([, part]) => part === scope)?.[0] ?? "";
}
