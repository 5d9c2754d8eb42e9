/** The longest calls, and how many ways there are: of calls that do not go in circles. */
import type { Edge, Exploration } from "../exploration.ts";

/** The edges without those that close a circle, by the node that they leave. */
export interface Forward {
  /** Nodes in an order in which every edge leads on. */
  order: readonly number[];
  edges: ReadonlyMap<number, readonly Edge[]>;
  first: readonly Edge[];
  /** Whether callers can come back to where they were. */
  hasCircles: boolean;
}

/** Leaves out the edges that lead back to a node on the way. */
export function forwardEdges({ nodes, edges }: Exploration): Forward {
  const leaving = new Map<number, Edge[]>(nodes.map(({ id }) => [id, []]));
  const first = edges.filter(({ from }) => from === undefined);
  for (const edge of edges) if (edge.from !== undefined) leaving.get(edge.from)?.push(edge);
  const kept = new Map<number, Edge[]>(nodes.map(({ id }) => [id, []]));
  const order: number[] = [];
  const open = new Set<number>();
  const done = new Set<number>();
  let hasCircles = false;
  for (const { to } of first) {
    // Deep first, without recursion: a flow can be a thousand steps long.
    const stack = open.has(to) || done.has(to) ? [] : [{ id: to, at: 0 }];
    if (stack.length > 0) open.add(to);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = leaving.get(top.id)?.[top.at++];
      if (!edge) {
        stack.pop();
        open.delete(top.id);
        done.add(top.id);
        order.push(top.id);
      } else if (open.has(edge.to)) hasCircles = true;
      else {
        kept.get(top.id)?.push(edge);
        if (done.has(edge.to)) continue;
        open.add(edge.to);
        stack.push({ id: edge.to, at: 0 });
      }
    }
  }
  return { order: order.reverse(), edges: kept, first, hasCircles };
}

/** The longest way of a call that does not go in a circle, by what `lengthOf` says of each edge. */
export function longestWay({ order, edges, first }: Forward, lengthOf: (edge: Edge) => number): Edge[] {
  const best = new Map<number, { length: number; edge: Edge | undefined }>();
  for (const id of [...order].reverse()) {
    let longest: { length: number; edge: Edge | undefined } = { length: 0, edge: undefined };
    for (const edge of edges.get(id) ?? []) {
      const length = lengthOf(edge) + (best.get(edge.to)?.length ?? 0);
      if (length > longest.length || !longest.edge) longest = { length, edge };
    }
    best.set(id, longest);
  }
  const total = (edge: Edge): number => lengthOf(edge) + (best.get(edge.to)?.length ?? 0);
  const way: Edge[] = [];
  let edge: Edge | undefined = [...first].sort((a, b) => total(b) - total(a))[0];
  while (edge) {
    way.push(edge);
    edge = best.get(edge.to)?.edge;
  }
  return way;
}

/** How many ways lead from the beginning to an end without a circle; those that differ only in the event count once. */
export function countWays({ order, edges, first }: Forward): number {
  const ways = new Map<number, number>();
  const count = (all: readonly Edge[]): number =>
    distinct(all).reduce((sum, { to }) => sum + (ways.get(to) ?? 1), 0);
  for (const id of [...order].reverse()) ways.set(id, Math.max(1, count(edges.get(id) ?? [])));
  return count(first);
}

/** The edges that differ in where they lead, or in what happens on them. */
export function distinct(edges: readonly Edge[]): Edge[] {
  const keyOf = ({ from, to, path, heard }: Edge): string => JSON.stringify([from, to, path, heard]);
  return [...new Map(edges.map((edge) => [keyOf(edge), edge])).values()];
}
