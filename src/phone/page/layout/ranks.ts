/** The ranks of a graph's nodes, from the top. */
import type { RankerFunction } from "@dagrejs/dagre";

type Ranked = Parameters<RankerFunction>[0];

/**
 * Ranks each node right below the lowest node that leads to it. dagre's own ranking also shortens lines, but takes most of
 * the time for a large flow, and its drawings are no narrower.
 */
export const rankFromTop: RankerFunction = (graph) => {
  const order = downward(graph);
  const ranks = new Map<string, number>();
  for (const id of order) {
    const above = graph.inEdges(id) ?? [];
    const rank = Math.max(
      0,
      ...above.map(({ v, w, name }) => (ranks.get(v) ?? 0) + length(graph, v, w, name)),
    );
    ranks.set(id, rank);
  }
  // What nothing leads to, such as the beginning of a side road, goes right above what it leads to.
  for (const id of order.toReversed()) {
    if (connections(graph.inEdges(id), graph).length > 0) continue;
    const below = connections(graph.outEdges(id), graph);
    if (below.length === 0) continue;
    ranks.set(
      id,
      Math.min(...below.map(({ v, w, name }) => (ranks.get(w) ?? 0) - length(graph, v, w, name))),
    );
  }
  for (const [id, rank] of ranks) graph.node(id).rank = rank;
};

type Ways = ReturnType<Ranked["inEdges"]>;

/** dagre holds the parts of a graph together by edges without weight. */
function connections(ways: Ways, graph: Ranked): NonNullable<Ways> {
  return (ways ?? []).filter(({ v, w, name }) => (graph.edge(v, w, name).weight ?? 0) > 0);
}

function length(graph: Ranked, from: string, to: string, name: string | undefined): number {
  return graph.edge(from, to, name).minlen ?? 1;
}

/** Every node after all that lead to it; the graph has no circle. */
function downward(graph: Ranked): string[] {
  const waiting = new Map(graph.nodes().map((id) => [id, graph.inEdges(id)?.length ?? 0]));
  const order = graph.nodes().filter((id) => waiting.get(id) === 0);
  for (const id of order) {
    for (const { w } of graph.outEdges(id) ?? []) {
      const left = (waiting.get(w) ?? 0) - 1;
      waiting.set(w, left);
      if (left === 0) order.push(w);
    }
  }
  return order;
}
