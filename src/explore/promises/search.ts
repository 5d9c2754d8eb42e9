/** Searches in an explored flow: the edge with the shortest way to it, and the shortest ways onward. */
import type { Edge, Exploration, Node } from "../exploration.ts";
import { lengthOf } from "../ways/way.ts";

/** The edge with the shortest way, if any. */
export function nearest(exploration: Exploration, edges: readonly Edge[]): Edge | undefined {
  const length = (edge: Edge): number => lengthOf(exploration, edge).answers;
  return edges.reduce<Edge | undefined>(
    (best, edge) => (best === undefined || length(edge) < length(best) ? edge : best),
    undefined,
  );
}

/** The edges that leave each node. */
export function leavingOf({ nodes, edges }: Exploration): readonly (readonly Edge[])[] {
  const leaving: Edge[][] = nodes.map(() => []);
  for (const edge of edges) if (edge.from !== undefined) leaving[edge.from]?.push(edge);
  return leaving;
}

/** The nodes that wait and were not followed. */
export function openNodes({ nodes }: Exploration, leaving: readonly (readonly Edge[])[]): Node[] {
  return nodes.filter(({ id, ended }) => ended === undefined && (leaving[id]?.length ?? 0) === 0);
}

/** The least seconds from each node to a goal, with at most so many answers of the caller. */
export type Distances = readonly number[];

/** Whether an event is an answer of the caller. */
export function isAnswer({ event }: Pick<Edge, "event">): boolean {
  return event.kind === "keys" || event.kind === "speech";
}

/**
 * The least seconds from each node over an edge that is a goal.
 * @param most the most answers on the way; any number if left out
 */
export function secondsTo(
  { nodes, edges }: Exploration,
  isGoal: (edge: Edge) => boolean,
  most: number | undefined,
): Distances {
  const goals = new Set(edges.filter(isGoal).map(({ id }) => id));
  const layers = most === undefined ? [edges] : [edges.filter((edge) => !isAnswer(edge))];
  const answers = most === undefined ? [] : edges.filter(isAnswer);
  let best = settled(
    nodes.map(() => Number.POSITIVE_INFINITY),
    layers[0] ?? [],
    goals,
  );
  for (let used = 0; used < (most ?? 0); used++) {
    const next = [...best];
    for (const edge of answers) relax(next, edge, goals, best);
    const after = settled(next, layers[0] ?? [], goals);
    if (after.every((seconds, id) => seconds === best[id])) break;
    best = after;
  }
  return best;
}

/** Follows the edges backwards until nothing gets shorter. */
function settled(start: readonly number[], edges: readonly Edge[], goals: ReadonlySet<number>): number[] {
  const best = [...start];
  const entering = Map.groupBy(edges, ({ to }) => to);
  const waiting = new Set<number>();
  const follow = (edge: Edge): void => {
    if (edge.from === undefined || !relax(best, edge, goals, best)) return;
    // Last again: what is still waiting can make it shorter once more.
    waiting.delete(edge.from);
    waiting.add(edge.from);
  };
  edges.forEach(follow);
  for (const id of waiting) {
    waiting.delete(id);
    (entering.get(id) ?? []).forEach(follow);
  }
  return best;
}

function relax(to: number[], edge: Edge, goals: ReadonlySet<number>, after: readonly number[]): boolean {
  const { id, from, to: node, seconds } = edge;
  if (from === undefined) return false;
  const length = seconds + (goals.has(id) ? 0 : (after[node] ?? Number.POSITIVE_INFINITY));
  if (length >= (to[from] ?? Number.POSITIVE_INFINITY)) return false;
  to[from] = length;
  return true;
}

/** The nodes that can be reached from one. */
export function reachableFrom(node: number, leaving: readonly (readonly Edge[])[]): ReadonlySet<number> {
  const found = new Set([node]);
  for (const id of found) for (const { to } of leaving[id] ?? []) found.add(to);
  return found;
}
