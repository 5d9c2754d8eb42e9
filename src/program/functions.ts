/**
 * CEL's operators and functions, and this language's own. An operation has several overloads: the first that takes
 * the operands runs. The checker's signatures are in `flow/analysis/environment.ts`; a test holds the two together.
 */
import { type Clock, ExpressionError, toCel } from "./expression.ts";
import { isHoliday, isOpen, localTime } from "./hours.ts";
import { isMap } from "./is-map.ts";
import type { Hours } from "./program.ts";

type Guard<T> = (value: unknown) => value is T;
/** Gives undefined if it does not take these operands. */
type Overload = (operands: readonly unknown[], clock: Clock) => unknown;

const string: Guard<string> = (value) => typeof value === "string";
const int: Guard<bigint> = (value) => typeof value === "bigint";
const double: Guard<number> = (value) => typeof value === "number";
const bool: Guard<boolean> = (value) => typeof value === "boolean";
const list: Guard<unknown[]> = Array.isArray;
const map: Guard<Readonly<Record<string, unknown>>> = isMap;
const number: Guard<bigint | number> = (value) => int(value) || double(value);
const scalar: Guard<string | bigint | number | boolean> = (value) =>
  string(value) || number(value) || bool(value);
const anything: Guard<unknown> = (_value): _value is unknown => true;

function on<T extends unknown[]>(
  guards: readonly [...{ [I in keyof T]: Guard<T[I]> }],
  run: (...operands: T) => unknown,
): Overload {
  const [first, second, third] = guards;
  const takes = (operands: readonly unknown[]): operands is T =>
    operands.length === guards.length &&
    (!first || first(operands[0])) &&
    (!second || second(operands[1])) &&
    (!third || third(operands[2]));
  return (operands) => (takes(operands) ? run(...operands) : undefined);
}

function timed<T>(guard: Guard<T>, run: (operand: T, clock: Clock) => unknown): Overload {
  return ([operand], clock) => (guard(operand) ? run(operand, clock) : undefined);
}

function fail(code: string): never {
  throw new ExpressionError(code);
}

/** An int of CEL's has 64 bits. */
function whole(value: bigint): bigint {
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

function hoursNamed(name: string, { hours }: Clock): Hours {
  return hours[name] ?? fail("no_such_hours");
}

/** One character at a time, so that a voice reads "1 2 3" and not "one hundred and twenty-three". */
function apart(text: string, keep: RegExp): string {
  return [...text].filter((character) => keep.test(character)).join(" ");
}

function position(at: bigint, least: number, most: number): number {
  const index = Number(at);
  return index < least || index > most ? fail("index_out_of_range") : index;
}

function search(find: (text: string, part: string, from?: number) => number): Overload[] {
  return [
    on([string, string], (text, part) => BigInt(find(text, part))),
    on([string, string, int], (text, part, from) =>
      part === "" ? from : BigInt(find(text, part, position(from, 0, text.length - 1))),
    ),
  ];
}

function split(text: string, separator: string, most: bigint): string[] {
  const parts = text.split(separator);
  const limit = Number(most);
  if (limit < 0 || parts.length <= limit) return parts;
  return limit === 0 ? [] : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function join(items: unknown[], separator: string): string {
  return items.every(string) ? items.join(separator) : fail("invalid_list_element_type");
}

function toInt(text: string): bigint {
  if (text === text.trim() && text.length <= 20 && !text.includes("0x")) {
    try {
      return whole(BigInt(text));
    } catch {}
  }
  return fail("int_conversion_error");
}

function truncated(value: number): bigint {
  return Number.isFinite(value) ? whole(BigInt(Math.trunc(value))) : fail("numeric_overflow");
}

function toDouble(text: string): number {
  const special = /^([+-]?)inf(inity)?$/i.exec(text);
  if (special) return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(text);
  const isNumber = text !== "" && text === text.trim() && !Number.isNaN(value);
  return isNumber || /^nan$/i.test(text) ? value : fail("double_conversion_error");
}

function toBool(text: string): boolean {
  if (/^(1|t|true|TRUE|True)$/.test(text)) return true;
  return /^(0|f|false|FALSE|False)$/.test(text) ? false : fail("bool_conversion_error");
}

/** Every operation that evaluates all of its operands, by its name in an `Expr`. */
export const FUNCTIONS: Readonly<Record<string, readonly Overload[]>> = {
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
  string: [
    on([scalar], (value) => {
      if (value === Number.POSITIVE_INFINITY) return "+Inf";
      return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
    }),
  ],
  bool: [on([bool], (value) => value), on([string], toBool)],
  int: [on([int], (value) => value), on([double], truncated), on([string], toInt)],
  double: [on([number], Number), on([string], toDouble)],
  contains: [on([string, string], (text, part) => text.includes(part))],
  startsWith: [on([string, string], (text, part) => text.startsWith(part))],
  endsWith: [on([string, string], (text, part) => text.endsWith(part))],
  matches: [on([string, string], (text, pattern) => new RegExp(pattern, "u").test(text))],
  indexOf: search((text, part, from) => text.indexOf(part, from)),
  lastIndexOf: search((text, part, from) => text.lastIndexOf(part, from)),
  substring: [
    on([string, int], (text, from) => text.slice(position(from, 0, text.length))),
    on([string, int, int], (text, from, to) => {
      const start = position(from, 0, text.length);
      return text.slice(start, position(to, start, text.length));
    }),
  ],
  split: [on([string, string], (text, by) => text.split(by)), on([string, string, int], split)],
  join: [on([list], (items) => join(items, "")), on([list, string], join)],
  lower: [on([string], (text) => text.toLowerCase())],
  upper: [on([string], (text) => text.toUpperCase())],
  trim: [on([string], (text) => text.trim())],
  replace: [on([string, string, string], (text, from, to) => text.replaceAll(from, () => to))],
  digits: [on([string], (text) => apart(text, /[0-9]/)), on([int], (value) => apart(String(value), /[0-9]/))],
  spell: [on([string], (text) => apart(text, /[\p{L}\p{N}]/u))],
  number: [
    on([string, int], (text, otherwise) =>
      /^\s*[+-]?\d{1,15}\s*$/.test(text) ? BigInt(text.trim().replace(/^\+/, "")) : otherwise,
    ),
    on([string, double], (text, otherwise) => {
      const value = Number(text);
      return text.trim() !== "" && Number.isFinite(value) ? value : otherwise;
    }),
  ],
  isOpen: [timed(string, (name, clock) => isOpen(hoursNamed(name, clock), clock.now))],
  holiday: [timed(string, (name, clock) => isHoliday(hoursNamed(name, clock), clock.now))],
  now: [timed(string, (zone, clock) => toCel(localTime(zone, clock.now)))],
  random: [timed(int, (most, clock) => BigInt(clock.random(Number(most))))],
};
