/** Wall clocks of a zone: the moments of a time, and the days on which they change. */
import {
  dayFrom,
  type LocalTime,
  localTime,
  midnightOf,
  offsetAt,
  type Zone,
} from "../../program/local-time.ts";

const MINUTE = 60_000;

/** A change of the clocks, in minutes of its day: from 120 to 180 if they go forward at 2. */
export interface ClockChange {
  from: number;
  to: number;
}

/**
 * The moment at which a wall clock shows a time, the first of two; undefined if the clocks skip it.
 * @param wall the time, as if it were in UTC
 */
export function momentOf(zone: Zone, wall: number): number | undefined {
  const offsets = [-1, 1].map((days) => offsetAt(zone, wall + days * 1440 * MINUTE));
  const moments = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
  return moments.find((moment) => moment + offsetAt(zone, moment) === wall);
}

/** The change of the clocks on a day, if any. */
export function clockChangeOn(zone: Zone, day: LocalTime): ClockChange | undefined {
  let before = noonOf(zone, dayFrom(day, -1));
  let after = noonOf(zone, dayFrom(day, 1));
  const offset = offsetAt(zone, before);
  if (offset === offsetAt(zone, after)) return undefined;
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (offsetAt(zone, middle) === offset) before = middle;
    else after = middle;
  }
  const { hour, minute, ...date } = localTime(zone, after);
  const gained = (offsetAt(zone, after) - offset) / MINUTE;
  const to = midnightOf(date.year, date.month, date.day) / MINUTE + hour * 60 + minute;
  // At midnight, clocks that go forward skip time of the new day, and those that go back repeat time of the old one.
  const midnight = midnightOf(day.year, day.month, day.day) / MINUTE;
  const first = Math.min(to - gained, to) - midnight;
  return first >= 0 && first < 1440 ? { from: to - gained - midnight, to: to - midnight } : undefined;
}

/** Clocks do not change at noon. */
function noonOf(zone: Zone, { year, month, day }: LocalTime): number {
  const wall = midnightOf(year, month, day) + 720 * MINUTE;
  return momentOf(zone, wall) ?? wall;
}
