/** Moments as people of some time zone write them. */

/** An offset from UTC at a moment, in minutes. */
function offsetAt(timezone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const number = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(
    number("year"),
    number("month") - 1,
    number("day"),
    number("hour"),
    number("minute"),
    number("second"),
  );
  return Math.round((local - Math.floor(moment / 1000) * 1000) / 60_000);
}

/** The moment that clocks of a time zone show as `2026-11-26T10:00`; NaN if that is not a time. */
export function momentOf(timezone: string, local: string): number {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return asUtc;
  // Twice, because the first guess may have the offset from the other side of a clock change.
  const guess = asUtc - offsetAt(timezone, asUtc) * 60_000;
  return asUtc - offsetAt(timezone, guess) * 60_000;
}

/** A moment on the clocks of a time zone: `2026-11-26T10:00:00`. */
export function localOf(timezone: string, moment: number): string {
  const shifted = new Date(moment + offsetAt(timezone, moment) * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/** A moment as scenarios write it: `2026-11-26T10:00:00-05:00`. */
export function isoIn(timezone: string, moment: number): string {
  const offset = offsetAt(timezone, moment);
  const minutes = Math.abs(offset);
  const pad = (value: number): string => `${value}`.padStart(2, "0");
  const sign = offset < 0 ? "-" : "+";
  return `${localOf(timezone, moment)}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Seconds as a phone shows them: `1:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${`${whole % 60}`.padStart(2, "0")}`;
}

/** A time in the largest unit that holds it, as scenarios write it: `30m`. Less than a minute more counts as a minute. */
export function inUnits(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))}s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

const UNITS = [
  { seconds: 86_400, name: "d" },
  { seconds: 3600, name: "h" },
  { seconds: 60, name: "min" },
] as const;

/** How long ago a moment was: `5 min ago`. */
export function agoText(moment: number, now: number): string {
  const seconds = (now - moment) / 1000;
  const unit = UNITS.find((one) => seconds >= one.seconds);
  return unit ? `${Math.floor(seconds / unit.seconds)} ${unit.name} ago` : "just now";
}
