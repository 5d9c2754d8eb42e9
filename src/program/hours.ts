/**
 * Opening hours and local time. Everything is computed on the wall clock of the hours' own zone, so that daylight-saving
 * time needs no special rule.
 */
import type { Hours, Range } from "./program.ts";

/** A time on a zone's wall clock. `weekday` counts from Sunday, 0; `date` is `2026-11-26`, `time` is `15:30`. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: number;
  date: string;
  time: string;
}

const DAY_MINUTES = 24 * 60;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The wall clock in a zone.
 * @param zone an IANA name; throws RangeError for an unknown zone
 * @param now milliseconds since 1970
 */
export function localTime(zone: string, now: number): LocalTime {
  const fields: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(now)) fields[part.type] = Number(part.value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = fields;
  return timeOn(new Date(Date.UTC(year, month - 1, day)), hour, minute);
}

/**
 * A time of a day.
 * @param day the day's midnight, as if it were in UTC
 */
export function timeOn(day: Date, hour: number, minute: number): LocalTime {
  return {
    year: day.getUTCFullYear(),
    month: day.getUTCMonth() + 1,
    day: day.getUTCDate(),
    hour,
    minute,
    weekday: day.getUTCDay(),
    date: dateOf(day),
    time: [hour, minute].map((part) => String(part).padStart(2, "0")).join(":"),
  };
}

/** Whether these hours are open at a time, in milliseconds since 1970. */
export function isOpen(hours: Hours, now: number): boolean {
  const local = localTime(hours.timezone, now);
  const minutes = local.hour * 60 + local.minute;
  const yesterday = new Date(Date.UTC(local.year, local.month - 1, local.day - 1));
  return (
    within(rangesOn(hours, local.date, local.weekday), minutes) ||
    within(rangesOn(hours, dateOf(yesterday), yesterday.getUTCDay()), minutes + DAY_MINUTES)
  );
}

/** Whether a time falls on one of the hours' closed dates, and not on a special one. */
export function isHoliday(hours: Hours, now: number): boolean {
  const { date } = localTime(hours.timezone, now);
  return specialOn(hours, date) === undefined && isClosedOn(hours, date);
}

function rangesOn(hours: Hours, date: string, weekday: number): Range[] {
  const special = specialOn(hours, date);
  if (special) return special;
  return isClosedOn(hours, date) ? [] : (hours.open[weekday] ?? []);
}

function specialOn(hours: Hours, date: string): Range[] | undefined {
  return hours.special[date] ?? hours.special[date.slice(5)];
}

function isClosedOn(hours: Hours, date: string): boolean {
  return hours.closed.includes(date) || hours.closed.includes(date.slice(5));
}

function within(ranges: Range[], minutes: number): boolean {
  return ranges.some((range) => minutes >= range.from && minutes < range.to);
}

function dateOf(utc: Date): string {
  return utc.toISOString().slice(0, 10);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}
