/** What the conversion of a widget can see and say. */
import { transitionOf, type Widget } from "./definition.ts";
import type { Graph } from "./graph.ts";
import { type Text, translate } from "./liquid/text.ts";
import type { Notes } from "./notes.ts";
import { Exit, HANGUP, RETURN } from "./step.ts";
import type { Values } from "./values/values.ts";

/** The kind of road: a call, or a text message. */
export type Road = "voice" | "text";

/** A sub-flow that a flow runs. */
export interface PartNeeded {
  sid: string;
  name: string;
  takes: Set<string>;
  gives: Set<string>;
}

/** The conversion of one road of a flow. */
export interface Conversion {
  graph: Graph;
  values: Values;
  notes: Notes;
  road: Road;
  /** Keeps circles of silence as they are. */
  exact: boolean;
  /** Widgets that are a part of another's step: an exit to the first leads to the second. */
  merged: ReadonlyMap<string, string>;
  /** The sub-flows, by SID. */
  parts: Map<string, PartNeeded>;
  /** The names of flows that are imported too, by SID. */
  flows: ReadonlyMap<string, string>;
  /** Where a request leads whose answer lacks a value, by its widget. */
  invalid: Map<string, Exit>;
  /** The end of a road: `hangup`, or `return` in a part and after a text message. */
  end: Exit;
}

/** The exit to a widget; the end of the road if there is none. */
export function exitTo(c: Conversion, name: string | undefined): Exit {
  const target = resolved(c, name);
  return target === undefined ? c.end : new Exit(target);
}

/** The exit of an event. */
export function exitOn(c: Conversion, widget: Widget, event: string): Exit {
  return exitTo(c, transitionOf(widget, event).next);
}

/** The widgets that are merged into a widget's step: what is said before a question or a request. */
export function leadsOf({ merged }: Conversion, name: string): string[] {
  return [...merged].flatMap(([lead, to]) => (to === name ? [lead] : []));
}

/** The widget whose step an exit leads to: splits without conditions, and what is merged, lead on. */
export function resolved(c: Conversion, name: string | undefined): string | undefined {
  let target = name;
  for (let steps = 0; target !== undefined && steps < 100; steps++) {
    const widget = c.graph.widgets.get(target);
    if (!widget) return undefined;
    const isEmpty =
      widget.type === "split-based-on" && !widget.transitions.some(({ event }) => event === "match");
    const next: string | undefined = isEmpty ? transitionOf(widget, "noMatch").next : c.merged.get(target);
    if (!isEmpty && next === undefined) return target;
    target = next;
  }
  return undefined;
}

/** A Liquid text of a widget, as a text of the flow. */
export function textFor(c: Conversion, widget: Widget, source: string): Text {
  return translate(source, c.values.namesIn(widget.name));
}

/** The end of a road. */
export function endOf(road: Road, isPart: boolean): Exit {
  return road === "text" || isPart ? RETURN : HANGUP;
}
