/** A split on the length of the digits: too few are not an answer, so the gather itself refuses them. */
import { type Conversion, resolved } from "../../conversion.ts";
import { pairsIn, transitionOf, type Widget, wholeIn } from "../../definition.ts";
import type { Names } from "../../liquid/cel.ts";
import { parseLiquid } from "../../liquid/parse.ts";
import { translate } from "../../liquid/text.ts";
import type { Part } from "../../liquid/tree.ts";

/** The digits that count, and where others lead. */
export interface Length {
  matches: string;
  next: string | undefined;
  wrong: string | undefined;
  widgets: readonly string[];
  /** The names in what a caller hears after too few digits. */
  prompt: (text: string, names: Names) => string;
}

/** Reads the length; undefined if no such split follows. */
export function lengthOf(c: Conversion, gather: Widget, pressed: string | undefined): Length | undefined {
  const most = wholeIn(gather, "number_of_digits");
  const first = pressed === undefined ? undefined : c.graph.widgets.get(resolved(c, pressed) ?? "");
  if (most === undefined || !first) return undefined;
  const [pair, more] = first.type === "set-variables" ? pairsIn(first, "variables") : [];
  const variable =
    pair && more === undefined && isSize(parseLiquid(pair[1]) ?? [], gather) ? pair[0] : undefined;
  if (first.type === "set-variables" && variable === undefined) return undefined;
  const split = variable === undefined ? first : c.graph.widgets.get(transitionOf(first, "next").next ?? "");
  if (split?.type !== "split-based-on") return undefined;
  const [match, another] = split.transitions.filter(({ event }) => event === "match");
  const [condition, also] = match?.conditions ?? [];
  if (!match || another || !condition || also || condition.type !== "less_than") return undefined;
  const parts = parseLiquid(condition.argument) ?? [];
  const [part] = parts;
  const isVariable =
    part?.part === "output" &&
    "path" in part.value.start &&
    c.values.sources.assignedName(part.value.start.path) === variable &&
    variable !== undefined;
  const least = Number(condition.value);
  if (!(isVariable || isSize(parts, gather)) || !(least >= 1 && least <= most)) return undefined;
  return {
    matches: least === most ? `[0-9]{${most}}` : `[0-9]{${least},${most}}`,
    next: transitionOf(split, "noMatch").next,
    wrong: match.next,
    widgets: [first.name, split.name],
    prompt: (text, names) => translate(text, lastAnswer(c, names, gather, variable)).text,
  };
}

/** `{{ widgets.ask.Digits | size }}`. */
function isSize(parts: readonly Part[], gather: Widget): boolean {
  const [part, more] = parts;
  if (part?.part !== "output" || more || !("path" in part.value.start)) return false;
  const { start, filters } = part.value;
  return (
    filters.length === 1 &&
    filters[0]?.name === "size" &&
    start.path.join(".") === `widgets.${gather.name}.Digits`
  );
}

/** What was pressed is not saved if it does not match, but it is the last answer. */
function lastAnswer(c: Conversion, names: Names, gather: Widget, variable: string | undefined): Names {
  return {
    ...names,
    refer: (path) => {
      if (path.join(".") === `widgets.${gather.name}.Digits`) return { cel: "input.digits", type: "string" };
      const isLength = variable !== undefined && c.values.sources.assignedName(path) === variable;
      return isLength ? { cel: "size(input.digits)", type: "int" } : names.refer(path);
    },
  };
}
