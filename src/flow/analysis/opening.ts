/** Hours as authors write them → hours as a Program has them. */
import type { Hours, Range } from "../../program/program.ts";
import { daysOf } from "../language/days.ts";
import type { CalendarSetting } from "../model/settings.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The weekdays of a key such as `mon-fri`, `sat` or `daily`, Sunday 0; a span can include the weekend. */
export function weekdays(key: string): number[] {
  if (key === "daily") return [0, 1, 2, 3, 4, 5, 6];
  return key.split(",").flatMap((span) => {
    const [from = 0, to = from] = span
      .trim()
      .split("-")
      .map((day) => DAYS.indexOf(day));
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
  });
}

/** Minutes from midnight to a time such as `9:30`. */
export function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.trim().split(":").map(Number);
  return hours * 60 + rest;
}

/** A span such as `22:00-06:00` in minutes; one that ends before it begins crosses midnight. */
export function rangeOf(text: string): Range {
  const [from = 0, to = 0] = text.split("-").map(minutes);
  return { from, to: to <= from ? to + 24 * 60 : to };
}

/** The spans of a day; `closed` has none. */
function rangesOf(text: string | string[]): Range[] {
  const all = Array.isArray(text) ? text : [text];
  return all.filter((one) => one !== CLOSED).map(rangeOf);
}

const CLOSED = "closed";

/**
 * The hours of several settings, in which a later one has the last word: calendars, then the hours that name them.
 * @param timezone the zone if none of them has one
 */
export function hoursOf(settings: readonly CalendarSetting[], timezone = "UTC"): Hours {
  const hours: Hours = { timezone, open: DAYS.map(() => []), closed: [], special: {} };
  for (const setting of settings) add(hours, setting);
  return hours;
}

function add(hours: Hours, { timezone, open, closed = [], special = {} }: CalendarSetting): void {
  hours.timezone = timezone ?? hours.timezone;
  if (open) hours.open = openOn(open);
  const days = closed.flatMap(daysOf);
  for (const day of days) delete hours.special[day];
  for (const [text, spans] of Object.entries(special)) {
    for (const day of daysOf(text)) {
      hours.special[day] = rangesOf(spans);
      // Such a day is a holiday, as if it were among the closed ones.
      if (spans === CLOSED) days.push(day);
    }
  }
  hours.closed = [...new Set([...hours.closed, ...days])];
}

function openOn(open: NonNullable<CalendarSetting["open"]>): Range[][] {
  const week: Range[][] = DAYS.map(() => []);
  for (const [key, text] of Object.entries(open)) {
    for (const day of weekdays(key)) week[day]?.push(...rangesOf(text));
  }
  return week;
}
