/** A graph's layout by ELK, in layers from the top: the positions of nodes, lines and labels. */
import ElkConstructor, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import type { Drawing, DrawnEdge } from "../../phone/page/contract.ts";
import type { Graph } from "./graph.ts";

// https://eclipse.dev/elk/reference/options.html
const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.padding": "[top=16,left=16,bottom=16,right=16]",
  "elk.spacing.nodeNode": "28",
  "elk.spacing.edgeNode": "18",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.edgeLabel": "4",
  "elk.layered.spacing.nodeNodeBetweenLayers": "36",
  "elk.layered.spacing.edgeNodeBetweenLayers": "18",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
  // An exit's label is near the step that it leaves, even if its line is long.
  "elk.layered.edgeLabels.centerLabelPlacementStrategy": "TAIL_LAYER",
  // Where ELK is free to choose, the order in the file decides.
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  // Side roads of the whole call, which have no connection to its steps, go below them.
  "elk.layered.considerModelOrder.components": "MODEL_ORDER",
  "elk.spacing.componentComponent": "40",
  "elk.aspectRatio": "0.7",
};

/** Lays out a graph. Takes about a second for 300 nodes, so it belongs in a thread. */
export async function layOut(graph: Graph): Promise<Drawing> {
  const {
    children = [],
    edges = [],
    width = 0,
    height = 0,
  } = await new ElkConstructor().layout(elkGraph(graph));
  const places = new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: graph.nodes.map((node) => ({ ...node, ...roundedPlace(places.get(node.id)) })),
    edges: graph.edges.flatMap(({ from, to, labels, sideRoad }, index) => {
      const points = pointsOf(edges[index]);
      const labelAt = middleOf(edges[index]);
      return points.length < 2
        ? []
        : [{ from, to, labels, ...(sideRoad && { sideRoad }), points, ...(labelAt && { labelAt }) }];
    }),
  };
}

function elkGraph({ nodes, edges }: Graph): ElkNode {
  return {
    id: "flow",
    layoutOptions: OPTIONS,
    children: nodes.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges.map(({ from, to, labels, labelWidth, labelHeight }, index) => ({
      id: `exit ${index}`,
      sources: [from],
      targets: [to],
      labels: labels.length > 0 ? [{ text: labels.join(", "), width: labelWidth, height: labelHeight }] : [],
    })),
  };
}

type Point = DrawnEdge["points"][number];

function pointsOf(edge: ElkExtendedEdge | undefined): Point[] {
  const sections = edge?.sections ?? [];
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  return points.map(({ x, y }) => [rounded(x), rounded(y)]);
}

function middleOf(edge: ElkExtendedEdge | undefined): Point | undefined {
  const [label] = edge?.labels ?? [];
  if (!label) return undefined;
  const { x = 0, y = 0, width = 0, height = 0 } = label;
  return [rounded(x + width / 2), rounded(y + height / 2)];
}

function roundedPlace({ x, y } = { x: 0, y: 0 }): { x: number; y: number } {
  return { x: rounded(x), y: rounded(y) };
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
