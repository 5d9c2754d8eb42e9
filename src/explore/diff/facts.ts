/** What is true of a flow as a whole: who can be reached in it, and how soon. */
import type { Edge, Exploration } from "../exploration.ts";
import { wayTo } from "../ways/way.ts";
import type { NameOf } from "./target.ts";

/** Somebody who is reached, by the shortest way. */
interface Reached {
  name: string;
  answers: number;
  seconds: number;
  way: readonly Edge[];
}

/** The verbs that bring a caller to somebody. */
const PEOPLE: ReadonlySet<string> = new Set(["Dial", "Enqueue", "Refer"]);

/** Everybody who is dialled, and each queue, agent and stream, by address. */
export function destinationsOf(exploration: Exploration, nameOf: NameOf): Map<string, Reached> {
  const found = new Map<string, Reached>();
  for (const node of exploration.nodes)
    for (const address of node.asks?.to ?? []) {
      if (found.has(address)) continue;
      const { answers, seconds } = node;
      found.set(address, { name: nameOf(address), answers, seconds, way: wayTo(exploration, node) });
    }
  return found;
}

/** The first person or queue that a caller can reach. */
export function firstPerson(exploration: Exploration, nameOf: NameOf): Reached | undefined {
  const nodes = exploration.nodes.filter(({ asks }) => asks && PEOPLE.has(asks.verb));
  const [first] = nodes.sort((a, b) => a.answers - b.answers || a.seconds - b.seconds);
  if (!first?.asks) return undefined;
  const { answers, seconds, asks } = first;
  return { name: asks.to.map(nameOf).join(" and "), answers, seconds, way: wayTo(exploration, first) };
}
