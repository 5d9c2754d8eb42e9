/** Set Variables → `set`, without what nothing reads and what another step saves. */
import { type Conversion, exitOn, textFor } from "../conversion.ts";
import { pairsIn, type Widget } from "../definition.ts";
import { compact, type Step, type Tree } from "../step.ts";
import { stepFor } from "./widget.ts";

/** Converts a Set Variables. It is cut down once everything that reads is known. */
export function convertSet(c: Conversion, widget: Widget): Step[] {
  return [stepFor(widget, { kind: "set", body: {}, next: exitOn(c, widget, "next") })];
}

/** What a Set Variables assigns of what is read. */
export function assignmentsOf(c: Conversion, widget: Widget): Tree {
  const assigned = pairsIn(widget, "variables").map(([name, source]): [string, Tree] | undefined => {
    const variable = c.values.assigned(name);
    if (!variable) return undefined;
    const { text, whole } = textFor(c, widget, source);
    const plain = text.trim();
    if (whole) return [variable.name, text];
    if (variable.type === "int" || variable.type === "number") return [variable.name, Number(plain) || 0];
    return [variable.name, variable.type === "bool" ? plain === "true" : plain];
  });
  return compact(Object.fromEntries(assigned.filter((one) => one !== undefined)));
}
