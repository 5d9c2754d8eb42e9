/**
 * Dates and times in expressions. They are plain texts in ISO form, so that they can be compared with `<`, saved and sent:
 * `2026-11-26`, `2026-11-26T15:30`. A text without an offset is the wall clock of the flow's own zone; one with an offset
 * (`…Z`, `…-05:00`) is converted to it.
 */
import { type Clock, fail, toCel } from "./expression.ts";
import { dayFrom, type LocalTime, localTime, timeOn, type Zone } from "./local-time.ts";
import { int, type Overload, string, timed } from "./overload.ts";

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
/** More than the years from 0 to 9999 have. */
const MOST_DAYS = 4_000_000n;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A text as a time on the wall clock of the flow's zone; undefined if it is not a date. */
export function readDate(text: string, zone: Zone): LocalTime | undefined {
  const [, date = text, hour = "0", minute = "0", offset] = DATE_TIME.exec(text) ?? [];
  const midnight = DATE.test(date) ? Date.parse(date) : Number.NaN;
  // Of the 30th of February, JavaScript makes a day in March.
  if (Number.isNaN(midnight) || timeOn(midnight).date !== date) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  if (offset === undefined) return timeOn(midnight, Number(hour), Number(minute));
  const moment = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(moment) ? undefined : localTime(zone, moment);
}

/** A text as a time on the wall clock of the flow's zone; fails if it is not a date. */
export function dateIn(text: string, clock: Clock): LocalTime {
  return readDate(text, clock) ?? fail("invalid_date");
}

/** A time of day without a date. */
const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a time of day without a date, such as `15:30`. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** The same time some days later, written as the text is. */
function addDays(text: string, days: bigint, clock: Clock): string {
  const time = dateIn(text, clock);
  // A year beyond 9999 has no ISO form of four digits, and JavaScript no date far beyond it.
  const { date } = dayFrom(
    time,
    days < MOST_DAYS && days > -MOST_DAYS ? Number(days) : fail("numeric_overflow"),
  );
  if (!DATE.test(date)) return fail("numeric_overflow");
  return DATE.test(text) ? date : `${date}T${time.time}`;
}

function daysBetween(from: string, to: string, clock: Clock): bigint {
  const [first, last] = [from, to].map((text) => Date.parse(dateIn(text, clock).date));
  return BigInt(((last ?? 0) - (first ?? 0)) / DAY_MS);
}

/** The time in a zone; in the flow's own if there is no such zone. */
function nowIn(timezone: string, clock: Clock): LocalTime {
  try {
    return localTime(timezone === clock.timezone ? clock : { timezone }, clock.now);
  } catch {
    return localTime(clock, clock.now);
  }
}

/** The operations on dates, by their names in an `Expr`. */
export const DATES: Readonly<Record<string, readonly Overload[]>> = {
  now: [
    timed([], (clock) => toCel(localTime(clock, clock.now))),
    timed([string], (clock, zone) => toCel(nowIn(zone, clock))),
  ],
  today: [timed([], (clock) => localTime(clock, clock.now).date)],
  date: [timed([string], (clock, text) => toCel(dateIn(text, clock)))],
  isDate: [timed([string], (clock, text) => readDate(text, clock) !== undefined)],
  addDays: [timed([string, int], (clock, text, days) => addDays(text, days, clock))],
  daysBetween: [timed([string, string], (clock, from, to) => daysBetween(from, to, clock))],
};
