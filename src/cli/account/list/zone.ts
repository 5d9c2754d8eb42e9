/** The time at the person called: the zone of a number, and the hours of the day in which it is called. */
import { numberIn } from "../../../flow/numbers/parsed.ts";
import { localTime } from "../../../program/local-time.ts";
import { Problem } from "../../problem.ts";

/** The hours of the day in which people are called. */
export interface Window {
  /** As it is written: `09:00-20:00`. */
  text: string;
  /** Minutes since midnight: the first one, and the first one after it. */
  from: number;
  to: number;
}

const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";

/**
 * Reads the hours.
 * @throws Problem if they are not a time span within one day
 */
export function readWindow(text: string): Window {
  const found = new RegExp(`^${TIME}-(?:${TIME}|24:00)$`).exec(text);
  const [, fromHour, fromMinute, toHour = 24, toMinute = 0] = found ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (!found || from >= to)
    throw new Problem(`--between is not hours of one day such as 09:00-20:00: "${text}".`);
  return { text, from, to };
}

/** Whether the clocks of a zone show a time within the hours. */
export function isOpen({ from, to }: Window, zone: string, at: number): boolean {
  const minute = minuteIn(zone, at);
  return minute >= from && minute < to;
}

/**
 * The time zone of a number's country; undefined if the country has several times. The area code does not help: people
 * keep their numbers when they move.
 */
export function zoneOf(number: string): string | undefined {
  const country = numberIn(number)?.country;
  if (country === undefined) return undefined;
  const known = zones.get(country) ?? { zone: zoneOfCountry(country) };
  zones.set(country, known);
  return known.zone;
}

const zones = new Map<string, { zone: string | undefined }>();

interface Zones {
  timeZones?: string[];
  getTimeZones?(): string[];
}

function zoneOfCountry(country: string): string | undefined {
  // Node 22 has the property alone, later ones the method.
  const locale: Intl.Locale & Zones = new Intl.Locale(`und-${country}`);
  const [first, ...others] = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  if (first === undefined) return undefined;
  return others.every((other) => isSameTime(first, other)) ? first : undefined;
}

/** Whether two zones have the same time all through the year. */
function isSameTime(one: string, other: string): boolean {
  const year = new Date().getUTCFullYear();
  const days = Array.from({ length: 53 }, (_, week) => Date.UTC(year, 0, 1 + 7 * week));
  return days.every((day) => minuteIn(one, day) === minuteIn(other, day));
}

function minuteIn(zone: string, at: number): number {
  const { hour, minute } = localTime({ timezone: zone }, at);
  return hour * 60 + minute;
}
