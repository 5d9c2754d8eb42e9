/**
 * Premium-rate numbers by what they begin with, worked out of the library's metadata when a flow is checked: a call to
 * one costs its owner, so that no computed number may be one unless its pattern spells it.
 */
import metadata from "libphonenumber-js/max/metadata";
import { type Beginning, beginnings } from "./premium-patterns.ts";

/**
 * Calling codes without a country that are dear to ring: satellites (870, 881), networks and personal numbers all over
 * the world (878, 882, 883), international premium rate (979). ITU-T E.164, list of assigned codes.
 */
export const DEAR_CODES = ["870", "878", "881", "882", "883", "979"];

/** Where a country's metadata has its trunk prefix, its kinds of numbers, and the premium ones among these. */
const TRUNK = 5;
const KINDS = 11;
/** Premium-rate and personal numbers (+44 70 …): both cost more than a call does. */
const DEAR = [3, 4];
/** So many of ten: a service's numbers leave a digit or two unused, and are spelled without that digit. */
const NEARLY_ALL = 8;

let known: readonly Beginning[] | undefined;

/** What premium-rate numbers begin with, from the calling code on. */
export function premiumNumbers(): readonly Beginning[] {
  known ??= [
    ...DEAR_CODES.map((digits) => ({ digits, rest: 0 })),
    ...Object.entries(metadata.country_calling_codes).flatMap(ofCode),
  ];
  return known;
}

type Country = keyof typeof metadata.countries;

function ofCode([code, countries]: [string, Country[]]): Beginning[] {
  const patterns = countries.flatMap((one): unknown[] =>
    DEAR.map((kind) => metadata.countries[one]?.[KINDS]?.[kind]?.[0]),
  );
  const national = patterns.flatMap((one) => (typeof one === "string" && one !== "" ? beginnings(one) : []));
  // Some exchanges take a number with the country's code and its trunk prefix, as in +44 (0) 90.
  const trunks = countries.map((one): unknown => metadata.countries[one]?.[TRUNK]);
  const before = new Set(["", ...trunks.filter((one) => typeof one === "string")]);
  return shortest(national).flatMap(({ digits, rest }) =>
    [...before].map((trunk) => ({ digits: code + trunk + digits, rest })),
  );
}

/** Beginnings that differ in their last digit only become one where they are nearly all that there are. */
function shortest(all: readonly Beginning[]): Beginning[] {
  const found = [...all];
  const longest = Math.max(0, ...all.map(({ digits }) => digits.length));
  for (let length = longest; length > 1; length--) found.push(...joined(found, length));
  const numbered = found.map((one, at) => ({ one, at }));
  const byDigits = Map.groupBy(numbered, ({ one }) => one.digits);
  const isCovered = ({ one, at }: { one: Beginning; at: number }): boolean =>
    prefixesOf(one.digits)
      .flatMap((digits) => byDigits.get(digits) ?? [])
      .some((other) => other.at !== at && covers(other.one, one, other.at < at));
  return numbered.filter((each) => !isCovered(each)).map(({ one }) => one);
}

function prefixesOf(digits: string): string[] {
  return Array.from({ length: digits.length + 1 }, (_, length) => digits.slice(0, length));
}

/** The families of this length that are nearly all there, each as one. */
function joined(all: readonly Beginning[], length: number): Beginning[] {
  const ofLength = all.filter(({ digits }) => digits.length === length);
  const families = Object.groupBy(ofLength, ({ digits, rest }) => `${digits.slice(0, -1)} ${rest}`);
  return Object.values(families).flatMap((family = []) => {
    const [one] = family;
    const members = new Set(family.map(({ digits }) => digits)).size;
    return one && members >= NEARLY_ALL ? [{ digits: one.digits.slice(0, -1), rest: one.rest + 1 }] : [];
  });
}

/** Whether every number that begins like the second, whose digits begin with the first's, begins like the first as well; of the same, the earlier is kept. */
function covers(first: Beginning, second: Beginning, isEarlier: boolean): boolean {
  if (first.digits === second.digits && first.rest === second.rest) return isEarlier;
  return first.digits.length + first.rest <= second.digits.length + second.rest;
}
