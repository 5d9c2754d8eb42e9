/** How soon something can happen in a call, by the seconds that the caller has to listen. */
import type { Edge, Exploration, Heard } from "../exploration.ts";

/** A way to something that is heard or begins. */
export interface Soonest {
  way: Edge[];
  /** What the caller did on it. */
  answers: number;
  /** Seconds of speech and sound before it. */
  seconds: number;
}

/** The way to it with the fewest seconds; undefined if it never happens. */
export function soonest({ nodes, edges }: Exploration, is: (heard: Heard) => boolean): Soonest | undefined {
  const seconds = new Map<number, number>();
  const via = new Map<number, Edge>();
  const leaving = new Map<number | undefined, Edge[]>();
  for (const edge of edges) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
  let found: { edge: Edge; seconds: number } | undefined;
  const open: (number | undefined)[] = [undefined];
  for (const id of open) {
    const before = id === undefined ? 0 : (seconds.get(id) ?? 0);
    for (const edge of leaving.get(id) ?? []) {
      const until = secondsUntil(edge.heard, is);
      if (until !== undefined) {
        if (!found || before + until < found.seconds) found = { edge, seconds: before + until };
        continue;
      }
      const after = before + edge.seconds;
      if (
        after >= (seconds.get(edge.to) ?? Number.POSITIVE_INFINITY) ||
        after >= (found?.seconds ?? after + 1)
      )
        continue;
      seconds.set(edge.to, after);
      via.set(edge.to, edge);
      open.push(edge.to);
    }
  }
  if (!found) return undefined;
  const way = [found.edge];
  for (let from = found.edge.from; from !== undefined && way.length <= nodes.length; ) {
    const edge: Edge | undefined = via.get(from);
    if (!edge) break;
    way.unshift(edge);
    from = edge.from;
  }
  return { way, answers: way.length - 1, seconds: found.seconds };
}

function secondsUntil(heard: readonly Heard[], is: (heard: Heard) => boolean): number | undefined {
  let seconds = 0;
  for (const one of heard) {
    if (is(one)) return seconds;
    if ("seconds" in one) seconds += one.seconds;
  }
  return undefined;
}
