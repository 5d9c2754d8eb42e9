/**
 * CEL's operators and functions, and this language's own. An operation has several overloads: the first that takes
 * the operands runs. The checker's signatures are in `flow/analysis/environment.ts`; a test holds the two together.
 */

import { CONVERSIONS } from "./conversions.ts";
import { DATES } from "./dates.ts";
import { type Clock, fail } from "./expression.ts";
import { isHoliday, isOpen } from "./hours.ts";
import { nextOpen } from "./next-open.ts";
import { OPERATORS } from "./operators.ts";
import { int, map, type Overload, string, timed } from "./overload.ts";
import type { Hours } from "./program.ts";
import { SPOKEN } from "./spoken.ts";
import { TEXTS } from "./texts.ts";

function hoursNamed(name: string, { hours }: Clock): Hours {
  return hours[name] ?? fail("no_such_hours");
}

/** The functions that read the call: its moment, hours, recordings and random numbers. */
const CALLS: Readonly<Record<string, readonly Overload[]>> = {
  isOpen: [timed([string], (clock, name) => isOpen(hoursNamed(name, clock), clock.now))],
  holiday: [timed([string], (clock, name) => isHoliday(hoursNamed(name, clock), clock.now))],
  nextOpen: [timed([string], (clock, name) => nextOpen(hoursNamed(name, clock), clock.now))],
  random: [timed([int], (clock, most) => BigInt(clock.random(Number(most))))],
  link: [timed([map, string], (clock, { url }, lasts) => (url ? clock.link?.(String(url), lasts) : ""))],
};

/** Every operation that evaluates all of its operands, by its name in an `Expr`. */
export const FUNCTIONS: Readonly<Record<string, readonly Overload[]>> = {
  ...OPERATORS,
  ...CONVERSIONS,
  ...TEXTS,
  ...CALLS,
  ...DATES,
  ...SPOKEN,
};
