/** Puts a graph's nodes and labels into layers from the top, by dagre; the lines between them get their ways in `lanes.ts`. */
import { Graph as DagreGraph, layout } from "@dagrejs/dagre";
import type { Graph } from "../contract/drawing.ts";
import { backwardEdges } from "./cycles.ts";
import { rankFromTop } from "./ranks.ts";

/** Where a line passes a layer: at a node, at a label, or between them. Lengths are in pixels. */
export interface Stop {
  layer: number;
  /** The middle. */
  x: number;
  /** A line may pass anywhere from here … */
  left: number;
  /** … to here. */
  right: number;
}

/** A node, or a line's labels. */
export interface Box extends Stop {
  width: number;
  height: number;
}

/** The way of an edge from a layer to a lower one. */
export interface Line {
  /** From the upper node to the lower one. */
  stops: Stop[];
  label?: Box;
  /** The edge leads up: it goes from the last stop to the first. */
  upward: boolean;
}

/** A graph in layers. */
export interface Layers {
  nodes: ReadonlyMap<string, Box>;
  /** One for each edge; none for an edge from a node to itself. */
  lines: (Line | undefined)[];
  /** The height of each layer. */
  heights: number[];
}

type Edge = Graph["edges"][number];
type Laid = DagreGraph<object, Node, Way>;
interface Node {
  width: number;
  height: number;
  x?: number;
  y?: number;
}
interface Way {
  weight: number;
  points?: { x: number; y: number }[];
}

const BETWEEN_NODES = 26;
const BETWEEN_LINES = 14;
/** No line touches a node closer to its corner. */
const CORNER = 14;

/**
 * @param roomBeside the room that a node needs at its right side, for lines to itself
 */
export function layersOf(graph: Graph, roomBeside: (id: string) => number): Layers {
  const upward = backwardEdges(graph);
  const laid: Laid = new DagreGraph({ multigraph: true });
  laid.setGraph({ nodesep: BETWEEN_NODES, edgesep: BETWEEN_LINES, ranker: rankFromTop });
  for (const { id, width, height } of graph.nodes) {
    laid.setNode(id, { width: width + roomBeside(id), height });
  }
  for (const [index, edge] of graph.edges.entries()) addEdge(laid, edge, index, upward.has(edge));
  layout(laid);
  if (readsBackwards(graph, laid)) mirror(laid);
  const layerAt = layersByHeight(laid);
  const boxes = new Map(laid.nodes().map((id) => [id, boxOf(laid.node(id), layerAt)]));
  const nodes = new Map(graph.nodes.map(({ id, width }) => [id, narrowed(boxes.get(id), width)]));
  const stops = (from: string, to: string) => stopsBetween(laid, from, to, layerAt);
  return {
    nodes,
    heights: heightsOf([...boxes.values()]),
    lines: graph.edges.map((edge, index) => {
      if (edge.from === edge.to) return undefined;
      const [from, to] = upward.has(edge) ? [edge.to, edge.from] : [edge.from, edge.to];
      const label = boxes.get(labelName(index));
      const between = label
        ? [...stops(from, labelName(index)), label, ...stops(labelName(index), to)]
        : stopsBetween(laid, from, to, layerAt, edgeName(index));
      const ends = [nodes.get(from), nodes.get(to)] as const;
      const all = [ends[0], ...between, ends[1]].filter((stop) => stop !== undefined);
      return { stops: all, upward: upward.has(edge), ...(label && { label }) };
    }),
  };
}

// A label is a node of its own, so that it is close to the step that the line leaves, however long the line is.
const labelName = (index: number): string => `\0label ${index}`;
const edgeName = (index: number): string => `edge ${index}`;

function addEdge(
  laid: Laid,
  { from, to, labels, labelWidth, labelHeight }: Edge,
  index: number,
  isUpward: boolean,
): void {
  if (from === to) return;
  const [upper, lower] = isUpward ? [to, from] : [from, to];
  if (labels.length === 0) {
    laid.setEdge(upper, lower, { weight: 2 }, edgeName(index));
    return;
  }
  const label = labelName(index);
  laid.setNode(label, { width: labelWidth, height: labelHeight });
  laid.setEdge(upper, label, { weight: isUpward ? 1 : 4 });
  laid.setEdge(label, lower, { weight: isUpward ? 4 : 1 });
}

/** Whether more exits of a step are to the right of the next one in the file than to its left. */
function readsBackwards({ edges }: Graph, laid: Laid): boolean {
  const placed = edges.map(({ from, to }, index) => {
    const first = laid.hasNode(labelName(index)) ? labelName(index) : to;
    return { from, x: laid.node(first).x ?? 0 };
  });
  const order = placed.map(({ from, x }, index) => {
    const next = placed[index + 1];
    return next?.from === from ? Math.sign(next.x - x) : 0;
  });
  return order.reduce<number>((sum, sign) => sum + sign, 0) < 0;
}

function mirror(laid: Laid): void {
  const turned = (point: { x?: number }): void => {
    point.x = -(point.x ?? 0);
  };
  for (const id of laid.nodes()) turned(laid.node(id));
  for (const edge of laid.edges()) laid.edge(edge).points?.forEach(turned);
}

/** The number of the layer at a height, from the top; undefined between two layers, where only lines pass. */
type LayerAt = (y: number) => number | undefined;

function layersByHeight(laid: Laid): LayerAt {
  const heights = [...new Set(laid.nodes().map((id) => Math.round(laid.node(id).y ?? 0)))];
  heights.sort((a, b) => a - b);
  const layers = new Map(heights.map((height, layer) => [height, layer]));
  return (y) => layers.get(Math.round(y));
}

function boxOf({ x = 0, y = 0, width, height }: Node, layerAt: LayerAt): Box {
  return { layer: layerAt(y) ?? 0, x, left: x, right: x, width, height };
}

/** A node without the room beside it. */
function narrowed(box: Box | undefined, width: number): Box {
  const { layer = 0, x = 0, width: whole = width, height = 0 } = box ?? {};
  const left = x - whole / 2;
  const corner = Math.min(CORNER, width / 2);
  return { layer, x: left + width / 2, left: left + corner, right: left + width - corner, width, height };
}

function stopsBetween(laid: Laid, from: string, to: string, layerAt: LayerAt, name?: string): Stop[] {
  // The first and the last point are on the borders of the nodes.
  const points = laid.edge(from, to, name)?.points?.slice(1, -1) ?? [];
  return points.flatMap(({ x, y }) => {
    const layer = layerAt(y);
    return layer === undefined ? [] : [{ layer, x, left: x, right: x }];
  });
}

function heightsOf(boxes: readonly Box[]): number[] {
  const heights: number[] = [];
  for (const { layer, height } of boxes) heights[layer] = Math.max(heights[layer] ?? 0, height);
  return heights;
}
