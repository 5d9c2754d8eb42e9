/** Which entry of which file decides on a day of hours: calendars and hours are read again, with their places. */
import { closedDayOf, specialDayOf } from "../../program/hours.ts";
import type { LocalTime } from "../../program/local-time.ts";
import type { Hours } from "../../program/program.ts";
import { daysOf } from "../language/days.ts";
import { position } from "../language/diagnostic.ts";
import type { Node, SourceFile, Span } from "../language/node.ts";
import { below, entriesOf } from "./calendars.ts";
import { weekdays } from "./opening.ts";

/** A calendar, or the hours themselves: a part of a YAML file, or the dates of an `.ics` file. */
export type Layer = (SourceFile & { node: Node }) | { path: string; dates: readonly string[] };

/** An entry of hours. */
export interface DayRule {
  kind: "special" | "closed" | "open";
  /** As it is written: `12-24: 08:00-12:00`. */
  text: string;
  file: string;
  /** From 1; an `.ics` file has none. */
  line?: number;
  /** The comment after it, such as the holiday's name. */
  name?: string;
}

/** The entries of hours, by the days that they are about; a later layer has the last word, as in `hoursOf`. */
export interface DayRules {
  /** By weekday, Sunday first. */
  open: readonly (DayRule | undefined)[];
  closed: ReadonlyMap<string, DayRule>;
  special: ReadonlyMap<string, DayRule>;
}

/** The entries of the layers of hours: calendars, then the hours that name them. */
export function dayRulesOf(layers: readonly Layer[]): DayRules {
  const rules = {
    open: new Array<DayRule | undefined>(7).fill(undefined),
    closed: new Map<string, DayRule>(),
    special: new Map<string, DayRule>(),
  };
  for (const layer of layers) {
    if ("dates" in layer) {
      const rule: DayRule = { kind: "closed", text: "an event of the calendar", file: layer.path };
      for (const day of layer.dates) rules.closed.set(day, rule);
      continue;
    }
    const open = below(layer.node, "open");
    if (open) rules.open.fill(undefined);
    for (const { key, value } of entriesOf(open)) {
      const rule = ruleAt(layer, "open", { start: key.span.start, end: value.span.end });
      for (const day of weekdays(key.text)) rules.open[day] = rule;
    }
    const closed = below(layer.node, "closed");
    for (const item of closed?.type === "list" ? closed.items : []) {
      const rule = ruleAt(layer, "closed", item.span);
      for (const day of item.type === "scalar" ? daysOf(item.text) : []) rules.closed.set(day, rule);
    }
    for (const { key, value } of entriesOf(below(layer.node, "special"))) {
      const rule = ruleAt(layer, "special", { start: key.span.start, end: value.span.end });
      for (const day of daysOf(key.text)) rules.special.set(day, rule);
    }
  }
  return rules;
}

/** The entry that decides on a day; undefined on a weekday that no entry opens. */
export function ruleOn(rules: DayRules, hours: Hours, day: LocalTime): DayRule | undefined {
  const special = specialDayOf(hours, day);
  if (special !== undefined) return rules.special.get(special);
  const closed = closedDayOf(hours, day);
  return closed === undefined ? rules.open[day.weekday] : rules.closed.get(closed);
}

function ruleAt(file: SourceFile, kind: DayRule["kind"], { start, end }: Span): DayRule {
  const { text, path } = file;
  const [, name] = /^[^\S\n]+#+[^\S\n]*(.*\S)/.exec(text.slice(end)) ?? [];
  const written = text.slice(start, end).replace(/\s+/g, " ");
  const { line } = position(text, start);
  return { kind, text: written, file: path, line, ...(name !== undefined && { name }) };
}
