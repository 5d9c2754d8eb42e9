/** Stage 7: calls that take every exit of the original which can be taken, as few as that needs. */
import type { Graph } from "../graph.ts";
import { playOriginal } from "./original.ts";
import type { Played } from "./played.ts";
import type { World } from "./world.ts";

/** The most calls that are tried, and that are kept. */
const [TRIES, KEPT] = [600, 40];

/** Finds the calls that begin at a widget. */
export function callsFrom(graph: Graph, world: World, first: string): Played[] {
  const kept: Played[] = [];
  const taken = new Set<string>();
  const tried = new Map<string, number>();
  const waiting: number[][] = [[]];
  for (let tries = 0; tries < TRIES && kept.length < KEPT; tries++) {
    const picks = waiting.shift();
    if (picks === undefined) break;
    const played = playOriginal(graph, world, first, picks);
    if (played.reason === undefined && played.edges.some((edge) => !taken.has(edge))) {
      for (const edge of played.edges) taken.add(edge);
      kept.push(played);
    }
    waiting.push(...variantsOf(played, picks, tried));
  }
  return kept;
}

/** The same call with another option at one place; each option is tried twice at most. */
function variantsOf({ choices }: Played, picks: readonly number[], tried: Map<string, number>): number[][] {
  return choices.flatMap(({ widget, count }, place) => {
    if (place < picks.length) return [];
    const before = choices.slice(0, place).map(({ index }) => index);
    return Array.from({ length: count - 1 }, (_, index) => index + 1).flatMap((index) => {
      const key = `${widget} ${index}`;
      const times = tried.get(key) ?? 0;
      tried.set(key, times + 1);
      return times < 2 ? [[...before, index]] : [];
    });
  });
}
