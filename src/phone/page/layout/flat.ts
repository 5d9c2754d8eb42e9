/** The layout of a graph without departments, in layers: the positions of nodes, lines and labels. */
import type { DrawnEdge, DrawnNode, Graph } from "../contract/drawing.ts";
import { isStraight, type Passage, passagesOf } from "./lanes.ts";
import { type Layers, type Line, layersOf } from "./layers.ts";
import { loopOf, roomForLoops } from "./loops.ts";
import { joined, type Laid, partsOf } from "./parts.ts";
import { turned, turnedBack } from "./turn.ts";

/** Between two layers: the least, what is free above the lanes and below them, and between two lanes. In pixels. */
const LEAST = 22;
const ABOVE = 8;
const BELOW = 18;
const BETWEEN_LANES = 10;

/**
 * Lays out a graph in layers.
 * @param isAcross from left to right instead of from the top down
 */
export function layFlat(graph: Graph, isAcross: boolean): Laid {
  const upright = isAcross ? turned(graph) : graph;
  const laid = joined(upright, partsOf(upright).map(drawPart));
  return isAcross ? turnedBack(laid) : laid;
}

function drawPart(graph: Graph): Laid {
  const loops = Map.groupBy(
    graph.edges.filter(({ from, to }) => from === to),
    ({ from }) => from,
  );
  const layers = layersOf(graph, (id) => roomForLoops(loops.get(id) ?? []));
  const passages = passagesOf(layers.lines, layers.nodes.values());
  const levels = levelsOf(layers, passages);
  const nodes = graph.nodes.map((node): DrawnNode => {
    const { layer = 0, x = 0 } = layers.nodes.get(node.id) ?? {};
    return { ...node, x: x - node.width / 2, y: (levels[layer]?.middle ?? 0) - node.height / 2 };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = graph.edges.flatMap((edge, index) => {
    const [line, way, from] = [layers.lines[index], passages[index], byId.get(edge.from)];
    if (!from) return [];
    const shape = line && way ? shapeOf(line, way, levels, byId, edge) : loopOf(edge, from, loops);
    const { labelWidth: _width, labelHeight: _height, ...drawn } = edge;
    return [{ ...drawn, ...shape }];
  });
  return { width: 0, height: levels.at(-1)?.bottom ?? 0, nodes, edges };
}

/** A layer's heights; `lanes` is that of the highest lane below it. */
interface Level {
  top: number;
  middle: number;
  bottom: number;
  lanes: number;
}

function levelsOf({ heights }: Layers, passages: readonly (Passage[] | undefined)[]): Level[] {
  const most: number[] = [];
  for (const passage of passages.flatMap((one) => one ?? [])) {
    const { layer } = passage.from;
    if (!isStraight(passage)) most[layer] = Math.max(most[layer] ?? 0, passage.lane + 1);
  }
  let top = 0;
  return heights.map((height, layer) => {
    const bottom = top + height;
    const level = { top, middle: top + height / 2, bottom, lanes: bottom + ABOVE };
    top = bottom + Math.max(LEAST, ABOVE + BELOW + ((most[layer] ?? 1) - 1) * BETWEEN_LANES);
    return level;
  });
}

type Point = DrawnEdge["points"][number];

function shapeOf(
  { upward, label, stops }: Line,
  way: readonly Passage[],
  levels: readonly Level[],
  nodes: ReadonlyMap<string, DrawnNode>,
  { from, to }: Pick<DrawnEdge, "from" | "to">,
): Pick<DrawnEdge, "points" | "labelAt"> {
  const [upper, lower] = [nodes.get(upward ? to : from), nodes.get(upward ? from : to)];
  const points = way.flatMap((passage): Point[] => {
    const [above, below] = [levels[passage.from.layer], levels[passage.to.layer]];
    if (!above || !below || !upper || !lower) return [];
    const begin = passage.from === stops[0] ? upper.y + upper.height : above.top;
    const end = passage.to === stops.at(-1) ? lower.y : below.top;
    const lane = above.lanes + passage.lane * BETWEEN_LANES;
    const sideways: Point[] = isStraight(passage)
      ? []
      : [
          [passage.x, lane],
          [passage.toX, lane],
        ];
    return [[passage.x, begin], ...sideways, [passage.toX, end]];
  });
  const corners = cornersOf(points);
  const labelAt: Point | undefined = label && [label.x, levels[label.layer]?.middle ?? 0];
  return { points: upward ? corners.reverse() : corners, ...(labelAt && { labelAt }) };
}

/** The ends and the corners of a line: no point on the way from one to the next. */
function cornersOf(points: readonly Point[]): Point[] {
  const corners: Point[] = [];
  for (const point of points) {
    const [one, two] = corners.slice(-2);
    if (one && two && isBetween(one, two, point)) corners.pop();
    corners.push(point);
  }
  return corners;
}

function isBetween(before: Point, [x, y]: Point, after: Point): boolean {
  const near = (one: number, two: number): boolean => Math.abs(one - two) < 1;
  return (near(before[0], x) && near(x, after[0])) || (near(before[1], y) && near(y, after[1]));
}
