/** Lines from a node to itself, at its right side. */
import type { DrawnEdge, DrawnNode, Graph } from "../contract/drawing.ts";

type Edge = Graph["edges"][number];

/** Half of the way up, how far out, and from there to the labels; in pixels. */
const HALF = 8;
const OUT = 14;
const TO_LABEL = 4;

/** The room at the right side of a node for its loops and their labels, in pixels. */
export function roomForLoops(loops: readonly Edge[]): number {
  return loops.reduce((sum, { labelWidth }) => sum + OUT + TO_LABEL + labelWidth, 0);
}

/** The shape of one of a node's loops: each further one is around those before it. */
export function loopOf(
  edge: Edge,
  { x, y, width, height }: DrawnNode,
  loops: ReadonlyMap<string, readonly Edge[]>,
): Pick<DrawnEdge, "points" | "labelAt"> {
  const all = loops.get(edge.from) ?? [];
  const index = all.indexOf(edge);
  const border = x + width;
  const far = border + roomForLoops(all.slice(0, index)) + OUT;
  const middle = y + height / 2;
  const half = HALF * (index + 1);
  return {
    points: [
      [border, middle - half],
      [far, middle - half],
      [far, middle + half],
      [border, middle + half],
    ],
    ...(edge.labels.length > 0 && { labelAt: [far + TO_LABEL + edge.labelWidth / 2, middle] }),
  };
}
