/** A step with its exits to its right, and the branches that it leads to below, in columns that hang from a common line. */
import type { GraphEdge } from "../contract/drawing.ts";
import type { Size } from "../text/viewport.ts";
import { type Block, type Canvas, inColumns, lineOf, type Point } from "./block.ts";
import type { Branch, Exit } from "./tree.ts";

/** The line to the steps that follow leaves a box here, and that to its branches here; from its left edge. */
export const FOLLOWS = 14;
const HANGS = 32;
/** Between a line and the labels on it. */
const BESIDE = 8;
/** The line before a box, for the arrowhead. */
const ARROW = 18;
const BETWEEN_EXITS = 6;
const BELOW_BOX = 22;
const BETWEEN_BRANCHES = 14;
const BETWEEN_COLUMNS = 30;
const MOST_COLUMNS = 8;

/** A branch below its step. */
interface Hung {
  branch: Branch;
  block: Block;
  /** From the common line to the box. */
  indent: number;
  /** From the top of its place to the block. */
  drop: number;
  height: number;
}

/**
 * A step with these branches.
 * @param blockOf the block of a branch
 */
export function stepBlock(
  branch: Branch,
  branches: readonly Branch[],
  window: Size,
  blockOf: (branch: Branch) => Block,
): Block {
  const { node, exits } = branch;
  const head = headOf(branch);
  const columns = inColumns(
    branches.map((one) => hung(one, blockOf(one))),
    MOST_COLUMNS,
    window,
    ({ height }) => height + BETWEEN_BRANCHES,
    (some) => sizeOf(head, some),
  );
  return {
    ...sizeOf(head, columns),
    entry: head.top + node.height / 2,
    draw(x, y, canvas) {
      const top = y + head.top;
      canvas.nodes.push({ ...node, x, y: top });
      drawExits(canvas, exits, [x + node.width, top + node.height / 2], y + head.exitsTop);
      let left = x;
      for (const column of columns) {
        drawColumn(canvas, column, [x + HANGS, top + node.height], [left + HANGS, y + head.height]);
        left += widthOf(column) + BETWEEN_COLUMNS;
      }
    },
  };
}

/** Draws exits below each other. @param from the middle of the box's right edge @param top of the first exit */
function drawExits(canvas: Canvas, exits: readonly Exit[], [right, middle]: Point, top: number): void {
  let exitTop = top;
  for (const { node: end, edge } of exits) {
    const height = heightOf({ node: end, edge });
    const at = exitTop + height / 2;
    const bend = right + 12;
    const far = bend + BESIDE + edge.labelWidth + ARROW;
    const points: Point[] = [
      [right, middle],
      [bend, middle],
      [bend, at],
      [far, at],
    ];
    canvas.edges.push(lineOf(edge, points, [bend + BESIDE + edge.labelWidth / 2, at]));
    canvas.nodes.push({ ...end, x: far, y: at - end.height / 2 });
    exitTop += height + BETWEEN_EXITS;
  }
}

/**
 * Draws branches that hang from a common line.
 * @param from the place on the box where the line begins
 * @param line the common line, from the bottom of the box's part
 */
function drawColumn(canvas: Canvas, column: readonly Hung[], from: Point, [line, bottom]: Point): void {
  let top = bottom + BELOW_BOX;
  for (const { branch, block, indent, drop, height } of column) {
    const { edge, node: first, arrives } = branch;
    const entry: Point = [line + indent, top + drop + block.entry];
    if (edge) drawHanging(canvas, edge, [from, [line, bottom + BELOW_BOX / 2], entry]);
    else if (arrives !== undefined) drawArrival(canvas, first.id, arrives, line, entry);
    block.draw(line + indent, top + drop, canvas);
    top += height + BETWEEN_BRANCHES;
  }
}

/** Draws the line to a branch: from the box, over the bend, down the common line and to the right. */
function drawHanging(
  canvas: Canvas,
  edge: GraphEdge,
  [from, [line, over], entry]: [Point, Point, Point],
): void {
  const [fromX] = from;
  const [, at] = entry;
  const bent: Point[] =
    line === fromX
      ? []
      : [
          [fromX, over],
          [line, over],
        ];
  const label: Point = [line + BESIDE + edge.labelWidth / 2, at];
  canvas.edges.push(lineOf(edge, [from, ...bent, [line, at], entry], label));
}

/** Draws a branch that hangs from no line, after a small node that says how many steps lead to it. */
function drawArrival(canvas: Canvas, to: string, arrives: number, x: number, entry: Point): void {
  const [, at] = entry;
  const id = arrivalId(to);
  canvas.nodes.push({ id, arrives, ...ARRIVAL, x, y: at - ARRIVAL.height / 2 });
  const own = { from: id, to, labels: [], labelWidth: 0, labelHeight: 0 };
  canvas.edges.push(lineOf(own, [[x + ARRIVAL.width, at], entry], [0, 0]));
}

/** The size of the small node that says how many steps lead to one that hangs from no line. */
const ARRIVAL = { width: 104, height: 26 };

function arrivalId(id: string): string {
  return `>${id}`;
}

function hung(branch: Branch, block: Block): Hung {
  const { labelWidth = ARRIVAL.width, labelHeight = 0 }: Partial<GraphEdge> = branch.edge ?? {};
  const isLabelled = branch.edge === undefined || branch.edge.labels.length > 0;
  const indent = isLabelled ? BESIDE + labelWidth + ARROW : BESIDE + ARROW;
  const drop = Math.max(0, labelHeight / 2 - block.entry);
  return {
    branch,
    block,
    indent,
    drop,
    height: Math.max(drop + block.height, block.entry + labelHeight / 2),
  };
}

/** The part of the block with the box and its exits. */
interface Head extends Size {
  top: number;
  exitsTop: number;
}

function headOf({ node, exits }: Branch): Head {
  const heights = exits.map(heightOf);
  const all = heights.reduce((sum, height) => sum + height + BETWEEN_EXITS, -BETWEEN_EXITS);
  const height = Math.max(node.height, all);
  const widths = exits.map(({ node: end, edge }) => 12 + BESIDE + edge.labelWidth + ARROW + end.width);
  // Many exits begin at the top, next to the box.
  const isFew = exits.length <= 2;
  return {
    width: node.width + Math.max(0, ...widths),
    height,
    top: isFew ? (height - node.height) / 2 : 0,
    exitsTop: isFew ? (height - all) / 2 : 0,
  };
}

function heightOf({ node, edge }: Exit): number {
  return Math.max(node.height, edge.labelHeight);
}

function sizeOf(head: Head, columns: readonly Hung[][]): Size {
  const widths = columns.map((column) => widthOf(column) + BETWEEN_COLUMNS);
  const heights = columns.map((column) =>
    column.reduce((sum, { height }) => sum + height + BETWEEN_BRANCHES, 0),
  );
  const below = Math.max(0, ...heights);
  return {
    width: Math.max(
      head.width,
      widths.reduce((sum, width) => sum + width, -BETWEEN_COLUMNS),
    ),
    height: head.height + (below === 0 ? 0 : BELOW_BOX + below - BETWEEN_BRANCHES),
  };
}

function widthOf(column: readonly Hung[]): number {
  return HANGS + Math.max(0, ...column.map(({ indent, block }) => indent + block.width));
}
