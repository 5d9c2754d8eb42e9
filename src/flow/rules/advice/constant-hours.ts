/** Hours that never change: a question about them has one answer. */

import type { Hours, Range } from "../../../program/program.ts";
import { yaml } from "../../language/example.ts";

import type { Advice } from "./advice.ts";

export const constantHours: Advice = {
  doc: {
    code: "constant-hours",
    severity: "advice",
    summary:
      "Hours that never open, or never close. What a flow does in the other case happens to no caller.",
    wrong:
      "Hours can be a placeholder until somebody writes the real ones, or be opened by dates that are still missing.",
    bad: yaml`
      timezone: America/New_York
      hours:
        office:
          open: { daily: "00:00-24:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: bye
        greet:
          hangup: Hello.
        bye:
          hangup: We are closed. Goodbye.
    `,
    good: yaml`
      timezone: America/New_York
      hours:
        office:
          open: { mon-fri: "00:00-24:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: bye
        greet:
          hangup: Hello.
        bye:
          hangup: We are closed. Goodbye.
    `,
  },
  check({ flow, facts }, advise) {
    const node = flow.root.pairs.find(({ key }) => key.text === "hours")?.value;
    for (const { key } of node?.type === "map" ? node.pairs : []) {
      const hours = facts.hours[key.text];
      const what = hours && constantly(hours);
      if (what === undefined) continue;
      const message = `the hours "${key.text}" ${what}, so a question about them has one answer; correct \`open\`, or remove them`;
      advise(key, message);
    }
  },
};

/** What hours always are, if it is always the same. A date that opens or closes is a change, also a past one. */
function constantly({ open, closed, special }: Hours): string | undefined {
  const dates = Object.values(special);
  if (open.every((day) => day.length === 0))
    return dates.every((ranges) => ranges.length === 0) ? "never open" : undefined;
  const isAlways = closed.length === 0 && isWhole(open) && dates.every((ranges) => isWhole([ranges]));
  return isAlways ? "never close" : undefined;
}

const DAY = 24 * 60;

/** Whether some days, one after another and then again from the first, are open without a gap. */
function isWhole(days: readonly (readonly Range[])[]): boolean {
  const week = days.length * DAY;
  const all = days.flatMap((ranges, day) =>
    ranges.map(({ from, to }) => ({ from: from + day * DAY, to: to + day * DAY })),
  );
  // What is open after midnight of the last day is so on the first.
  const wrapped = all.flatMap(({ to }) => (to > week ? [{ from: 0, to: to - week }] : []));
  let until = 0;
  for (const { from, to } of [...wrapped, ...all].toSorted((a, b) => a.from - b.from)) {
    if (from > until) return false;
    until = Math.max(until, to);
  }
  return until >= week;
}
