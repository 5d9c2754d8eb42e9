/** When hours open next. They open at the beginning of a range, or if a change of the clocks skips or repeats one. */
import { isOpen, rangesOn } from "./hours.ts";
import { dayFrom, localTime, offsetAt } from "./local-time.ts";
import type { Hours } from "./program.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** Days that are searched: hours that open once a year open within them. */
const MOST_DAYS = 370;

/**
 * The first minute from now on at which the hours are open, on their own wall clock: `2026-11-30T08:00`. The present minute
 * if they are open; empty if they do not open within a year.
 */
export function nextOpen(hours: Hours, now: number): string {
  const first = Math.floor(now / MINUTE) * MINUTE;
  if (isOpen(hours, first)) return written(hours, first);
  for (let day = 0, from = first; day < MOST_DAYS; day++, from += DAY) {
    const moment = openingsIn(hours, from).find((one) => one > from && isOpen(hours, one));
    if (moment !== undefined) return written(hours, moment);
  }
  return "";
}

function written(hours: Hours, moment: number): string {
  const { date, time } = localTime(hours, moment);
  return `${date}T${time}`;
}

/** The moments of the 24 hours after this one at which the hours can open, in order. */
function openingsIn(hours: Hours, from: number): number[] {
  const local = localTime(hours, from);
  const before = offsetAt(hours, from);
  const after = offsetAt(hours, from + DAY);
  const midnight = Date.UTC(local.year, local.month - 1, local.day);
  const begins = [0, 1, 2].flatMap((days) =>
    rangesOn(hours, dayFrom(local, days)).map((range) => midnight + days * DAY + range.from * MINUTE),
  );
  const moments = begins.flatMap((begin) => [begin - before, begin - after]);
  if (before !== after) moments.push(...quartersFrom(from));
  return moments.filter((moment) => moment <= from + DAY).sort((a, b) => a - b);
}

/** The quarters of an hour of the next 24 hours: clocks change at one of them. */
function quartersFrom(from: number): number[] {
  const first = Math.ceil(from / QUARTER) * QUARTER;
  return Array.from({ length: DAY / QUARTER }, (_, at) => first + at * QUARTER);
}
