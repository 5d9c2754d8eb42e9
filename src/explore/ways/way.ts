/** Ways through an exploration: the shortest call to a node, or through an edge. */
import type { Edge, Exploration, Node, ServiceAnswer } from "../exploration.ts";

/** The shortest way to a node, or to an edge and along it. */
export function wayTo({ nodes, edges }: Exploration, to: Node | Edge): Edge[] {
  const way: Edge[] = [];
  let edge: Edge | undefined = "via" in to ? edges[to.via] : to;
  while (edge) {
    way.push(edge);
    const { from, after } = edge;
    edge = edges[after ?? (from === undefined ? undefined : nodes[from]?.via) ?? -1];
  }
  return way.reverse();
}

/** How long the shortest way over an edge is, in what the caller and others do and in seconds. */
export function lengthOf(
  { nodes, edges }: Pick<Exploration, "nodes" | "edges">,
  { from, after, around = [], seconds }: Edge,
): Pick<Node, "answers" | "seconds"> {
  if (from === undefined) return { answers: 0, seconds };
  const last = edges[after ?? -1];
  const before = last ? lengthOf({ nodes, edges }, last) : nodes[from];
  return {
    answers: (before?.answers ?? 0) + around.length + 1,
    seconds: (before?.seconds ?? 0) + seconds,
  };
}

/** The edges of a way one by one, with those that a silent caller goes round. */
export function wholeWay(way: readonly Edge[]): Edge[] {
  return way.flatMap((edge) => [...(edge.around ?? []), edge]);
}

/** The answers of services on an edge; those that come back in a circle once. */
export function answersOn(edge: Edge): ServiceAnswer[] {
  const around = (edge.around ?? []).flatMap(({ answers }) => answers);
  return [...new Set(around), ...edge.answers];
}
