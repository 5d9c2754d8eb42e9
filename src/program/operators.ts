/** CEL's operators: arithmetic within 64 bits, order, equality, and what is in a list or map. */

import { fail } from "./expression.ts";
import { bool, double, type Guard, int, list, map, number, type Overload, on, string } from "./overload.ts";

/** A value that can be written as a text. */
export const scalar: Guard<string | bigint | number | boolean> = (value) =>
  string(value) || number(value) || bool(value);

const anything: Guard<unknown> = (_value): _value is unknown => true;

/** An int of CEL's has 64 bits. */
export function whole(value: bigint): bigint {
  return BigInt.asIntN(64, value) === value ? value : fail("numeric_overflow");
}

function arithmetic(ints: (a: bigint, b: bigint) => bigint, doubles: (a: number, b: number) => number) {
  return [
    on([int, int], (a, b) => whole(ints(a, b))),
    on([number, number], (a, b) => doubles(Number(a), Number(b))),
  ];
}

function divisor(value: bigint, code: string): bigint {
  return value === 0n ? fail(code) : value;
}

/** Compares values of a kind: `holds` gets a number below, at or above 0. It is NaN if the values have no order. */
function order(holds: (order: number) => boolean): Overload[] {
  return [
    on([number, number], (a, b) => holds(a < b ? -1 : a > b ? 1 : sameNumber(a, b) ? 0 : Number.NaN)),
    on([string, string], (a, b) => holds(a < b ? -1 : a > b ? 1 : 0)),
    on([bool, bool], (a, b) => holds(Number(a) - Number(b))),
  ];
}

// An int and a double are compared by value, with nothing rounded.
function sameNumber(a: number | bigint, b: number | bigint): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: it is what compares a BigInt with a number
  return a == b;
}

function equal(a: unknown, b: unknown): boolean {
  if (number(a) && number(b)) return sameNumber(a, b);
  if (list(a) && list(b)) return a.length === b.length && a.every((item, at) => equal(item, b[at]));
  if (!map(a) || !map(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  );
}

/** A map's value or a list's item; undefined if there is none. */
export function entryOf(object: unknown, key: unknown): unknown {
  if (map(object)) return Object.hasOwn(object, String(key)) ? object[String(key)] : undefined;
  return list(object) && number(key) ? there(object[Number(key)], "index_out_of_bounds") : undefined;
}

function there(value: unknown, code: string): unknown {
  return value === undefined ? fail(code) : value;
}

/** CEL's operators, and `size`, by their name in an `Expr`. */
export const OPERATORS: Readonly<Record<string, readonly Overload[]>> = {
  "+": [
    ...arithmetic(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
    on([scalar, scalar], (a, b) => (string(a) || string(b) ? `${a}${b}` : undefined)),
    on([list, list], (a, b) => [...a, ...b]),
  ],
  "-": [
    ...arithmetic(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
    on([int], (a) => whole(-a)),
    on([double], (a) => -a),
  ],
  "*": arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  "/": arithmetic(
    (a, b) => a / divisor(b, "division_by_zero"),
    (a, b) => a / b,
  ),
  "%": [on([int, int], (a, b) => a % divisor(b, "modulo_by_zero"))],
  "<": order((sign) => sign < 0),
  "<=": order((sign) => sign <= 0),
  ">": order((sign) => sign > 0),
  ">=": order((sign) => sign >= 0),
  "==": [on([anything, anything], equal)],
  "!=": [on([anything, anything], (a, b) => !equal(a, b))],
  in: [
    on([anything, list], (item, items) => items.some((one) => equal(item, one))),
    on([anything, map], (key, object) => entryOf(object, key) !== undefined),
  ],
  "!": [on([bool], (a) => !a)],
  ".": [on([anything, anything], (object, key) => there(entryOf(object, key), "no_such_key"))],
  size: [
    on([string], (text) => BigInt([...text].length)),
    on([list], (items) => BigInt(items.length)),
    on([map], (object) => BigInt(Object.keys(object).length)),
  ],
};
