/** Hours whose days all have a year run out of them: a finding on time, before a holiday is missed. */
import type { Hours } from "../../program/program.ts";
import type { Node } from "../language/node.ts";
import type { Report } from "../model/flow.ts";
import type { Code } from "./hours-findings.ts";

/** From this month on, next year's days should be there. */
const REMINDED = "10-01";
const NEVER = "9999-12-31";

/**
 * Reports hours whose days are all past, or that have none in the next year.
 * @param name the hours, as the message names them
 * @param today undefined if no finding should depend on the date
 */
export function checkRunOut(
  name: string,
  { closed, special }: Pick<Hours, "closed" | "special">,
  at: Node,
  today: string | undefined,
  report: Report<Code>,
): void {
  const last = [...closed, ...Object.keys(special)].map(lastDate).toSorted().at(-1);
  if (today === undefined || last === undefined) return;
  const next = `${Number(today.slice(0, 4)) + 1}`;
  const isPast = last < today;
  if (!isPast && (today.slice(5) < REMINDED || last >= next)) return;
  const what = isPast ? `every date of ${name} is past` : `${name} has no date in ${next}`;
  const message = `${what}; add the next ones, or write days that recur, such as 12-25 or 4th thu nov`;
  report({ code: "dates-run-out", severity: "warning", at, message });
}

/** The last date of a day; that of a day of every year never comes. */
function lastDate(day: string): string {
  const last = day.slice(day.lastIndexOf("..") + 1).replace(/^\./, "");
  return /^\d{4}-\d\d-\d\d$/.test(last) ? last : NEVER;
}
