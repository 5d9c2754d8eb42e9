/** Ways through an exploration: the shortest call to a node, or through an edge. */
import type { Edge, Exploration, Node, ServiceAnswer } from "../exploration.ts";

/** The shortest way to a node, or to an edge and along it. */
export function wayTo({ nodes, edges }: Exploration, to: Node | Edge): Edge[] {
  const way: Edge[] = [];
  let edge: Edge | undefined = "via" in to ? edges[to.via] : to;
  while (edge) {
    way.push(edge);
    const from: Node | undefined = edge.from === undefined ? undefined : nodes[edge.from];
    edge = from && edges[from.via];
  }
  return way.reverse();
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
