/** Split Based On → `branch`. */
import { type Conversion, exitOn, exitTo } from "../conversion.ts";
import type { Transition, Widget } from "../definition.ts";
import type { Cel, Names } from "../liquid/cel.ts";
import { celOf } from "../liquid/expression.ts";
import { parseLiquid } from "../liquid/parse.ts";
import { translate } from "../liquid/text.ts";
import type { Step, Tree } from "../step.ts";
import { passedOn } from "../values/assigned.ts";
import { valuesOf } from "../values/compared.ts";
import { conditionCel } from "./condition.ts";
import { stepFor } from "./widget.ts";

/** Converts a split. */
export function convertSplit(c: Conversion, widget: Widget): Step[] {
  const matches = widget.transitions.filter(({ event }) => event === "match");
  const names = c.values.namesIn(widget.name);
  const body = casesOf(c, widget, matches, names) ?? conditionsOf(c, widget, matches, names);
  return [stepFor(widget, { kind: "branch", body })];
}

/** One text that is compared with values: `on`, `cases` and `else`. */
function casesOf(
  c: Conversion,
  widget: Widget,
  matches: readonly Transition[],
  names: Names,
): Tree | undefined {
  const conditions = matches.map(({ conditions: [one, more] }) => (more ? undefined : one));
  const [first] = conditions;
  if (!first || conditions.some((one) => one?.argument !== first.argument)) return undefined;
  if (conditions.some((one) => !/^(?:equal_to|matches_any_of)$/.test(one?.type ?? ""))) return undefined;
  const on = argumentOf(first.argument, names);
  if (on.type !== "string" || on.cel === "''") return undefined;
  const cases = matches.flatMap(({ next, conditions: [one] }) =>
    (one ? valuesOf(one) : []).map((value) => [` ${value}`, exitTo(c, next)] as const),
  );
  if (cases.length < 2) return undefined;
  return { on: on.cel, cases: firstOfEach(cases), else: exitOn(c, widget, "noMatch") };
}

/** The first condition that matches counts. */
function firstOfEach(cases: readonly (readonly [string, Tree])[]): Tree {
  const exits = new Map<string, Tree>();
  for (const [value, exit] of cases) if (!exits.has(value)) exits.set(value, exit);
  return Object.fromEntries(exits);
}

function conditionsOf(c: Conversion, widget: Widget, matches: readonly Transition[], names: Names): Tree {
  const yesOrNo = boolOf(c, widget, matches, names);
  if (yesOrNo) return yesOrNo;
  const entries = matches.map(({ next, conditions }) => ({
    when:
      conditions.map((one) => conditionCel(one, argumentOf(one.argument, names), names)).join(" && ") ||
      "true",
    next: exitTo(c, next),
  }));
  return [...entries, { next: exitOn(c, widget, "noMatch") }];
}

/**
 * True, false, and anything else: with a bool the third is an answer that lacks the value, which is the `invalid` outcome
 * of the request.
 */
function boolOf(
  c: Conversion,
  widget: Widget,
  matches: readonly Transition[],
  names: Names,
): Tree | undefined {
  const [one, other, more] = matches;
  const [first, second] = [one?.conditions[0], other?.conditions[0]];
  if (!first || !second || more || first.argument !== second.argument) return undefined;
  const value = argumentOf(first.argument, names);
  const [yes, no] = first.value.trim() === "true" ? [one, other] : [other, one];
  if (value.type !== "bool" || first.value.trim() === second.value.trim()) return undefined;
  const path = passedOn(parseLiquid(first.argument) ?? [])?.path ?? [];
  const [, source] = c.values.sources.sourceOf(path);
  c.invalid.set(String(source), exitOn(c, widget, "noMatch"));
  c.values.declared.require(value.cel);
  return [{ when: value.cel, next: exitTo(c, yes?.next) }, { next: exitTo(c, no?.next) }];
}

/** What is compared. */
function argumentOf(argument: string, names: Names): Cel {
  const passed = passedOn(parseLiquid(argument) ?? []);
  if (passed) return celOf({ start: { path: passed.path }, filters: [] }, names);
  const { text, whole } = translate(argument.trim(), names);
  return whole ?? { cel: `'${text.replaceAll("'", "\\'")}'`, type: "string" };
}
