/** The hours of the day in which the people of a list are called. */
import { localTime } from "../program/local-time.ts";

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const DAY = 1440;

/** The first minute of the hours, and the first one after them; undefined if the text is not such hours. */
function spanOf(text: string): { from: number; to: number } | undefined {
  const [all, hour, minute, toHour = 24, toMinute = 0] = HOURS.exec(text) ?? [];
  const span = { from: Number(hour) * 60 + Number(minute), to: Number(toHour) * 60 + Number(toMinute) };
  return all !== undefined && span.from < span.to ? span : undefined;
}

/** Whether a text is hours of one day, such as `09:00-20:00`. */
export const isHours = (text: string): boolean => spanOf(text) !== undefined;

/** Whether a text is the name of a time zone. */
export function isZone(text: string): boolean {
  try {
    localTime({ timezone: text }, 0);
    return text !== "";
  } catch {
    return false;
  }
}

/** Seconds until the hours begin in a zone; 0 within them. Looked at again then: a clock that is put back makes it too early. */
export function secondsUntil(hours: string, timezone: string, now: number): number {
  const { from, to } = spanOf(hours) ?? { from: 0, to: DAY };
  const { hour, minute } = localTime({ timezone }, now);
  const at = hour * 60 + minute;
  return at >= from && at < to ? 0 : ((from - at + DAY) % DAY) * 60 - (Math.floor(now / 1000) % 60);
}
