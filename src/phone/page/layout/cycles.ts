/** Which edges of a graph lead back up, so that all others lead down. */
import type { Graph } from "../contract/drawing.ts";

type Edge = Graph["edges"][number];

/** The edges that close a circle, seen from the first node on, in the order of the file. */
export function backwardEdges({ nodes, edges }: Graph): ReadonlySet<Edge> {
  const leaving = Map.groupBy(edges, ({ from }) => from);
  const open = new Set<string>();
  const seen = new Set<string>();
  const backward = new Set<Edge>();
  const enter = (id: string) => {
    seen.add(id);
    open.add(id);
    return { id, edges: (leaving.get(id) ?? [])[Symbol.iterator]() };
  };
  // A flow can be thousands of steps deep: deeper than the stack of functions.
  const explore = (id: string): void => {
    const path = [enter(id)];
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const { value: edge } = last.edges.next();
      if (!edge) {
        open.delete(last.id);
        path.pop();
      } else if (!seen.has(edge.to)) path.push(enter(edge.to));
      else if (open.has(edge.to) && edge.to !== edge.from) backward.add(edge);
    }
  };
  for (const { id } of nodes) if (!seen.has(id)) explore(id);
  return backward;
}
