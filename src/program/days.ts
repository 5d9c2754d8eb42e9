/**
 * Days as a Program writes them: `2026-11-26`; `12-25` for every year; spans of either, `2026-12-24..2027-01-02`; and days
 * that recur by weekday, `11/4/4` for the fourth Thursday of November, `5/1/-1+1` for the day after the last Monday of May.
 */
import { type LocalTime, midnightOf, timeOn } from "./local-time.ts";

/** Whether a day is one that is written so. */
export function isDay(
  written: string,
  { year, month, day, date }: Pick<LocalTime, "year" | "month" | "day" | "date">,
) {
  const [from = "", to = from] = written.split("..");
  // A yearly span can cross the end of a year.
  const at = date.slice(-from.length);
  if (!from.includes("/")) return from <= to ? from <= at && at <= to : from <= at || at <= to;
  const [, inMonth, weekday, nth, offset = 0] = /^(\d+)\/(\d)\/(-?\d)([+-]\d+)?$/.exec(from) ?? [];
  const inDays = (days: number): LocalTime => timeOn(midnightOf(year, month, day - Number(offset) + days));
  const then = inDays(0);
  const isNth = nth === "-1" ? inDays(7).month !== then.month : Math.ceil(then.day / 7) === Number(nth);
  return then.month === Number(inMonth) && then.weekday === Number(weekday) && isNth;
}
