/**
 * CEL's operators and functions, and this language's own. An operation has several overloads: the first that takes
 * the operands runs. The checker's signatures are in `flow/analysis/environment.ts`; a test holds the two together.
 */
import { DATES } from "./dates.ts";
import { type Clock, fail } from "./expression.ts";
import { isHoliday, isOpen } from "./hours.ts";
import { requireSize } from "./limits.ts";
import { nextOpen } from "./next-open.ts";
import {
  bool,
  double,
  type Guard,
  int,
  list,
  map,
  number,
  type Overload,
  on,
  string,
  timed,
} from "./overload.ts";
import type { Hours } from "./program.ts";
import { SPOKEN } from "./spoken.ts";

const scalar: Guard<string | bigint | number | boolean> = (value) =>
  string(value) || number(value) || bool(value);
const anything: Guard<unknown> = (_value): _value is unknown => true;

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
  if (!items.every(string)) return fail("invalid_list_element_type");
  requireSize(items.reduce((size, item) => size + item.length + separator.length, 0));
  return items.join(separator);
}

function replace(text: string, from: string, to: string): string {
  requireSize(text.length + (text.split(from).length + 1) * to.length);
  return text.replaceAll(from, () => to);
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

/** Rounded half away from zero, by the digits that a person sees: 1.005 to two places is 1.01. */
function rounded(value: number, places: number): number {
  const shifted = Number(`${Math.abs(value)}e${places}`);
  // JavaScript writes very large and very small numbers with an exponent of their own.
  if (!Number.isFinite(shifted)) return Number(value.toFixed(places));
  return Math.sign(value) * Number(`${Math.round(shifted)}e${-places}`);
}

function toPlaces(value: bigint | number, places: bigint): number {
  return rounded(Number(value), position(places, 0, 10));
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
  replace: [on([string, string, string], replace)],
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
  round: [on([number], (value) => truncated(rounded(Number(value), 0))), on([number, int], toPlaces)],
  isOpen: [timed([string], (clock, name) => isOpen(hoursNamed(name, clock), clock.now))],
  holiday: [timed([string], (clock, name) => isHoliday(hoursNamed(name, clock), clock.now))],
  nextOpen: [timed([string], (clock, name) => nextOpen(hoursNamed(name, clock), clock.now))],
  random: [timed([int], (clock, most) => BigInt(clock.random(Number(most))))],
  link: [timed([map, string], (clock, { url }, lasts) => (url ? clock.link?.(String(url), lasts) : ""))],
  ...DATES,
  ...SPOKEN,
};
