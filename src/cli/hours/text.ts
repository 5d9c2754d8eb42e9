/** Hours for a terminal. Colours show nothing that the text does not. */
import { styleText } from "node:util";
import type { DayRule } from "../../flow/analysis/day-rules.ts";
import type { ClockChange } from "./clocks.ts";
import { type HoursDay, type Slot, timeText } from "./days.ts";

type Style = Parameters<typeof styleText>[0];

/** Styles a text, unless the stream shows no colours. */
type Paint = (style: Style, text: string) => string;

/** Hours, and the days to show. */
interface ShownHours {
  name: string;
  timezone: string;
  days: readonly HoursDay[];
  /** The present date and time on their clock. */
  today: { date: string; time: string };
}

const MARGIN = " ".repeat("Thu 2026-11-26  ".length);
const MARKS: Record<Slot, string> = { open: "█", partly: "▄", closed: "·", skipped: " " };
const STYLES: Record<Slot, Style> = { open: "green", partly: "yellow", closed: "dim", skipped: "dim" };
const SCALE = [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => String(hour).padEnd(6)).join("");

/** Days as a strip each: a mark for each half hour, when they are open, and why a day is not as its weekday is. */
export function stripsOf({ name, timezone, days, today }: ShownHours, out: NodeJS.WritableStream): string[] {
  const paint: Paint = (style, text) => styleText(style, text, { stream: out });
  return [
    `${paint("bold", name)} (${timezone})`,
    "",
    paint("dim", `${MARGIN}${SCALE.trimEnd()}`),
    ...days.flatMap((day) => strip(day, today, paint)),
    "",
    paint(
      "dim",
      `${MARKS.open} open  ${MARKS.partly} open for a part of the half hour  ${MARKS.closed} closed`,
    ),
  ];
}

function strip(day: HoursDay, today: ShownHours["today"], paint: Paint): string[] {
  const isToday = day.date === today.date;
  const head = `${day.weekday} ${day.date}`;
  const marks = day.slots.map((slot) => paint(STYLES[slot], MARKS[slot])).join("");
  const open = day.open.length > 0 ? day.open.join(", ") : "closed";
  const why = day.rule && day.rule.kind !== "open" ? [paint("yellow", entryText(day.rule))] : [];
  const clocks = day.clocks ? [paint("cyan", describeClocks(day.clocks))] : [];
  const line = [isToday ? paint("bold", head) : head, marks, open, ...why, ...clocks].join("  ");
  return isToday ? [line, paint("bold", `${MARGIN}${placeOf(today.time)}`)] : [line];
}

/** A caret below the present half hour. */
function placeOf(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return `${" ".repeat(hours * 2 + (minutes >= 30 ? 1 : 0))}^ now, ${time}`;
}

/** An entry with its kind, name and place: `closed 4th thu nov (Thanksgiving), flows/desk.yaml:12`. */
export function describeRule(rule: DayRule): string {
  return `${rule.kind} ${entryText(rule)}`;
}

function entryText({ text, name, file, line }: DayRule): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return `${text}${name === undefined ? "" : ` (${name})`}, ${place}`;
}

function describeClocks({ from, to }: ClockChange): string {
  return `clocks go ${from < to ? "forward" : "back"} from ${timeText(from)} to ${timeText(to)}`;
}
