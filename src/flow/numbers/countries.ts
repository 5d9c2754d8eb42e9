/**
 * The numbers of countries, worked out of the library's metadata when a flow is checked: a Program has plain patterns,
 * and the Worker needs no phone-number library.
 */
import metadata from "libphonenumber-js/max/metadata";
import { nearest } from "../language/diagnostic.ts";
import { numberIn } from "./parsed.ts";
import { beginnings } from "./premium-patterns.ts";

type Country = keyof typeof metadata.countries;

/** Where a country's metadata has the pattern and the lengths of its numbers, what they begin with, and its kinds of numbers. */
const ANY = 2;
const LENGTHS = 3;
const LEADING = 10;
const KINDS = 11;
/** Fixed lines, mobile phones, toll-free numbers and internet telephony. Every other kind can cost more than a call. */
const ORDINARY = [0, 1, 2, 8];
/** How many beginnings of a pattern are tried as an example of it. */
const TRIES = 20;
/** Shorter national numbers are dialled only in their own country: 911, 112. */
const LEAST = 4;

/** Names that authors write for a country's code. */
const MEANT: Readonly<Record<string, string>> = { UK: "GB", EN: "GB", EL: "GR", SP: "ES", JA: "JP" };

const known = new Map<string, string>();

/** Whether a text is the code of a country in the metadata, such as `US`. */
export function isCountry(text: string): text is Country {
  return Object.hasOwn(metadata.countries, text);
}

/** The country that a wrong code probably means. */
export function countryMeant(text: string): string | undefined {
  return MEANT[text] ?? nearest(text, Object.keys(metadata.countries));
}

/** The countries with this calling code, the largest first. */
export function countriesOf(code: string): readonly string[] {
  return Object.entries(metadata.country_calling_codes).find(([one]) => one === code)?.[1] ?? [];
}

/** Every calling code, those without a country among them. */
export const CALLING_CODES: readonly string[] = [
  ...Object.keys(metadata.country_calling_codes),
  ...Object.keys(metadata.nonGeographic),
];

/** The regular expression of a country's ordinary numbers; those that cost more are not among them. */
export function countryPattern(country: string): string {
  const code = planOf(country)?.[0] ?? "";
  const found = known.get(country) ?? oneOf(code, patternsOf(country, code));
  known.set(country, found);
  return found;
}

function oneOf(code: string, patterns: readonly string[]): string {
  return patterns.length === 0 ? "(?!)" : `\\+${code}(?:${patterns.join("|")})`;
}

/** The fewest digits after a calling code. */
export function leastDigits(code: string): number {
  const lengths = countriesOf(code).flatMap((one): unknown => planOf(one)?.[LENGTHS]);
  const digits = lengths.filter((one) => typeof one === "number");
  return digits.length === 0 ? LEAST : Math.max(LEAST, Math.min(...digits));
}

/**
 * What no number begins with, calling code and all, though callers write it: a zero that is dialled only inside the
 * country, as in `+440…`.
 */
export function trunkZeros(): readonly string[] {
  zeros ??= Object.keys(metadata.country_calling_codes).flatMap((code) =>
    zerosAfter(code).map((zero) => code + zero),
  );
  return zeros;
}

let zeros: readonly string[] | undefined;

/** Japan and India have numbers with two zeros, so there only a zero before another digit is one too many. */
function zerosAfter(code: string): string[] {
  const plans = countriesOf(code).flatMap((one): unknown => planOf(one)?.[ANY]);
  const first = plans.flatMap((plan) => (typeof plan === "string" ? beginnings(plan) : []));
  const real = first.map(({ digits }) => digits).filter((digits) => /^0|^$/.test(digits));
  if (real.length === 0) return ["0"];
  const couldBe = (zero: string): boolean =>
    real.some((digits) => digits.startsWith(zero) || zero.startsWith(digits));
  return [..."0123456789"].map((digit) => `0${digit}`).filter((zero) => !couldBe(zero));
}

function planOf(country: string) {
  return isCountry(country) ? metadata.countries[country] : undefined;
}

function patternsOf(country: string, code: string): string[] {
  const written = ORDINARY.map((kind): unknown => planOf(country)?.[KINDS]?.[kind]?.[0]);
  const patterns = [...new Set(written.filter((one) => typeof one === "string"))].filter((one) => one !== "");
  if (countriesOf(code).length === 1) return patterns;
  const leading: unknown = planOf(country)?.[LEADING];
  // In North America a country has whole area codes; the metadata lags behind on the exchanges in them.
  if (code === "1" && typeof leading === "string") return [`(?:${leading})[2-9]\\d{6}`];
  // Countries that share a code list each other's mobile and toll-free numbers.
  return patterns.filter((pattern) =>
    examplesOf(pattern).some((one) => ownerOf(`+${code}${one}`) === country),
  );
}

function ownerOf(number: string): string | undefined {
  return numberIn(number)?.country;
}

/** A few national numbers of a pattern. */
function examplesOf(pattern: string): string[] {
  const whole = new RegExp(`^(?:${pattern})$`, "u");
  return beginnings(pattern)
    .slice(0, TRIES)
    .map(({ digits, rest }) => digits + "2".repeat(rest))
    .filter((number) => whole.test(number));
}
