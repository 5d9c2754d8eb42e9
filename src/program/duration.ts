/** How long something lasts, as flows write it: `90s`, `30m`, `12h`, `7d`. */

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration in seconds; undefined if the text is not one. */
export function secondsOf(text: string): number | undefined {
  const [, count, unit = ""] = /^([1-9]\d{0,3})([smhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (SECONDS[unit] ?? 0);
}
