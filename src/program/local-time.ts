/** The wall clock of a zone: from the offsets that its Program brings, else from the platform's `Intl`. */

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

/** A time zone. */
export interface Zone {
  /** IANA name, such as `America/New_York`. */
  timezone: string;
  /**
   * The minute of a change, in minutes since 1970, and how many minutes the clocks are ahead of UTC from then on, in turn.
   * The last is the minute at which the list ends.
   */
  offsets?: readonly number[] | undefined;
}

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

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The wall clock in a zone; throws RangeError for an unknown zone.
 * @param now milliseconds since 1970
 */
export function localTime(zone: Zone, now: number): LocalTime {
  const minutes = Math.floor(now / MINUTE);
  const offset = knownOffset(zone, minutes);
  if (offset === undefined) return platformTime(zone.timezone, now);
  const day = Math.floor((minutes + offset) / DAY_MINUTES);
  const minute = minutes + offset - day * DAY_MINUTES;
  return timeOn(day * DAY_MINUTES * MINUTE, Math.floor(minute / 60), minute % 60);
}

function knownOffset({ timezone, offsets = [] }: Zone, minutes: number): number | undefined {
  if (timezone === "UTC") return 0;
  // The minute at which the list ends has no offset.
  for (let at = offsets.length - 1; at >= 0; at -= 2) {
    if (minutes >= (offsets[at] ?? 0)) return offsets[at + 1];
  }
  return undefined;
}

/** At the first `Intl.DateTimeFormat` of a process, V8 lists all locales: some 20 ms. */
function platformTime(zone: string, now: number): LocalTime {
  const fields: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(now)) fields[part.type] = Number(part.value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = fields;
  return timeOn(midnightOf(year, month, day), hour, minute);
}

/**
 * A time of a day.
 * @param midnight the day's midnight, as if it were in UTC
 */
export function timeOn(midnight: number, hour = 0, minute = 0): LocalTime {
  const days = Math.floor(midnight / (DAY_MINUTES * MINUTE));
  const [year, month, day] = civilFrom(days);
  const two = (part: number): string => String(part).padStart(2, "0");
  return {
    year,
    month,
    day,
    hour,
    minute,
    weekday: (((days + THURSDAY) % 7) + 7) % 7,
    date: `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`,
    time: `${two(hour)}:${two(minute)}`,
  };
}

/** The weekday of the first day of 1970. */
const THURSDAY = 4;
/** The calendar repeats after 400 years. */
const ERA_YEARS = 400;
const ERA_DAYS = 146_097;
/** Days from the first of March of the year 0 to 1970: in years that begin in March, a leap day is the last. */
const TO_1970 = 719_468;

/**
 * The year, month and day of a day since 1970, by arithmetic (Hinnant, "chrono-compatible low-level date algorithms"): the first
 * `Date` of a process loads the time zone of its machine, which costs each cold start a third of a millisecond.
 */
function civilFrom(days: number): [year: number, month: number, day: number] {
  const whole = Math.floor;
  const era = whole((days + TO_1970) / ERA_DAYS);
  const ofEra = days + TO_1970 - era * ERA_DAYS;
  const year = whole((ofEra - whole(ofEra / 1460) + whole(ofEra / 36_524) - whole(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + whole(year / 4) - whole(year / 100));
  const fromMarch = whole((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = ofYear - whole((153 * fromMarch + 2) / 5) + 1;
  return [year + era * ERA_YEARS + (month < 3 ? 1 : 0), month, day];
}

/** A day's midnight, as if it were in UTC. `Date.UTC` takes the years from 0 to 99 for those of the last century. */
export function midnightOf(year: number, month: number, day: number): number {
  return Date.UTC(year + ERA_YEARS, month - 1, day) - ERA_DAYS * DAY_MINUTES * MINUTE;
}

/** The day before or after, by so many days. */
export function dayFrom({ year, month, day }: LocalTime, days: number): LocalTime {
  return timeOn(midnightOf(year, month, day + days));
}

/** How far a zone's wall clock is ahead of UTC, in milliseconds. */
export function offsetAt(zone: Zone, moment: number): number {
  const { year, month, day, hour, minute } = localTime(zone, moment);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(moment / MINUTE) * MINUTE;
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
