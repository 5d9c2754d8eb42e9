/** Evaluates compiled expressions, with the semantics of CEL: see `flow/compile/lower.ts` for what they come from. */
import { type Clock, fail, fromCel } from "./expression.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Json } from "./json.ts";
import { type Allowance, newAllowance, requireSize, spend, spendRounds } from "./limits.ts";
import type { Expr } from "./op.ts";
import { entryOf } from "./operators.ts";

/** Reads what an expression sees: a root such as `vars`, or one field of it, as CEL's values. */
export type Sight = (root: string, field?: string) => unknown;

/** What an expression is evaluated in. */
interface Scope {
  see: Sight;
  clock: Clock;
  allowance: Allowance;
  /** The variable of the macro around it. */
  local?: { name: Expr; value: unknown; outer: Scope };
}

/**
 * Evaluates an expression.
 * @returns a JSON value: whole numbers as numbers
 * @throws ExpressionError if the values do not allow it (division by zero, a missing key), or are too large
 */
export function evaluate(expr: Expr, see: Sight, clock: Clock): Json {
  return fromCel(run(expr, { see, clock, allowance: newAllowance() }));
}

function run(expr: Expr, scope: Scope): unknown {
  if (typeof expr === "number") return Number.isInteger(expr) ? BigInt(expr) : expr;
  if (expr === null || typeof expr !== "object") return expr;
  const operation = String(expr[0]);
  // Not taken apart by destructuring, which goes through an iterator and takes several times as long.
  const operands = expr.slice(1);
  const form = FORMS[operation];
  if (form) return form(scope, ...operands);
  const values = operands.map((operand) => run(operand, scope));
  for (const value of values) spend(scope.allowance, value);
  const value = apply(operation, values, scope.clock);
  if (typeof value === "string" || Array.isArray(value)) requireSize(value.length);
  return value;
}

function apply(operation: string, operands: readonly unknown[], clock: Clock): unknown {
  const overloads = FUNCTIONS[operation] ?? clock.functions?.[operation];
  for (const overload of overloads ?? fail(`no function ${operation}()`)) {
    const value = overload(operands, clock);
    if (value !== undefined) return value;
  }
  const isFunction = /\w/.test(operation) && operation !== "in";
  return fail(isFunction ? "no_matching_overload" : "no_such_overload");
}

/** Every operation that decides itself which of its operands are evaluated, and how often. */
const FORMS: Readonly<Record<string, (scope: Scope, ...operands: Expr[]) => unknown>> = {
  $: ({ see, allowance }, root: Expr, field?: Expr) => {
    const value = see(String(root), field === undefined ? undefined : String(field));
    if (value === undefined) fail("no_such_key");
    spend(allowance, value);
    return value;
  },
  "@": localNamed,
  "?:": (scope, when: Expr, then: Expr, otherwise: Expr) =>
    run(boolOf(when, scope) ? then : otherwise, scope),
  "||": (scope, left: Expr, right: Expr) => either(scope, left, right, true),
  "&&": (scope, left: Expr, right: Expr) => either(scope, left, right, false),
  has: (scope, object: Expr, key: Expr) => entryOf(run(object, scope), key) !== undefined,
  "[]": (scope, ...items: Expr[]) => items.map((item) => run(item, scope)),
  "{}": mapOf,
  all: (scope, items: Expr, name: Expr, test: Expr) => quantified(scope, items, name, test, false),
  exists: (scope, items: Expr, name: Expr, test: Expr) => quantified(scope, items, name, test, true),
  exists_one: (scope, items: Expr, name: Expr, test: Expr) => filtered(scope, items, name, test).length === 1,
  filter: (scope, items: Expr, name: Expr, test: Expr) =>
    filtered(scope, items, name, test).map(({ local }) => local?.value),
  map: (scope, items: Expr, name: Expr, result: Expr, test: Expr = true) =>
    filtered(scope, items, name, test).map((one) => run(result, one)),
};

function localNamed({ local }: Scope, name: Expr): unknown {
  return local?.name === name || !local ? local?.value : localNamed(local.outer, name);
}

/** Runs what has to give a bool; `code` is the failure if it does not. */
function boolOf(expr: Expr, scope: Scope, code = "invalid_condition_type"): boolean {
  const value = run(expr, scope);
  return typeof value === "boolean" ? value : fail(code);
}

/** `||` and `&&`: an operand that decides does so even if the other one fails. */
function either(scope: Scope, left: Expr, right: Expr, decisive: boolean): boolean {
  const decides = (operand: Expr) => boolOf(operand, scope, "invalid_logical_operand") === decisive;
  try {
    if (decides(left)) return decisive;
  } catch (failure) {
    if (decides(right)) return decisive;
    throw failure;
  }
  return decides(right) ? decisive : !decisive;
}

function mapOf(scope: Scope, ...operands: Expr[]): unknown {
  const entries = new Map<string, unknown>();
  for (let at = 0; at < operands.length; at += 2) {
    const key = String(run(operands[at] ?? null, scope));
    entries.set(key, run(operands[at + 1] ?? null, scope));
  }
  return Object.fromEntries(entries);
}

/** A scope for each item of a list, or for each key of a map. */
function scopesOf(outer: Scope, items: Expr, name: Expr): Scope[] {
  const range = run(items, outer);
  if (typeof range !== "object" || range === null) return fail("invalid_comprehension_range");
  const values = Array.isArray(range) ? range : Object.keys(range);
  spendRounds(outer.allowance, values.length);
  return values.map((value: unknown) => ({ ...outer, local: { name, value, outer } }));
}

function filtered(scope: Scope, items: Expr, name: Expr, test: Expr): Scope[] {
  return scopesOf(scope, items, name).filter((one) => boolOf(test, one));
}

/** `all` and `exists`: an item that decides does so even if others fail. */
function quantified(scope: Scope, items: Expr, name: Expr, test: Expr, decisive: boolean): boolean {
  const failures: unknown[] = [];
  for (const one of scopesOf(scope, items, name)) {
    try {
      if (boolOf(test, one) === decisive) return decisive;
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
  return !decisive;
}
