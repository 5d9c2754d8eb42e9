/** How long a reply is awaited. */
import { LONGEST, SHORTEST } from "../../../../flow/steps/ask/body.ts";
import type { Conversion } from "../../conversion.ts";
import { textIn, type Widget, wholeIn } from "../../definition.ts";

/** Studio's own default, and that of `ask`. */
const [STUDIO, ASK] = [3600, 4 * 3600];

/** The units of a duration, the longest first. */
const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
] as const;

/** A duration has four digits at most. */
const MOST = 10_000;

/** The `timeout`, such as `30m`; undefined for the default. */
export function timeoutOf(c: Conversion, widget: Widget): string | undefined {
  const given = wholeIn(widget, "timeout");
  const seconds = secondsOf(widget);
  const duration = durationOf(seconds);
  const source = textIn(widget, "timeout").trim();
  if (given !== seconds && source !== "")
    c.notes.changed.push({
      widget: widget.name,
      was: `a reply was awaited for ${given === undefined ? source : `${given} seconds`}`,
      is: `it is awaited for ${duration}`,
    });
  return seconds === ASK ? undefined : duration;
}

/** The seconds that a step waits: as long as the widget, between a minute and 30 days. */
export function secondsOf(widget: Widget): number {
  const given = wholeIn(widget, "timeout") ?? STUDIO;
  const seconds = Math.min(Math.max(given, SHORTEST), LONGEST);
  const size = [1, 60].find((one) => seconds / one < MOST) ?? 3600;
  return Math.round(seconds / size) * size;
}

/** Seconds as a duration, in the longest unit. */
export function durationOf(seconds: number): string {
  const [unit, size] = UNITS.find(([, one]) => seconds % one === 0) ?? ["s", 1];
  return `${seconds / size}${unit}`;
}
