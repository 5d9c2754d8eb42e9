/** Functions that convert a value to another type, and round numbers. */

import { fail } from "./expression.ts";
import { scalar, whole } from "./operators.ts";
import { bool, double, int, number, type Overload, on, string } from "./overload.ts";
import { position } from "./texts.ts";

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

/** The functions that convert a value to another type, or round it. */
export const CONVERSIONS: Readonly<Record<string, readonly Overload[]>> = {
  string: [
    on([scalar], (value) => {
      if (value === Number.POSITIVE_INFINITY) return "+Inf";
      return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
    }),
  ],
  bool: [on([bool], (value) => value), on([string], toBool)],
  int: [on([int], (value) => value), on([double], truncated), on([string], toInt)],
  double: [on([number], Number), on([string], toDouble)],
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
};
