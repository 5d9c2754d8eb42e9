/** Opening hours: time zones, dates and time spans are valid. */

import { minutes, rangeOf, weekdays } from "../analysis/facts.ts";
import type { MapNode, Node } from "../language/node.ts";
import type { Report } from "../model/flow.ts";
import { DATE, DAY_LIST, SPAN } from "../model/settings.ts";
import { isZone } from "./expression-values.ts";
import { type Code, FINDINGS } from "./hours-findings.ts";
import type { Rule } from "./rule.ts";

export const hours: Rule<Code> = {
  name: "hours",
  findings: FINDINGS,
  check({ flow, report }) {
    const zone = below(flow.root, "timezone");
    if (zone) checkZone(zone, report);
    for (const { key, value } of mapOf(below(flow.root, "hours"))) {
      if (!zone && value.type === "map" && !below(value, "timezone")) {
        const message = `the hours "${key.text}" have no time zone; write \`timezone: America/New_York\` or another`;
        report({ code: "unknown-zone", at: key, message });
      }
      checkHours(key.text, value, report);
    }
  },
};

function below(node: Node | undefined, key: string): Node | undefined {
  return node?.type === "map" ? node.pairs.find((pair) => pair.key.text === key)?.value : undefined;
}

function mapOf(node: Node | undefined): MapNode["pairs"] {
  return node?.type === "map" ? node.pairs : [];
}

function textOf(node: Node | undefined): string {
  return node?.type === "scalar" ? node.text : "";
}

function checkZone(at: Node, report: Report<Code>): void {
  if (isZone(textOf(at))) return;
  const message = `unknown time zone "${textOf(at)}"; write one such as America/New_York or Europe/London`;
  report({ code: "unknown-zone", at, message });
}

function checkHours(name: string, node: Node, report: Report<Code>): void {
  const zone = below(node, "timezone");
  if (zone) checkZone(zone, report);
  const open = mapOf(below(node, "open"));
  const days = new Map<number, string>();
  for (const { key, value } of open) {
    checkDays(key.text, key, days, name, report);
    checkSpans(value, report);
  }
  const closed = below(node, "closed");
  for (const date of closed?.type === "list" ? closed.items : []) checkDate(date, report);
  for (const { key, value } of mapOf(below(node, "special"))) {
    checkDate(key, report);
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

function checkDate(at: Node, report: Report<Code>): void {
  const text = textOf(at);
  // A text that does not look like a date has its own finding.
  if (!new RegExp(DATE).test(text)) return;
  // A yearly date can be the 29th of February.
  const full = text.length === 5 ? `2024-${text}` : text;
  const date = new Date(`${full}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== full) {
    report({ code: "no-such-date", at, message: `${text} is not in the calendar; correct the date` });
  }
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
