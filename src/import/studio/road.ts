/** Converts one road of a flow: every widget that its exits reach. */
import { type Conversion, exitTo, resolved } from "./conversion.ts";
import type { Widget } from "./definition.ts";
import { Exit, exitsOf, type Step, withExits } from "./step.ts";
import { gapOf } from "./widgets/gap.ts";
import { WIDGETS } from "./widgets/registry.ts";

/** What the keys of steps on the road of a text message begin with, as a widget can be on both roads. */
const TEXT = "text|";

/** Whether a step is on the road of a text message, by its key. */
export function isTextKey(key: string): boolean {
  return key.startsWith(TEXT);
}

/** The step before a text message's first. */
export const FIRST_MESSAGE = `${TEXT}first/`;

/** The steps of a road, and which of them is the first. */
export interface Converted {
  first: Exit;
  steps: Step[];
}

/** Converts the widgets that a road reaches from its first. */
export function convertRoad(c: Conversion, first: string): Converted {
  const steps = new Map<string, Step>();
  const waiting = [resolved(c, first)];
  while (waiting.length > 0) {
    const name = waiting.pop();
    const widget = name === undefined ? undefined : c.graph.widgets.get(name);
    if (!widget || steps.has(widget.name)) continue;
    const made = convertOne(c, widget);
    for (const step of made) steps.set(step.key, step);
    waiting.push(...made.flatMap(exitsOf).toReversed());
  }
  const prefix = c.road === "text" ? TEXT : "";
  const keyed = (exit: Exit): Exit => (exit.isWord || prefix === "" ? exit : new Exit(prefix + exit.to));
  return {
    first: keyed(exitTo(c, first)),
    steps: [...steps.values()].map((step) => ({ ...withExits(step, keyed), key: prefix + step.key })),
  };
}

function convertOne(c: Conversion, widget: Widget): Step[] {
  const kind = Object.hasOwn(WIDGETS, widget.type) ? WIDGETS[widget.type] : undefined;
  return kind?.convert(c, widget) ?? gapOf(c, widget);
}
