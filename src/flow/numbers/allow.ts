/** `allow`: which computed numbers and other addresses can be dialled or texted. */
import { Shaped } from "../language/schema.ts";
import { Type } from "../language/type.ts";
import { ADDRESS_KINDS, type AddressKind, addressPattern, isAddressKind } from "./addresses.ts";
import { CALLING_CODES, countryPattern, leastDigits, trunkZeros } from "./countries.ts";
import { premiumNumbers } from "./premium.ts";
import type { Beginning } from "./premium-patterns.ts";

const NUMBER = "\\+[0-9][0-9*?]*";
const COUNTRY = "[A-Z]{2}";
const SAYS_NUMBER =
  "a country such as US, or a number that begins with a plus and a country code, such as +1415*";

/** Patterns of numbers as an author writes them. */
export const AllowNumbers = Type.Array(Shaped(`^(${NUMBER}|${COUNTRY})$`, SAYS_NUMBER), {
  minItems: 1,
  "x-mark": "allow",
});

const ADDRESSES = Object.values(ADDRESS_KINDS).map(({ form }) => form);
const SAYS_ANY = `${SAYS_NUMBER}, or sip:*@pbx.example.com, client:agent-*, application:AP…, sim:…`;

/** Patterns of numbers and other addresses as an author writes them. */
export const Allow = Type.Array(Shaped(`^(${[NUMBER, COUNTRY, ...ADDRESSES].join("|")})$`, SAYS_ANY), {
  minItems: 1,
  "x-mark": "allow",
});

/** The message for an `allow` without a computed address to judge. */
export const IDLE_ALLOW =
  "`allow` judges only computed numbers and addresses, and `to` is written here; remove `allow`";

/** What a pattern matches: numbers, or one kind of address. */
export type AllowKind = "number" | AddressKind;

/** What a pattern matches, by its form. */
export function kindOf(pattern: string): AllowKind {
  if (/^sips:/i.test(pattern)) return "sip";
  const [prefix = ""] = pattern.toLowerCase().split(":");
  return isAddressKind(prefix) ? prefix : "number";
}

/** The patterns of a kind. */
export function ofKind(patterns: readonly string[] | undefined, kind: AllowKind): string[] {
  return (patterns ?? []).filter((pattern) => kindOf(pattern) === kind);
}

/** The regular expression that a value of this kind must match as a whole to be dialled; the patterns of other kinds do not count. */
export function allowed(patterns: readonly string[], kind: AllowKind = "number"): string {
  const own = ofKind(patterns, kind);
  if (own.length === 0) return "(?!)";
  if (kind !== "number") return own.map((pattern) => addressPattern(pattern, kind)).join("|");
  return `${ANY_NUMBER}(?:${own.map(numberPattern).join("|")})`;
}

/**
 * Lookaheads that every number must pass. It has 7 to 15 digits: a country code and an emergency number have fewer,
 * except after a code of three digits and a trunk zero. In North America ten digits follow the 1, and no area code is
 * 911. The first also keeps the rest quick: it looks at 15 digits at most.
 */
const ANY_NUMBER = [
  "(?=\\+[0-9]{7,15}$)",
  "(?!\\+[0-9]{3}0[0-9]{3}$)",
  "(?!\\+1(?!(?![2-9]11)[2-9][0-9]{2}[2-9][0-9]{6}$))",
].join("");

/**
 * A number must match a country's plan, or a pattern that begins with a plus and a country code. Emergency and service
 * numbers have neither, so a caller's input cannot become one. A premium-rate number matches only if the pattern spells
 * out its prefix.
 */
function numberPattern(pattern: string): string {
  if (!pattern.startsWith("+")) return countryPattern(pattern);
  return longEnough(pattern) + exceptTrunkZero(pattern) + exceptPremium(pattern) + wildcards(pattern);
}

/** An `allow` pattern as a regular expression: `*` matches any digits, `?` one. */
function wildcards(pattern: string): string {
  const signs: Record<string, string> = { "+": "\\+", "*": "[0-9]*", "?": "[0-9]" };
  return [...pattern].map((sign) => signs[sign] ?? sign).join("");
}

/** A lookahead for the fewest digits of a number with the calling code that the pattern spells. */
function longEnough(pattern: string): string {
  const spelled = spelledIn(pattern);
  const code = CALLING_CODES.find((one) => spelled.startsWith(one));
  // A pattern without `*` says the length itself.
  return code === undefined || !pattern.includes("*") ? "" : `(?=\\+${code}[0-9]{${leastDigits(code)}})`;
}

/** A lookahead that excludes `+440…`, for the countries whose numbers lose their zero after the calling code. */
function exceptTrunkZero(pattern: string): string {
  const hidden = trunkZeros().filter((digits) => couldBegin(pattern.slice(1), digits));
  return hidden.length === 0 ? "" : `(?!\\+${oneOf(hidden.map((digits) => ({ digits, rest: 0 })))})`;
}

/** The digits of a pattern before its first wildcard. */
export function spelledIn(pattern: string): string {
  return pattern.slice(1).replace(/[*?].*$/, "");
}

/** A lookahead that excludes the premium numbers that the pattern would match by accident. */
function exceptPremium(pattern: string): string {
  const signs = pattern.slice(1);
  const spelled = spelledIn(pattern);
  const hidden = premiumNumbers().filter(
    ({ digits }) => !spelled.startsWith(digits) && couldBegin(signs, digits),
  );
  return hidden.length === 0 ? "" : `(?!\\+${oneOf(hidden)})`;
}

/** Whether a number of the pattern can begin with these digits. */
export function couldBegin(signs: string, digits: string): boolean {
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
