/** Stage 2: the roads of a definition, and what no road reaches or what leads nowhere. */
import type { Definition, Transition, Widget } from "./definition.ts";

/** The widgets of a definition by name, and the roads between them. */
export interface Graph {
  widgets: ReadonlyMap<string, Widget>;
  /** The first widget for each event of the trigger that leads somewhere, such as `incomingCall`. */
  roads: ReadonlyMap<string, string>;
  /** The widgets that a road of the trigger reaches, by the event. */
  reached: ReadonlyMap<string, ReadonlySet<string>>;
  /** Widgets without a way to them. */
  unreachable: readonly string[];
  /** Transitions to a widget that does not exist. */
  dangling: readonly { from: string; transition: Transition }[];
}

/** Reads the roads. */
export function graphOf({ widgets: list, initial }: Definition): Graph {
  const widgets = new Map(list.map((widget) => [widget.name, widget]));
  const dangling = list.flatMap(({ name, transitions }) =>
    transitions
      .filter(({ next }) => next !== undefined && !widgets.has(next))
      .map((transition) => ({ from: name, transition })),
  );
  const roads = new Map<string, string>();
  for (const { event, next } of widgets.get(initial)?.transitions ?? [])
    if (next !== undefined && widgets.has(next)) roads.set(event, next);
  const reached = new Map([...roads].map(([event, first]) => [event, reachedFrom(first, widgets)]));
  const all = new Set([...reached.values()].flatMap((some) => [...some]));
  const unreachable = list.filter(({ name, type }) => type !== "trigger" && !all.has(name));
  return { widgets, roads, reached, unreachable: unreachable.map(({ name }) => name), dangling };
}

/** The widgets that a road reaches from its first, without those that are only reached through one of them. */
export function reachedFrom(
  first: string,
  widgets: ReadonlyMap<string, Widget>,
  isLast: (name: string) => boolean = () => false,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [first];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name) || !widgets.has(name)) continue;
    reached.add(name);
    if (isLast(name)) continue;
    for (const { next } of widgets.get(name)?.transitions ?? []) if (next !== undefined) waiting.push(next);
  }
  return reached;
}

/** The first widget of a text message. */
export function firstOfMessages({ roads }: Graph): string | undefined {
  return roads.get("incomingMessage") ?? roads.get("incomingConversationMessage");
}

/** Whether a road leads from one widget to another. */
export function leadsTo({ widgets }: Graph, from: string, to: string): boolean {
  const { transitions = [] } = widgets.get(from) ?? {};
  return transitions.some(({ next }) => next !== undefined && reachedFrom(next, widgets).has(to));
}

/** The widgets that lead to a widget, each once. */
export function before(graph: Graph, name: string): Widget[] {
  return [...graph.widgets.values()].filter(({ transitions }) =>
    transitions.some(({ next }) => next === name),
  );
}
