/** The days of hours: when they are open, which entry decides, and where the clocks change. */
import { type DayRule, type DayRules, ruleOn } from "../../flow/analysis/day-rules.ts";
import { DAY_MINUTES, rangesOn } from "../../program/hours.ts";
import { dayFrom, type LocalTime, localTime } from "../../program/local-time.ts";
import type { Hours, Range } from "../../program/program.ts";
import { type ClockChange, clockChangeOn } from "./clocks.ts";

/** Half an hour of a day; one that is skipped does not exist, because the clocks go forward. */
export type Slot = "open" | "partly" | "closed" | "skipped";

/** A day on the wall clock of the hours' zone. */
export interface HoursDay {
  date: string;
  weekday: string;
  /** When it is open, with what is left of the night before: `08:00-18:00`. */
  open: string[];
  /** The entry that decides; missing on a weekday that no entry opens. */
  rule?: DayRule;
  clocks?: ClockChange;
  slots: Slot[];
}

const SLOT = 30;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The name of a day's weekday: `Thu`. */
export function weekdayOf({ weekday }: LocalTime): string {
  return WEEKDAYS[weekday] ?? "";
}

/** So many days from a time on. */
export function daysFrom(hours: Hours, rules: DayRules, now: number, many: number): HoursDay[] {
  const today = localTime(hours, now);
  return Array.from({ length: many }, (_, index) => dayOf(hours, rules, dayFrom(today, index)));
}

function dayOf(hours: Hours, rules: DayRules, day: LocalTime): HoursDay {
  const ranges = wallRanges(hours, day);
  const clocks = clockChangeOn(hours, day);
  const rule = ruleOn(rules, hours, day);
  return {
    date: day.date,
    weekday: weekdayOf(day),
    open: ranges.map(({ from, to }) => `${timeText(from)}-${timeText(to)}`),
    ...(rule && { rule }),
    ...(clocks && { clocks }),
    slots: Array.from({ length: DAY_MINUTES / SLOT }, (_, at) => slotAt(ranges, clocks, at * SLOT)),
  };
}

/** When a day is open, in its minutes, in order; ranges that touch are one. */
function wallRanges(hours: Hours, day: LocalTime): Range[] {
  const before = rangesOn(hours, dayFrom(day, -1)).map(({ to }) => ({ from: 0, to: to - DAY_MINUTES }));
  const own = rangesOn(hours, day).map(({ from, to }) => ({ from, to: Math.min(to, DAY_MINUTES) }));
  const ranges = [...before, ...own].filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  const merged: Range[] = [];
  for (const { from, to } of ranges) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function slotAt(ranges: readonly Range[], clocks: ClockChange | undefined, from: number): Slot {
  const to = from + SLOT;
  if (clocks && clocks.from <= from && to <= clocks.to) return "skipped";
  const open = ranges.reduce(
    (sum, range) => sum + Math.max(0, Math.min(range.to, to) - Math.max(range.from, from)),
    0,
  );
  if (open === 0) return "closed";
  return open === SLOT ? "open" : "partly";
}

/** Minutes of a day as a time: `08:00`. */
export function timeText(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
