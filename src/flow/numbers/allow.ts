/** `allow`: which computed numbers can be dialled or texted. */
import Type from "typebox";
import { Shaped } from "../language/schema.ts";
import { premiumNumbers } from "./premium.ts";
import type { Beginning } from "./premium-patterns.ts";

/** Patterns as an author writes them. */
export const Allow = Type.Array(
  Shaped("^\\+[0-9][0-9*?]*$", "a number that begins with a plus and a country code, such as +1415*"),
  { minItems: 1 },
);

/**
 * The regular expression that a number must match to be dialled. Patterns begin with a plus and a country code.
 * Emergency and service numbers have neither, so a caller's input cannot become one. A premium-rate number matches
 * only if the pattern spells out its prefix.
 */
export function allowed(patterns: readonly string[]): string {
  return patterns.map((pattern) => exceptPremium(pattern) + allowPattern(pattern)).join("|");
}

/** An `allow` pattern as a regular expression: `*` matches any digits, `?` one. */
function allowPattern(pattern: string): string {
  const signs: Record<string, string> = { "+": "\\+", "*": "[0-9]*", "?": "[0-9]" };
  return [...pattern].map((sign) => signs[sign] ?? sign).join("");
}

/** A lookahead that excludes the premium numbers that the pattern would match by accident. */
function exceptPremium(pattern: string): string {
  const signs = pattern.slice(1);
  const spelled = signs.replace(/[*?].*$/, "");
  const hidden = premiumNumbers().filter(
    ({ digits }) => !spelled.startsWith(digits) && couldBegin(signs, digits),
  );
  return hidden.length === 0 ? "" : `(?!\\+${oneOf(hidden)})`;
}

/** Whether a number of the pattern can begin with these digits. */
function couldBegin(signs: string, digits: string): boolean {
  const [sign] = signs;
  const [digit] = digits;
  if (digit === undefined) return true;
  if (sign === "*") return couldBegin(signs.slice(1), digits) || couldBegin(signs, digits.slice(1));
  return (sign === "?" || sign === digit) && couldBegin(signs.slice(1), digits.slice(1));
}

/** Beginnings as one expression, each digit written once: what leads to the same is a class. */
function oneOf(all: readonly Beginning[]): string {
  const ends = all.filter(({ digits }) => digits === "").map(({ rest }) => rest);
  const least = Math.min(...ends);
  if (least === 0) return "";
  const longer = all.filter(({ digits }) => digits !== "");
  const byDigit = Object.groupBy(longer, ({ digits }) => digits.charAt(0));
  const digitsBefore = new Map<string, string>();
  for (const [digit, some = []] of Object.entries(byDigit)) {
    const then = oneOf(some.map(({ digits, rest }) => ({ digits: digits.slice(1), rest })));
    digitsBefore.set(then, (digitsBefore.get(then) ?? "") + digit);
  }
  const ways = [...digitsBefore].map(([then, digits]) => (digits.length > 1 ? `[${digits}]` : digits) + then);
  if (ends.length > 0) ways.push(`[0-9]{${least}}`);
  return ways.length === 1 ? (ways[0] ?? "") : `(?:${ways.join("|")})`;
}
