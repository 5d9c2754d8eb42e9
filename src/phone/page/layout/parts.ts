/** The parts of a graph that no line connects: each is laid out on its own, and the small ones go below the first. */
import type { Drawing, DrawnEdge, Graph } from "../contract/drawing.ts";

/** Nodes and lines in their places. */
export type Laid = Omit<Drawing, "departments">;

/** Around everything, and between parts; in pixels. */
const PADDING = 16;
const BETWEEN = 40;

/** The parts of a graph, in the order of its nodes. */
export function partsOf({ nodes, edges }: Graph): Graph[] {
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const partOf = new Map<string, number>();
  let parts = 0;
  for (const { id } of nodes) {
    if (partOf.has(id)) continue;
    const found = [id];
    for (const one of found) {
      if (partOf.has(one)) continue;
      partOf.set(one, parts);
      found.push(...(neighbours.get(one) ?? []));
    }
    parts++;
  }
  const nodesOf = Map.groupBy(nodes, ({ id }) => partOf.get(id));
  const edgesOf = Map.groupBy(edges, ({ from }) => partOf.get(from));
  return Array.from({ length: parts }, (_, part) => ({
    nodes: nodesOf.get(part) ?? [],
    edges: edgesOf.get(part) ?? [],
  }));
}

/** Puts the drawings of a graph's parts together, the first on top, the others in rows as wide as it. */
export function joined(graph: Graph, parts: readonly Laid[]): Laid {
  const widest = Math.max(0, ...parts.map((part) => extentOf(part, graph).width));
  const row = { x: PADDING, y: PADDING, height: 0 };
  const moved = parts.map((part, index) => {
    const { left, width } = extentOf(part, graph);
    if (index === 1 || row.x + width > PADDING + widest) {
      row.x = PADDING;
      row.y += row.height === 0 ? 0 : row.height + BETWEEN;
      row.height = 0;
    }
    const placed = movedBy(part, row.x - left, row.y);
    row.x += width + BETWEEN;
    row.height = Math.max(row.height, part.height);
    return placed;
  });
  const order = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const nodes = moved.flatMap((part) => part.nodes);
  return {
    width: Math.ceil(widest + 2 * PADDING),
    height: Math.ceil(row.y + row.height + PADDING),
    nodes: nodes.sort((one, two) => (order.get(one.id) ?? 0) - (order.get(two.id) ?? 0)),
    edges: moved.flatMap((part) => part.edges),
  };
}

/** From the left end of what is drawn to its right end. */
function extentOf({ nodes, edges }: Laid, graph: Graph): { left: number; width: number } {
  const widths = new Map(graph.edges.map((edge) => [keyOf(edge), edge.labelWidth]));
  const ends = [
    ...nodes.flatMap(({ x, width }) => [x, x + width]),
    ...edges.flatMap(({ points }) => points.map(([x]) => x)),
    ...edges.flatMap((edge) => {
      const half = (widths.get(keyOf(edge)) ?? 0) / 2;
      return edge.labelAt ? [edge.labelAt[0] - half, edge.labelAt[0] + half] : [];
    }),
  ];
  if (ends.length === 0) return { left: 0, width: 0 };
  const [left, right] = ends.reduce(
    ([least, most], x) => [Math.min(least, x), Math.max(most, x)],
    [Infinity, -Infinity],
  );
  return { left, width: right - left };
}

function keyOf({ from, to, sideRoad }: Pick<DrawnEdge, "from" | "to" | "sideRoad">): string {
  return JSON.stringify([from, to, sideRoad]);
}

type Point = DrawnEdge["points"][number];

function movedBy(drawing: Laid, right: number, down: number): Laid {
  const move = ([x, y]: Point): Point => [rounded(x + right), rounded(y + down)];
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => {
      const [x, y] = move([node.x, node.y]);
      return { ...node, x, y };
    }),
    edges: drawing.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(move),
      ...(edge.labelAt && { labelAt: move(edge.labelAt) }),
    })),
  };
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
