/** What expressions compare values with: the constants at which a flow's choices change. */

import type { Json } from "../../program/json.ts";
import type { Expr } from "../../program/op.ts";

/** A value that is read, and a path in it: `vars.order` and `["status"]`. */
export interface Reading {
  key: string;
  path: readonly string[];
}

/** A value on one side of a choice: itself, its pattern, its presence, or a list's length. */
export type Side =
  | { value: Json }
  | { matches: string }
  /** A number, and those on both sides of it. */
  | { boundary: number }
  | { present: true };

/** Takes a comparison. */
export type Compared = (reading: Reading, side: Side) => void;

/** Operations whose result changes when their text does, so that a constant can be given to them. */
const THROUGH: ReadonlySet<string> = new Set([
  "lower",
  "upper",
  "trim",
  "string",
  "int",
  "double",
  "bool",
  "number",
]);
/** The operators that compare by order. */
export const ORDERS: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const PARTS: ReadonlySet<string> = new Set(["contains", "startsWith", "endsWith"]);
const EACH: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

/** The items of a macro, by the name of its variable. */
type Locals = ReadonlyMap<string, Reading>;

/**
 * Finds what an expression compares.
 * @param isCondition whether the expression itself has to be true or false
 */
export function compare(
  expr: Expr,
  compared: Compared,
  isCondition = false,
  locals: Locals = new Map(),
): void {
  if (expr === null || typeof expr !== "object") return;
  const [name = "", left = null, right = null] = expr;
  const at = (one: Expr): Reading | undefined => readingOf(one, locals);
  const both = (one: Expr): void => {
    const reading = isCondition || one !== expr ? at(one) : undefined;
    if (!reading) return;
    compared(reading, { value: true });
    compared(reading, { value: false });
  };
  const operation = String(name);
  if (isCondition) both(expr);
  if (operation === "==" || operation === "!=") equal(at(left), constantOf(right), compared);
  if (operation === "==" || operation === "!=") equal(at(right), constantOf(left), compared);
  if (ORDERS.has(operation)) bounded(left, right, at, compared);
  // What divides can be nothing.
  if (operation === "/" || operation === "%") withReading(at(right), { boundary: 0 }, compared);
  if (operation === "int" || operation === "double") withReading(at(left), { matches: "^[0-9]+$" }, compared);
  if (operation === "in") for (const item of itemsOf(right)) equal(at(left), constantOf(item), compared);
  if (PARTS.has(operation)) equal(at(left), constantOf(right), compared);
  if (operation === "matches" && typeof right === "string")
    withReading(at(left), { matches: right }, compared);
  if (operation === "has") withReading(within(at(left), right), { present: true }, compared);
  if (EACH.has(operation)) {
    compareEach(expr, compared, locals);
    return;
  }
  const conditions = operation === "!" || operation === "&&" || operation === "||";
  for (const [index, operand] of expr.slice(1).entries())
    compare(operand, compared, conditions || (operation === "?:" && index === 0), locals);
}

function compareEach(
  [, items = null, name = null, ...tests]: readonly Expr[],
  compared: Compared,
  locals: Locals,
): void {
  const list = readingOf(items, locals);
  compare(items, compared, false, locals);
  if (list) compared(list, { present: true });
  const inner =
    list && typeof name === "string" ? new Map([...locals, [name, within(list, "0") ?? list]]) : locals;
  for (const test of tests) compare(test, compared, true, inner);
}

function equal(reading: Reading | undefined, constant: Json | undefined, compared: Compared): void {
  if (constant !== undefined)
    withReading(
      reading,
      typeof constant === "number" ? { boundary: constant } : { value: constant },
      compared,
    );
}

function bounded(left: Expr, right: Expr, at: (one: Expr) => Reading | undefined, compared: Compared): void {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const constant = constantOf(other);
    if (typeof constant === "number") withReading(at(one), { boundary: constant }, compared);
    if (typeof constant === "string") withReading(at(one), { value: constant }, compared);
  }
}

function withReading(reading: Reading | undefined, side: Side, compared: Compared): void {
  if (reading) compared(reading, side);
}

/** The value that an expression reads; through operations that only write it otherwise. */
export function readingOf(expr: Expr, locals: Locals = new Map()): Reading | undefined {
  if (expr === null || typeof expr !== "object") return undefined;
  const [name, ...operands] = expr;
  const [first = null, second = null] = operands;
  if (name === "$") return { key: operands.map(String).join("."), path: [] };
  // The clock of the flow's own zone.
  if ((name === "now" || name === "today") && operands.length === 0) return { key: name, path: [] };
  if (name === "@") return locals.get(String(first));
  if (name === ".") return within(readingOf(first, locals), second);
  if (name === "size") return within(readingOf(first, locals), "#size");
  return THROUGH.has(String(name)) ? readingOf(first, locals) : undefined;
}

function within(reading: Reading | undefined, key: Expr): Reading | undefined {
  const isKey = typeof key === "string" || typeof key === "number";
  return reading && isKey ? { ...reading, path: [...reading.path, String(key)] } : undefined;
}

/** The value of a constant; undefined for what is computed. */
export function constantOf(expr: Expr): Json | undefined {
  if (expr === null || typeof expr !== "object") return expr ?? undefined;
  const [name, value] = expr;
  if (name === "double" && typeof value === "number") return value;
  return name === "-" && typeof value === "number" && expr.length === 2 ? -value : undefined;
}

function itemsOf(expr: Expr): readonly Expr[] {
  return expr !== null && typeof expr === "object" && expr[0] === "[]" ? expr.slice(1) : [];
}

/** All values that an expression reads. */
export function readingsIn(expr: Expr): Reading[] {
  const own = readingOf(expr);
  if (own) return [own];
  return expr !== null && typeof expr === "object" ? expr.slice(1).flatMap(readingsIn) : [];
}
