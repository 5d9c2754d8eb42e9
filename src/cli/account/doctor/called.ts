/** The numbers and countries that flows call. */
import { groupsOf, isDestination } from "../../../flow/compile/destination.ts";
import type { Mark } from "../../../flow/language/mark.ts";
import type { Flow } from "../../../flow/model/flow.ts";
import { spelledIn } from "../../../flow/numbers/allow.ts";
import { CALLING_CODES, countriesOf, isCountry } from "../../../flow/numbers/countries.ts";
import { wholeNumber } from "../../../flow/numbers/parsed.ts";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { Leg } from "../../../flow/twiml/leg.ts";
import { shownAddress } from "../../play/destination-addresses.ts";

/** A country that flows call, with the numbers in it that are known before a call. */
export interface CalledCountry {
  flows: Set<string>;
  numbers: Set<string>;
}

/**
 * What flows call, by country: their dials' destinations, and what their `allow` lets through.
 * @param variables environment variables, for destinations that name one
 */
export function calledCountries(
  flows: readonly BuiltFlow[],
  variables: Readonly<Record<string, string>>,
): Map<string, CalledCountry> {
  const called = new Map<string, CalledCountry>();
  const add = (country: string, flow: string, number?: string): void => {
    const one = called.get(country) ?? { flows: new Set<string>(), numbers: new Set<string>() };
    called.set(country, one);
    one.flows.add(flow);
    if (number !== undefined) one.numbers.add(number);
  };
  for (const { flow } of flows) {
    for (const number of dialledNumbers(flow, variables)) {
      const country = countryOf(number);
      if (country !== undefined) add(country, flow.name, number);
    }
    for (const country of allowedCountries(flow)) add(country, flow.name);
  }
  return called;
}

function dialledNumbers({ steps, settings }: Flow, env: Readonly<Record<string, string>>): string[] {
  const named = settings.destinations ?? {};
  const dialled = steps
    .flatMap(({ marks }) => marks.filter(isDial).map(({ value }) => value))
    .filter(isDestination);
  // A computed one can be the name of any destination.
  const all = dialled.flat().some(isComputed) ? Object.keys(named) : [];
  const [legs = []] = groupsOf(named, [...dialled.flat(), ...all], false);
  return legs.flatMap((leg) => shownAddress(leg, env) ?? []);
}

const isComputed = (leg: Leg): boolean => typeof leg === "string" && leg.includes("{{");
const isDial = ({ mark }: Mark): boolean => mark === "destination";

/** The countries that the flow lets calls be placed to, and those of computed destinations. Texts have an `allow` too. */
function allowedCountries({ marks, steps }: Flow): string[] {
  const dials = steps.filter((step) => step.marks.some(isDial));
  return [...marks, ...dials.flatMap((step) => step.marks)].flatMap(({ mark, value }) =>
    mark === "allow" && Array.isArray(value) ? value.flatMap(allowedCountry) : [],
  );
}

/** The country of an `allow` pattern: its code, or the largest with its calling code. */
function allowedCountry(pattern: unknown): string[] {
  if (typeof pattern !== "string") return [];
  if (isCountry(pattern)) return [pattern];
  const digits = pattern.startsWith("+") ? spelledIn(pattern) : "";
  const code = CALLING_CODES.find((one) => digits.startsWith(one));
  return code === undefined ? [] : countriesOf(code).slice(0, 1);
}

/** The country of a number; undefined if it is not a number with a country. */
export function countryOf(number: string): string | undefined {
  return wholeNumber(number)?.country;
}
