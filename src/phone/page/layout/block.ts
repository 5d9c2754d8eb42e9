/** Rectangles of a drawing, and the columns that fill a window with them. All in pixels. */
import type { Department, Drawing, DrawnEdge, DrawnNode, GraphEdge } from "../contract/drawing.ts";
import type { Size } from "../text/viewport.ts";

/** What is drawn so far. */
export interface Canvas {
  nodes: DrawnNode[];
  edges: DrawnEdge[];
  departments: Department[];
}

/** A part of a drawing that has a place of its own. */
export interface Block extends Size {
  /** The middle of its first box, from its upper edge. */
  entry: number;
  draw(x: number, y: number, canvas: Canvas): void;
}

/** A point of a drawing. */
export type Point = DrawnEdge["points"][number];

/** The canvas as a drawing with a margin. */
export function drawingOf({ width, height, draw }: Block, margin: number): Drawing {
  const canvas: Canvas = { nodes: [], edges: [], departments: [] };
  draw(margin, margin, canvas);
  return { width: Math.ceil(width + 2 * margin), height: Math.ceil(height + 2 * margin), ...canvas };
}

/** A line as it is drawn, without points that repeat. */
export function lineOf(
  { labelWidth: _width, labelHeight: _height, ...edge }: GraphEdge,
  points: readonly Point[],
  labelAt: Point,
): DrawnEdge {
  const corners = points.filter(([x, y], at) => x !== points[at - 1]?.[0] || y !== points[at - 1]?.[1]);
  return { ...edge, points: corners, ...(edge.labels.length > 0 && { labelAt }) };
}

/**
 * Splits a list into columns of about the same height: as many as fit the window best.
 * @param heightOf the height of an element with its space
 * @param measure the size of some columns
 */
export function inColumns<T>(
  list: readonly T[],
  most: number,
  window: Size,
  heightOf: (element: T) => number,
  measure: (columns: readonly T[][]) => Size,
): T[][] {
  let best: { columns: T[][]; share: number } = { columns: [[...list]], share: Infinity };
  for (let count = 1; count <= Math.min(most, list.length); count++) {
    const columns = split(list, count, heightOf);
    const { width, height } = measure(columns);
    const share = Math.max(width / window.width, height / window.height);
    // Fewer columns are easier to follow.
    if (share < best.share * 0.95) best = { columns, share };
  }
  return best.columns;
}

function split<T>(list: readonly T[], count: number, heightOf: (element: T) => number): T[][] {
  const whole = list.reduce((sum, element) => sum + heightOf(element), 0);
  const columns: T[][] = [];
  let above = 0;
  for (const element of list) {
    // A column takes what begins in its share, by the middle.
    const middle = above + heightOf(element) / 2;
    const column = Math.min(count - 1, Math.floor((middle / Math.max(1, whole)) * count));
    columns[column] = [...(columns[column] ?? []), element];
    above += heightOf(element);
  }
  return columns.filter((column) => column.length > 0);
}
