/** The arguments of functions for dates, amounts and numbers: what a literal shows to be wrong, and zones. */
import type { ASTNode } from "@marcbachmann/cel-js";
import { isTime, readDate } from "../../program/dates.ts";
import { literalText, type NodeProblem } from "../analysis/expressions.ts";
import type { Facts } from "../analysis/facts.ts";
import { nearest } from "../language/diagnostic.ts";

/** The part of the codes of expressions that is found here. */
type ValueCode = "unknown-timezone" | "not-a-date" | "unknown-currency" | "plural-forms";

type ValueProblem = NodeProblem<ValueCode>;

/** Functions that take dates as their first operands, and how many. */
const DATES: Readonly<Record<string, number>> = {
  date: 1,
  addDays: 1,
  daysBetween: 2,
  spokenDate: 1,
  spokenTime: 1,
};

/** What is wrong with the operands of a call, if anything. */
export function valueProblem(
  name: string,
  operands: readonly ASTNode[],
  node: ASTNode,
  { timezone }: Pick<Facts, "timezone">,
): ValueProblem | undefined {
  const [first, second] = operands;
  if (name === "now" && first) return zoneProblem(first);
  if (name === "money" && second) return currencyProblem(second);
  if (name === "plural" && second?.op === "map") return formsProblem(second.args, second);
  const dates = Object.hasOwn(DATES, name) ? DATES[name] : undefined;
  const wrong = operands.slice(0, dates ?? 0).find((operand) => isWrongDate(name, operand));
  if (wrong) return dateProblem(name, wrong);
  const needsZone = dates !== undefined || name === "today" || name === "now";
  if (!needsZone || timezone !== undefined) return undefined;
  const message = `${name} needs the flow's time zone; write \`timezone: America/New_York\` or another at the top of the flow`;
  return { node, code: "unknown-timezone", message };
}

function isWrongDate(name: string, operand: ASTNode): boolean {
  const text = literalText(operand);
  if (text === undefined) return false;
  const isTimed = /:/.test(text);
  if (name === "spokenTime") return !isTimed || !(isTime(text) || readDate(text, { timezone: "UTC" }));
  return readDate(text, { timezone: "UTC" }) === undefined;
}

function dateProblem(name: string, node: ASTNode): ValueProblem {
  const form =
    name === "spokenTime" ? "a time such as 15:30 or 2026-11-26T15:30" : "a date such as 2026-11-26";
  return { node, code: "not-a-date", message: `"${literalText(node)}" is not ${form}` };
}

function zoneProblem(node: ASTNode): ValueProblem | undefined {
  const zone = literalText(node);
  // A zone that is known only in the call falls back on the flow's own.
  if (zone === undefined || isZone(zone)) return undefined;
  const message = `unknown time zone "${zone}"; write one such as "America/New_York"`;
  return { node, code: "unknown-timezone", message };
}

function currencyProblem(node: ASTNode): ValueProblem | undefined {
  const currency = literalText(node);
  const known = Intl.supportedValuesOf("currency");
  if (currency === undefined || known.includes(currency)) return undefined;
  const upper = currency.toUpperCase();
  const advice = known.includes(upper) ? `write "${upper}"` : 'write three letters such as "USD" or "EUR"';
  return { node, code: "unknown-currency", message: `unknown currency "${currency}"; ${advice}` };
}

/** The plural categories of Unicode; a language uses some of them. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

function formsProblem(entries: readonly (readonly ASTNode[])[], node: ASTNode): ValueProblem | undefined {
  const keys = entries.flatMap(([key]) => (key ? [{ key, name: literalText(key) }] : []));
  const wrong = keys.find(({ name = "" }) => !CATEGORIES.includes(name) && !/^-?\d+$/.test(name));
  if (wrong) {
    const { name = "" } = wrong;
    const near = nearest(name, CATEGORIES);
    const advice = near
      ? `did you mean "${near}"?`
      : `the keys are ${CATEGORIES.join(", ")}, or a number such as "0"`;
    return { node: wrong.key, code: "plural-forms", message: `unknown plural form "${name}"; ${advice}` };
  }
  if (keys.some(({ name }) => name === "other")) return undefined;
  const message = 'the forms lack "other", which every language needs; add one such as "other": "{n} units"';
  return { node, code: "plural-forms", message };
}

/** Whether a text names a time zone of the IANA database. */
export function isZone(name: string): boolean {
  // It lists no aliases, such as US/Eastern. The first `Intl.DateTimeFormat` of a process takes 20 ms longer.
  if (Intl.supportedValuesOf("timeZone").includes(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
