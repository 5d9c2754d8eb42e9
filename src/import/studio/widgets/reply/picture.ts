/** A split on whether a reply has a picture is the question's exit `picture`. */
import type { Conversion } from "../../conversion.ts";
import { type Condition, transitionOf, type Widget } from "../../definition.ts";
import { parseLiquid } from "../../liquid/parse.ts";
import { pathText } from "../../liquid/tree.ts";
import { passedOn } from "../../values/assigned.ts";

/** Where a picture leads, and where words alone do. */
export interface Picture {
  split: string;
  next: string | undefined;
  words: string | undefined;
  /** The exit of words alone, as `widget event`. */
  edge: string;
}

/** Reads the split; undefined if another widget follows, or if the picture is read after another question. */
export function pictureOf(c: Conversion, reply: Widget, name: string | undefined): Picture | undefined {
  const split = name === undefined ? undefined : c.graph.widgets.get(name);
  if (split?.type !== "split-based-on") return undefined;
  if (["MediaUrl0", "NumMedia"].some((field) => c.values.sources.isKept(reply, field))) return undefined;
  const at = split.transitions.findIndex(({ event }) => event === "match");
  const match = split.transitions[at];
  const isOne = split.transitions.filter(({ event }) => event === "match").length === 1;
  const [condition, another] = match?.conditions ?? [];
  if (!match || !isOne || !condition || another) return undefined;
  const has = hasPicture(c, reply, condition);
  if (has === undefined) return undefined;
  const other = transitionOf(split, "noMatch").next;
  return has
    ? { split: split.name, next: match.next, words: other, edge: `${split.name} noMatch` }
    : { split: split.name, next: other, words: match.next, edge: `${split.name} match ${at}` };
}

/** Whether a condition holds with a picture (true) or without one (false); undefined if it says something else. */
function hasPicture(c: Conversion, reply: Widget, { argument, type, value }: Condition): boolean | undefined {
  const path = passedOn(parseLiquid(argument) ?? [])?.path ?? [];
  const of = pathText(c.values.sources.sourceOf(path));
  if (of === `widgets.${reply.name}.inbound.MediaUrl0`) return BLANK[type];
  return of === `widgets.${reply.name}.inbound.NumMedia` ? COUNT[`${type} ${value.trim()}`] : undefined;
}

const BLANK: Readonly<Record<string, boolean | undefined>> = { is_blank: false, is_not_blank: true };
const COUNT: Readonly<Record<string, boolean | undefined>> = {
  "greater_than 0": true,
  "greater_than_or_equal_to 1": true,
  "not_equal_to 0": true,
  "equal_to 0": false,
  "less_than 1": false,
  "less_than_or_equal_to 0": false,
};
