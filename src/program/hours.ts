/**
 * Opening hours. Everything is computed on the wall clock of the hours' own zone, so that daylight-saving
 * time needs no special rule.
 */
import { isDay } from "./days.ts";
import { dayFrom, type LocalTime, localTime } from "./local-time.ts";
import type { Hours, Range } from "./program.ts";

/** Minutes in a day. */
const DAY_MINUTES = 24 * 60;

/** Whether these hours are open at a time, in milliseconds since 1970. */
export function isOpen(hours: Hours, now: number): boolean {
  const local = localTime(hours.timezone, now);
  const minutes = local.hour * 60 + local.minute;
  return (
    within(rangesOn(hours, local), minutes) ||
    within(rangesOn(hours, dayFrom(local, -1)), minutes + DAY_MINUTES)
  );
}

/** Whether a time falls on one of the hours' closed dates, and special hours do not open that day. */
export function isHoliday(hours: Hours, now: number): boolean {
  const local = localTime(hours.timezone, now);
  return !specialOn(hours, local)?.length && isClosedOn(hours, local);
}

/** The ranges that begin on a day. */
export function rangesOn(hours: Hours, day: LocalTime): Range[] {
  return specialOn(hours, day) ?? (isClosedOn(hours, day) ? [] : (hours.open[day.weekday] ?? []));
}

/** A date beats a yearly one, and both beat spans and days that recur by weekday. */
function specialOn({ special }: Hours, day: LocalTime): Range[] | undefined {
  const { date } = day;
  const named = special[date] ?? special[date.slice(5)];
  return named ?? Object.entries(special).find(([written]) => isDay(written, day))?.[1];
}

function isClosedOn({ closed }: Hours, day: LocalTime): boolean {
  return closed.some((written) => isDay(written, day));
}

function within(ranges: Range[], minutes: number): boolean {
  return ranges.some((range) => minutes >= range.from && minutes < range.to);
}
