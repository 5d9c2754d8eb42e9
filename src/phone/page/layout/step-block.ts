/** A step with its exits to its right, and the branches that it leads to below, in columns that hang from a common line. */
import type { GraphEdge } from "../contract/drawing.ts";
import type { Size } from "../text/viewport.ts";
import { type Block, inColumns, lineOf, type Point } from "./block.ts";
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
      drawExits(x + node.width, y, top + node.height / 2);
      let left = x;
      for (const column of columns) {
        drawColumn(column, left, [x + HANGS, top + node.height]);
        left += widthOf(column) + BETWEEN_COLUMNS;
      }

      function drawExits(right: number, above: number, middle: number): void {
        let exitTop = above + head.exitsTop;
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

      function drawColumn(column: readonly Hung[], left: number, [fromX, fromY]: Point): void {
        let top = y + head.height + BELOW_BOX;
        const line = left + HANGS;
        const over = y + head.height + BELOW_BOX / 2;
        for (const {
          branch: { edge, node: first, arrives },
          block,
          indent,
          drop,
          height,
        } of column) {
          const at = top + drop + block.entry;
          if (edge) {
            const points: Point[] = [
              [fromX, fromY],
              [fromX, over],
              [line, over],
              [line, at],
              [line + indent, at],
            ];
            const straight =
              line === fromX ? points.filter((_, index) => index !== 1 && index !== 2) : points;
            canvas.edges.push(lineOf(edge, straight, [line + BESIDE + edge.labelWidth / 2, at]));
          } else if (arrives !== undefined) {
            const id = arrivalId(first.id);
            canvas.nodes.push({ id, arrives, ...ARRIVAL, x: line, y: at - ARRIVAL.height / 2 });
            const own = { from: id, to: first.id, labels: [], labelWidth: 0, labelHeight: 0 };
            canvas.edges.push(
              lineOf(
                own,
                [
                  [line + ARRIVAL.width, at],
                  [line + indent, at],
                ],
                [0, 0],
              ),
            );
          }
          block.draw(line + indent, top + drop, canvas);
          top += height + BETWEEN_BRANCHES;
        }
      }
    },
  };
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
