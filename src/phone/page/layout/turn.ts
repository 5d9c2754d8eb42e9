/** Layouts from left to right: those from the top down, mirrored at the diagonal. */
import type { DrawnEdge, Graph } from "../contract/drawing.ts";
import type { Laid } from "./parts.ts";

type Sized = { width: number; height: number };

/** A graph whose nodes and labels are as wide as they were high. */
export function turned({ nodes, edges, ...graph }: Graph): Graph {
  return {
    ...graph,
    nodes: nodes.map((node) => ({ ...node, ...sides(node) })),
    edges: edges.map((edge) => ({ ...edge, labelWidth: edge.labelHeight, labelHeight: edge.labelWidth })),
  };
}

/** A layout of a turned graph, turned back. */
export function turnedBack({ nodes, edges, ...laid }: Laid): Laid {
  return {
    ...sides(laid),
    nodes: nodes.map((node) => ({ ...node, ...sides(node), x: node.y, y: node.x })),
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(mirrored),
      ...(edge.labelAt && { labelAt: mirrored(edge.labelAt) }),
    })),
  };
}

function sides({ width, height }: Sized): Sized {
  return { width: height, height: width };
}

function mirrored([x, y]: DrawnEdge["points"][number]): DrawnEdge["points"][number] {
  return [y, x];
}
