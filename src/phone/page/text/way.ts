/** The way that a call has taken through one flow's diagram. */
import type { TurnView } from "../contract.ts";

/** Steps and exits by the diagram's own names. */
export interface Way {
  /** Ids of nodes. */
  nodes: ReadonlySet<string>;
  /** `edgeKey` of each exit. */
  edges: ReadonlySet<string>;
  /** Where the caller is. */
  at?: string;
}

/** An exit, as `Way` has it. */
export function edgeKey(from: string, to: string): string {
  return `${from} → ${to}`;
}

/** The way so far through `flow`, in a call that began in `entry`. */
export function wayIn(flow: string, entry: string, turns: readonly TurnView[]): Way {
  const own = (name: string): string | undefined => {
    const dot = name.indexOf(".");
    if (dot < 0) return flow === entry ? name : undefined;
    return name.slice(0, dot) === flow ? name.slice(dot + 1) : undefined;
  };
  const nodes = new Set<string>();
  const edges = new Set<string>();
  let before: string | undefined;
  let end: string | undefined;
  for (const { path } of turns) {
    path.forEach((name, index) => {
      const isEnd = name === "hangup" && index === path.length - 1;
      const isHere = isEnd ? own(path.at(-2) ?? "") !== undefined : own(name) !== undefined;
      if (!isHere) return;
      const node = isEnd ? `${before} hangup` : (own(name) ?? "");
      // The first of a turn is where the turn before had stopped.
      if (before !== undefined && (before !== node || index > 0)) edges.add(edgeKey(before, node));
      nodes.add(node);
      if (isEnd) end = node;
      before = node;
    });
  }
  const last = turns.at(-1);
  const places = last ? [...last.waiting, ...(last.next === undefined ? [] : [last.next])] : [];
  const at =
    places.flatMap((name) => own(name) ?? []).at(-1) ??
    end ??
    (last?.next === undefined ? before : undefined);
  return { nodes, edges, ...(at !== undefined && { at }) };
}

/** The flow that the caller is in: the entry flow, or a part of it. */
export function flowAt(entry: string, turn: TurnView | undefined): string {
  const place = turn?.next ?? turn?.path.findLast((name) => name !== "hangup") ?? "";
  const dot = place.indexOf(".");
  return dot < 0 ? entry : place.slice(0, dot);
}
