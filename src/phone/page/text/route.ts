/** The route that a call took through one flow's diagram. */
import type { TurnView } from "../contract/turn.ts";

/** Steps and exits by the diagram's own names. */
export interface Steps {
  /** Ids of nodes. */
  nodes: ReadonlySet<string>;
  /** `edgeKey` of each exit. */
  edges: ReadonlySet<string>;
  /** The caller's place; for asides, the step that waits for an answer. */
  at?: string;
}

/** The route of the call itself, and that of its asides. */
export interface Route extends Steps {
  asides: Steps;
  /** The labels that are lit, by `edgeKey`; a line that is not in here is lit as a whole. */
  labels?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whether an exit's label in the diagram, shortened and with a name for `next`, is one of those that were taken. */
export function isLit(label: string, taken: ReadonlySet<string> | undefined): boolean {
  if (!taken) return true;
  const start = label.endsWith("…") ? label.slice(0, -1) : undefined;
  const isThis = (one: string): boolean =>
    one === label || (one === "" && label === "next") || (start !== undefined && one.startsWith(start));
  return [...taken].some(isThis);
}

/** An exit, as `Route` has it. */
export function edgeKey(from: string, to: string): string {
  return `${from} → ${to}`;
}

/** A step's name in a flow, if it is one of its steps: a path calls those of parts `<flow>.<step>`. */
export function ownName(flow: string, entry: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const dot = name.indexOf(".");
  if (dot < 0) return flow === entry ? name : undefined;
  return name.slice(0, dot) === flow ? name.slice(dot + 1) : undefined;
}

/** The route so far through `flow`, in a call that began in `entry`. */
export function routeIn(flow: string, entry: string, turns: readonly TurnView[]): Route {
  const own = (name: string): string | undefined => ownName(flow, entry, name);
  const { before, end, ...main } = walk(mainOf(turns), own);
  const last = mainOf(turns).at(-1);
  const places = last ? [...last.waiting, ...(last.next === undefined ? [] : [last.next])] : [];
  const at =
    places.flatMap((name) => own(name) ?? []).at(-1) ??
    end ??
    (last?.next === undefined ? before : undefined);
  return { ...main, ...(at !== undefined && { at }), asides: routeOfAsides(turns, own) };
}

/** The turns of the call itself. */
export function mainOf(turns: readonly TurnView[]): TurnView[] {
  return turns.flatMap(apart).filter(({ aside }) => !aside);
}

/** Splits a turn that finds the caller gone: the `onHangup` part is an aside. */
function apart(turn: TurnView): TurnView[] {
  const { path } = turn;
  const at = path.findIndex((step) => step.endsWith("~hangup"));
  if (turn.aside || at < 0) return [turn];
  return [
    { ...turn, path: path.slice(0, at) },
    { ...turn, path: path.slice(at), aside: true },
  ];
}

type Own = (name: string) => string | undefined;

/** Each aside has a route of its own. */
function routeOfAsides(turns: readonly TurnView[], own: Own): Steps {
  const walks = turns
    .flatMap(apart)
    .filter(({ aside }) => aside)
    .map((turn) => walk([turn], own));
  const last = turns.at(-1);
  const at = last?.aside && last.next !== undefined ? own(last.next) : undefined;
  return {
    nodes: new Set(walks.flatMap(({ nodes }) => [...nodes])),
    edges: new Set(walks.flatMap(({ edges }) => [...edges])),
    ...(at !== undefined && { at }),
  };
}

/** The steps of some turns, with the last node, and the end node if the call ended in this flow. */
function walk(turns: readonly TurnView[], own: Own): Steps & { before?: string; end?: string } {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  let before: string | undefined;
  let end: string | undefined;
  for (const { path, error } of turns) {
    path.forEach((name, index) => {
      // After a part's `return` comes the step that it returns to; after a side road's, nothing.
      const isEnd = (name === "hangup" || name === "return") && index === path.length - 1;
      const isHere = isEnd ? own(path.at(-2) ?? "") !== undefined : own(name) !== undefined;
      if (!isHere) return;
      const node = isEnd ? `${before} ${name}` : (own(name) ?? "");
      // A turn begins at the step where the previous turn stopped.
      if (before !== undefined && (before !== node || index > 0)) edges.add(edgeKey(before, node));
      // The diagram draws a failure's line to one step only.
      if (error !== undefined && index > 0) edges.add(edgeKey("~error", node));
      nodes.add(node);
      if (isEnd) end = node;
      before = node;
    });
  }
  return { nodes, edges, ...(before !== undefined && { before }), ...(end !== undefined && { end }) };
}

/** The flow that the caller is in: the entry flow, or a part of it. */
export function flowAt(entry: string, turn: TurnView | undefined): string {
  const place = turn?.next ?? turn?.path.findLast((name) => name !== "hangup") ?? "";
  const dot = place.indexOf(".");
  return dot < 0 ? entry : place.slice(0, dot);
}
