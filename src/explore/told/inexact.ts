/**
 * What expressions compute with values that come from outside, so that no list of constants tells their sides apart: two
 * values that are compared with each other, sums, lengths, own functions. Not every call is then explored, which is said.
 */
import { FUNCTIONS } from "../../program/functions.ts";
import type { Expr } from "../../program/op.ts";
import { constantOf, ORDERS, type Reading, readingOf, readingsIn } from "./compared.ts";

/** Comparisons of which each constant is a side. */
const COMPARES: ReadonlySet<string> = new Set([
  ...ORDERS,
  "==",
  "!=",
  "in",
  "contains",
  "startsWith",
  "endsWith",
  "matches",
]);
const LOGIC: ReadonlySet<string> = new Set(["!", "&&", "||"]);
/** What decides nothing by itself. */
const SHOWS: ReadonlySet<string> = new Set(["$", "@", "has", "isOpen", "holiday", "[]", "{}"]);
/** What fails with some texts or numbers. That of `/` is a side of its own, and so is that of `int`. */
const FAILS: ReadonlySet<string> = new Set([
  ".",
  "substring",
  "split",
  "addDays",
  "daysBetween",
  "date",
  "spokenDate",
  "spokenTime",
  "number",
]);
/** A pattern that a text can match besides others: of two, the texts that match both are not told apart. */
const PATTERNS: ReadonlySet<string> = new Set(["contains", "startsWith", "endsWith", "matches"]);

/**
 * The values that an expression computes with.
 * @param decides whether its result leads to a choice
 */
export function inexactIn(expr: Expr, decides: boolean): Reading[] {
  if (expr === null || typeof expr !== "object") return [];
  const [name, ...operands] = expr;
  const operation = String(name);
  if (LOGIC.has(operation)) return operands.flatMap((one) => inexactIn(one, true));
  if (operation === "?:") return operands.flatMap((one, index) => inexactIn(one, index === 0 || decides));
  const own = plainReading(expr);
  if (own) return [];
  if (COMPARES.has(operation)) return comparedIn(operation, operands);
  const inner = operands.flatMap((one) => inexactIn(one, decides));
  const isOwn = /^\w+$/.test(operation) && !Object.hasOwn(FUNCTIONS, operation) && !SHOWS.has(operation);
  if (SHOWS.has(operation) || (!decides && !isOwn && !FAILS.has(operation))) return inner;
  return [...inner, ...operands.flatMap((one) => readingsIn(one))];
}

/** A value as it is read, or only written otherwise. */
function plainReading(expr: Expr): Reading | undefined {
  const reading = readingOf(expr);
  return reading?.path.includes("#size") ? undefined : reading;
}

function comparedIn(operation: string, operands: readonly Expr[]): Reading[] {
  const [left = null, right = null] = operands;
  const isConstant = (one: Expr): boolean => constantOf(one) !== undefined || isConstants(one);
  const isOne = (one: Expr): boolean => plainReading(one) !== undefined;
  const isTold =
    (isOne(left) && isConstant(right)) || (isOne(right) && isConstant(left) && operation !== "in");
  return isTold ? [] : operands.flatMap((one) => [...readingsIn(one)]);
}

function isConstants(expr: Expr): boolean {
  if (expr === null || typeof expr !== "object") return false;
  return expr[0] === "[]" && expr.slice(1).every((one) => constantOf(one) !== undefined);
}

/** The patterns that an expression compares a value with. */
export function patternsIn(expr: Expr): { reading: Reading; pattern: string }[] {
  if (expr === null || typeof expr !== "object") return [];
  const [name, left = null, right = null] = expr;
  const reading = PATTERNS.has(String(name)) ? readingOf(left) : undefined;
  const own = reading ? [{ reading, pattern: `${String(name)} ${String(right)}` }] : [];
  return [...own, ...expr.slice(1).flatMap(patternsIn)];
}

/** Whether an expression gives a value as it is, or only written otherwise. */
export function isCopy(expr: Expr): boolean {
  return expr === null || typeof expr !== "object" || plainReading(expr) !== undefined;
}
