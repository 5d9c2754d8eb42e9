/**
 * Conditions of one flow, read in a flow that it runs: the variables that they read travel along under names of their own,
 * and so do the hours. The flow that waits cannot change them meanwhile.
 */
import { functionDocs } from "../../flow/language/functions.ts";
import type { Expr, Op, Source } from "../../program/op.ts";
import type { Hours, Program, Scope, Variable } from "../../program/program.ts";

const OF_HOURS: ReadonlySet<string> = new Set(
  functionDocs.flatMap(({ name, names }) => (names === "hours" ? [name] : [])),
);
/** What reads the time zone of the flow that runs. */
const OF_ZONE: ReadonlySet<string> = new Set(["now", "today", "date"]);

/** What a condition reads of its own flow. */
export interface Reads {
  variables: Set<string>;
  hours: Set<string>;
  /** It reads what does not travel: all variables at once, or the time zone. */
  isBound: boolean;
}

/** Collects what conditions read of their flow. */
export function readsIn(exprs: readonly Expr[]): Reads {
  const reads: Reads = { variables: new Set(), hours: new Set(), isBound: false };
  for (const expr of exprs) collect(expr, reads);
  return reads;
}

function collect(expr: Expr, reads: Reads): void {
  if (expr === null || typeof expr !== "object") return;
  const [operation, first, second] = expr;
  if (operation === "$" && first === "vars") {
    if (typeof second === "string") reads.variables.add(second);
    else reads.isBound = true;
    return;
  }
  if (OF_HOURS.has(String(operation)) && typeof first === "string") reads.hours.add(first);
  if (OF_ZONE.has(String(operation))) reads.isBound = true;
  for (const one of expr.slice(1)) collect(one, reads);
}

/** Whether an expression reads the caller's last input, which the call's state must then carry. */
export function readsInput(expr: Expr): boolean {
  if (expr === null || typeof expr !== "object") return false;
  return (expr[0] === "$" && expr[1] === "input") || expr.some(readsInput);
}

/** The name under which something of a flow travels. */
function carried(owner: string, name: string): string {
  return `~${owner}:${name}`;
}

/** Whether the flow that a promise belongs to is running, further up. */
export function isUnder(owner: string): Expr {
  return ["$", "vars", carried(owner, "")];
}

/** A condition of `owner`, as one of its parts reads it. */
export function carriedExpr(expr: Expr, owner: string): Expr {
  if (expr === null || typeof expr !== "object") return expr;
  const [operation, first, second] = expr;
  if (operation === "$" && first === "vars" && typeof second === "string")
    return ["$", "vars", carried(owner, second)];
  const isOfHours = OF_HOURS.has(String(operation)) && typeof first === "string";
  const operands = expr.slice(1).map((one) => carriedExpr(one, owner));
  return isOfHours
    ? [operation ?? "", carried(owner, first), ...operands.slice(1)]
    : [operation ?? "", ...operands];
}

/** What travels from one flow into those that it runs. */
export interface Cargo {
  owner: string;
  reads: Reads;
}

/** The scope of a part, with what travels to it. */
export function withCargo(scope: Scope, cargo: readonly Cargo[], program: Program): Scope {
  const variables: Record<string, Variable> = { ...scope.variables };
  const hours: Record<string, Hours> = { ...scope.hours };
  for (const { owner, reads } of cargo) {
    const from = scopeOf(program, owner);
    variables[carried(owner, "")] = { type: "bool", default: false };
    for (const name of reads.variables) {
      const { type = "string", default: value = "" } = from.variables[name] ?? {};
      variables[carried(owner, name)] = { type, default: value };
    }
    for (const name of reads.hours) {
      const known = from.hours[name];
      if (known) hours[carried(owner, name)] = known;
    }
  }
  return { ...scope, variables, hours };
}

/** The scope of a flow of a Program. */
export function scopeOf(program: Program, owner: string): Scope {
  return (owner === "" ? undefined : program.parts?.[owner]) ?? program;
}

/** What a flow hands on to a part that it runs. @param running the flow with the `run`; empty for the Program's own */
export function handedOn(
  { op, ...run }: Extract<Op, { op: "run" }>,
  cargo: readonly Cargo[],
  running: string,
): Extract<Op, { op: "run" }> {
  const more: Record<string, Source> = {};
  for (const { owner, reads } of cargo) {
    const isOwn = owner === running;
    // The Program's own flow is never below one of its parts.
    if (!isOwn && running === "") continue;
    more[carried(owner, "")] = isOwn ? { value: true } : { expr: isUnder(owner) };
    for (const name of reads.variables)
      more[carried(owner, name)] = { expr: ["$", "vars", isOwn ? name : carried(owner, name)] };
  }
  return { op, ...run, with: { ...run.with, ...more } };
}
