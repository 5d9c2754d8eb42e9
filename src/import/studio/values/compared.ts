/** What the splits of a flow compare values with, which says what type a value has. */
import type { Widget } from "../definition.ts";
import type { ExpressionType } from "../liquid/cel.ts";
import { parseLiquid } from "../liquid/parse.ts";
import { passedOn, wordsIn } from "./assigned.ts";

/** A comparison of a value. */
export interface Compared {
  type: string;
  value: string;
}

/** The comparisons of all splits, by the path of the value. */
export function comparedIn(
  widgets: Iterable<Widget>,
  keyOf: (path: readonly (string | number)[]) => string,
): Map<string, Compared[]> {
  const all = new Map<string, Compared[]>();
  for (const { transitions } of widgets)
    for (const { conditions } of transitions)
      for (const { argument, type, value } of conditions) {
        const parts = parseLiquid(argument) ?? [];
        const path = passedOn(parts)?.path ?? wordsIn(parts);
        if (path === undefined) continue;
        const key = keyOf(path);
        all.set(key, [...(all.get(key) ?? []), { type, value }]);
      }
  return all;
}

/** The type and default of a value in an answer, from how it is used; undefined if it is a text. */
export function typeByUse(
  compared: ReadonlyMap<string, readonly Compared[]>,
  path: string,
): { type: ExpressionType; default: boolean | number } | undefined {
  const uses = compared.get(path) ?? [];
  if (uses.length === 0) return undefined;
  if (uses.every(({ type, value }) => type === "equal_to" && /^(?:true|false)$/i.test(value.trim())))
    return { type: "bool", default: false };
  if (uses.every(({ type }) => type === "less_than" || type === "greater_than"))
    return { type: "number", default: 0 };
  return undefined;
}

/** The values that a comparison names, such as those of a list with commas. */
export function valuesOf({ type, value }: Compared): string[] {
  if (!/any_of$/.test(type)) return [value.trim()];
  return value.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
}
