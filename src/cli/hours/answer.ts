/** Whether hours are open at a time, and the line of a file that decides. */
import { styleText } from "node:util";
import { type DayRule, type DayRules, ruleOn } from "../../flow/analysis/day-rules.ts";
import { DAY_MINUTES, isHoliday, isOpen, rangesOn } from "../../program/hours.ts";
import { dayFrom, type LocalTime, localTime, type Zone } from "../../program/local-time.ts";
import { nextOpen } from "../../program/next-open.ts";
import type { Hours } from "../../program/program.ts";
import { Problem } from "../problem.ts";
import { momentOf } from "./clocks.ts";
import { weekdayOf } from "./days.ts";
import { describeRule } from "./text.ts";

/** Hours with the entries that they are made of. */
export interface NamedHours {
  name: string;
  setting: Hours;
  rules: DayRules;
}

/** Whether hours are open at a time. */
interface HoursAnswer {
  name: string;
  timezone: string;
  /** On the hours' own clock: `2026-12-24T15:00`. */
  at: string;
  weekday: string;
  open: boolean;
  holiday: boolean;
  /** The entry that decides; missing on a weekday that no entry opens. */
  decidedBy?: DayRule;
  /** Open since the night before, which is what decides. */
  sinceDayBefore: boolean;
  /** When they open next, as `at`; the time itself if they are open, empty if they do not open within a year. */
  nextOpen: string;
}

/**
 * Asks hours about a time.
 * @param at `2026-12-24 15:00` on the hours' own clock, or with an offset: `2026-12-24T15:00Z`
 * @throws Problem if that is not a time
 */
export function answerAt({ name, setting, rules }: NamedHours, at: string): HoursAnswer {
  const moment = momentIn(setting, at);
  const local = localTime(setting, moment);
  const before = dayFrom(local, -1);
  const open = isOpen(setting, moment);
  const sinceDayBefore = open && !covers(setting, local, minutesOf(local));
  const decidedBy = ruleOn(rules, setting, sinceDayBefore ? before : local);
  return {
    name,
    timezone: setting.timezone,
    at: `${local.date}T${local.time}`,
    weekday: weekdayOf(local),
    open,
    holiday: isHoliday(setting, moment),
    ...(decidedBy && { decidedBy }),
    sinceDayBefore,
    nextOpen: nextOpen(setting, moment),
  };
}

/** An answer as sentences. */
export function textOfAnswer(answer: HoursAnswer, out: NodeJS.WritableStream): string {
  const { name, timezone, at, weekday, open, decidedBy, sinceDayBefore } = answer;
  const state = styleText(open ? "green" : "yellow", open ? "open" : "closed", { stream: out });
  const head = `${name} is ${state} on ${weekday} ${spaced(at)} (${timezone}).`;
  const day = sinceDayBefore ? "The entry of the day before decides" : "This entry decides";
  const why = decidedBy ? `${day}: ${describeRule(decidedBy)}` : `No entry of \`open\` has this weekday.`;
  return [head, `  ${why}`, ...(open ? [] : [`  ${nextText(answer)}`])].join("\n");
}

function nextText({ nextOpen: next }: HoursAnswer): string {
  return next === "" ? "It does not open within a year." : `It opens next on ${spaced(next)}.`;
}

function spaced(time: string): string {
  return time.replace("T", " ");
}

function covers(hours: Hours, day: LocalTime, minutes: number): boolean {
  return rangesOn(hours, day).some(({ from, to }) => from <= minutes && minutes < Math.min(to, DAY_MINUTES));
}

function minutesOf({ hour, minute }: LocalTime): number {
  return hour * 60 + minute;
}

const FORM = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?$/;

function momentIn(zone: Zone, text: string): number {
  const [, date = "", time = "", , offset] = FORM.exec(text.trim()) ?? [];
  const wall = Date.parse(`${date}T${time}Z`);
  // A date such as 2026-02-30 would become one of March.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date)
    throw new Problem(`"${text}" is not a time. Write one such as 2026-12-24 15:00.`);
  if (offset !== undefined) return Date.parse(`${date}T${time}${offset}`);
  const moment = momentOf(zone, wall);
  if (moment === undefined)
    throw new Problem(
      `The clocks in ${zone.timezone} skip ${date} ${time}: they go forward. Write another time.`,
    );
  return moment;
}
