/**
 * Opening hours. Everything is computed on the wall clock of the hours' own zone, so that daylight-saving
 * time needs no special rule.
 */
import { isDay } from "./days.ts";
import { dayFrom, type LocalTime, localTime } from "./local-time.ts";
import type { Hours, Range } from "./program.ts";

/** Minutes in a day. */
export const DAY_MINUTES = 24 * 60;

/** Whether these hours are open at a time, in milliseconds since 1970. */
export function isOpen(hours: Hours, now: number): boolean {
  const local = localTime(hours, now);
  const minutes = local.hour * 60 + local.minute;
  return (
    within(rangesOn(hours, local), minutes) ||
    within(rangesOn(hours, dayFrom(local, -1)), minutes + DAY_MINUTES)
  );
}

/** Whether a time falls on one of the hours' closed dates, and special hours do not open that day. */
export function isHoliday(hours: Hours, now: number): boolean {
  const local = localTime(hours, now);
  return !specialOn(hours, local)?.length && closedDayOf(hours, local) !== undefined;
}

/** The ranges that begin on a day. */
export function rangesOn(hours: Hours, day: LocalTime): Range[] {
  return (
    specialOn(hours, day) ?? (closedDayOf(hours, day) === undefined ? (hours.open[day.weekday] ?? []) : [])
  );
}

function specialOn(hours: Hours, day: LocalTime): Range[] | undefined {
  const written = specialDayOf(hours, day);
  return written === undefined ? undefined : hours.special[written];
}

/** The special day, as it is written, that decides on a day: a date beats a yearly one, and both beat spans and weekdays. */
export function specialDayOf({ special }: Hours, day: LocalTime): string | undefined {
  const { date } = day;
  if (special[date]) return date;
  const yearly = date.slice(5);
  return special[yearly] ? yearly : Object.keys(special).find((written) => isDay(written, day));
}

/** The closed day, as it is written, that a day is. */
export function closedDayOf({ closed }: Hours, day: LocalTime): string | undefined {
  return closed.find((written) => isDay(written, day));
}

function within(ranges: Range[], minutes: number): boolean {
  return ranges.some((range) => minutes >= range.from && minutes < range.to);
}
