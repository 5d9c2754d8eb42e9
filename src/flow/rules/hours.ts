/** Opening hours: their zones, days, spans and calendar files. */

import type { Hours } from "../../program/program.ts";
import { below, calendarsIn, entriesOf } from "../analysis/calendars.ts";
import { minutes, rangeOf, weekdays } from "../analysis/opening.ts";
import { DAY, dayProblem } from "../language/days.ts";
import type { MapNode, Node, Pair } from "../language/node.ts";
import type { Report } from "../model/flow.ts";
import { type CalendarSetting, DAY_LIST, SPAN } from "../model/settings.ts";
import { checkFiles } from "./calendars.ts";
import { isZone } from "./expression-values.ts";
import { type Code, FINDINGS } from "./hours-findings.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { checkRunOut } from "./run-out.ts";

export const hours: Rule<Code> = {
  name: "hours",
  findings: FINDINGS,
  check(context) {
    const zone = below(context.flow.root, "timezone");
    if (zone) checkZone(zone, context.report);
    for (const pair of entriesOf(below(context.flow.root, "hours"))) checkHours(pair, zone, context);
    checkFiles(context);
  },
};

function checkHours({ key, value }: Pair, zone: Node | undefined, context: RuleContext<Code>): void {
  const { facts, report } = context;
  checkOpening(key.text, value, report);
  const calendars = readCalendarsOf(key.text, context);
  // What a missing or broken calendar would say is not known.
  if (value.type !== "map" || calendars === undefined) return;
  const hasOne = (setting: "timezone" | "open"): boolean =>
    below(value, setting) !== undefined || calendars.some((one) => one[setting] !== undefined);
  if (!zone && !hasOne("timezone")) {
    const message = `the hours "${key.text}" have no time zone; write \`timezone: America/New_York\` or another`;
    report({ code: "unknown-zone", at: key, message });
  }
  if (!hasOne("open")) {
    const message = `the hours "${key.text}" never open; write \`open: { mon-fri: "08:00-18:00" }\` or other times`;
    report({ code: "no-open-hours", at: key, message });
  }
  const days = facts.hours[key.text];
  const ownDays = below(value, "closed") ?? below(value, "special") ?? icsOf(key.text, context);
  if (days && ownDays) checkRunOut(`"${key.text}"`, days, ownDays, facts.today, report);
}

/** The first `.ics` file that hours name: a calendar in YAML has findings of its own. */
function icsOf(name: string, { flow }: RuleContext<Code>): Node | undefined {
  return calendarsIn(flow).find(({ hours, written }) => hours === name && /\.ics$/i.test(written))?.node;
}

/** The calendars that hours name; undefined if one of them could not be read. */
function readCalendarsOf(name: string, { flow, facts }: RuleContext<Code>): CalendarSetting[] | undefined {
  const named = calendarsIn(flow).filter(({ hours }) => hours === name);
  const read = named.flatMap(({ path }) => facts.calendars.files.get(path ?? "")?.setting ?? []);
  return read.length === named.length ? read : undefined;
}

/**
 * Checks a calendar file of its own: what hours can say, without the flow that names it.
 * @param days undefined if the file does not fit its schema
 */
export function checkCalendar(
  root: MapNode,
  days: Hours | undefined,
  today: string | undefined,
  report: Report<Code>,
): void {
  checkOpening("the calendar", root, report);
  const at = below(root, "closed") ?? below(root, "special");
  if (days && at) checkRunOut("the calendar", days, at, today, report);
}

function textOf(node: Node | undefined): string {
  return node?.type === "scalar" ? node.text : "";
}

function checkZone(at: Node, report: Report<Code>): void {
  if (isZone(textOf(at))) return;
  const message = `unknown time zone "${textOf(at)}"; write one such as America/New_York or Europe/London`;
  report({ code: "unknown-zone", at, message });
}

function checkOpening(name: string, node: Node, report: Report<Code>): void {
  const zone = below(node, "timezone");
  if (zone) checkZone(zone, report);
  const open = entriesOf(below(node, "open"));
  const days = new Map<number, string>();
  for (const { key, value } of open) {
    checkDays(key.text, key, days, name, report);
    checkSpans(value, report);
  }
  const closed = below(node, "closed");
  for (const day of closed?.type === "list" ? closed.items : []) checkDay(day, report);
  for (const { key, value } of entriesOf(below(node, "special"))) {
    checkDay(key, report);
    checkSpans(value, report);
  }
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

function checkDays(
  text: string,
  at: Node,
  days: Map<number, string>,
  name: string,
  report: Report<Code>,
): void {
  // Invalid day names have their own finding.
  if (!new RegExp(DAY_LIST).test(text)) return;
  const twice = weekdays(text).find((day) => days.has(day));
  if (twice !== undefined) {
    const message = `${DAYS[twice]} is already in "${days.get(twice)}"; name each day of "${name}" once, with a list of spans`;
    report({ code: "duplicate-day", at, message });
  }
  for (const day of weekdays(text)) days.set(day, text);
}

function checkDay(at: Node, report: Report<Code>): void {
  const text = textOf(at);
  // A text that does not look like a day has its own finding.
  const message = new RegExp(DAY).test(text) ? dayProblem(text) : undefined;
  if (message !== undefined) report({ code: "no-such-date", at, message });
}

const DAY_MINUTES = 24 * 60;

function checkSpans(node: Node, report: Report<Code>): void {
  const items = node.type === "list" ? node.items : [node];
  const ranges = items
    .map((at) => ({ at, text: textOf(at), range: rangeOf(textOf(at)) }))
    .filter(({ text }) => new RegExp(SPAN).test(text));
  for (const { at, text, range } of ranges) {
    const [from = 0, to = 0] = text.split("-").map(minutes);
    if (from === to) {
      const message = `${text} is empty; for a whole day write 00:00-24:00`;
      report({ code: "bad-span", at, message });
    } else if (range.from >= DAY_MINUTES || to > DAY_MINUTES || /:[6-9]/.test(text)) {
      report({
        code: "bad-span",
        at,
        message: `${text} is outside the day; write times from 00:00 to 24:00`,
      });
    }
  }
  const sorted = ranges.toSorted((a, b) => a.range.from - b.range.from);
  sorted.forEach(({ at, text, range }, index) => {
    const before = sorted[index - 1];
    if (before && range.from < before.range.to) {
      report({ code: "bad-span", at, message: `${text} overlaps ${before.text}; merge them into one span` });
    }
  });
}
