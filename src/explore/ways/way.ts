/** Ways through an exploration: the shortest call to a node, or through an edge. */
import type { Edge, Exploration, Node } from "../exploration.ts";

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
