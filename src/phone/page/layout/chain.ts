/** The steps that follow each other: below each other, and in columns if there are many. */
import type { Size } from "../text/viewport.ts";
import { type Block, inColumns, lineOf, type Point } from "./block.ts";
import { framed } from "./frame.ts";
import { FOLLOWS, stepBlock } from "./step-block.ts";
import type { Branch } from "./tree.ts";

/** Between two steps of a chain, without labels and around them; between two columns. */
const BETWEEN = 24;
const AROUND_LABELS = 22;
const BETWEEN_COLUMNS = 44;
const MOST_COLUMNS = 12;
/** A branch with this share of what is below a step follows it; the others hang from it. */
const HEAVY = 0.55;

/** What the blocks of a tree depend on. */
export interface Asked {
  window: Size;
  /** The ids of the open departments. */
  open: ReadonlySet<string>;
}

interface Link {
  branch: Branch;
  block: Block;
  /** The space above, for the line and its labels. */
  gap: number;
}

/** A branch of a tree: its first step, and all below. */
export function blockOf(branch: Branch, asked: Asked): Block {
  const { department } = branch;
  if (!department) return chainOf(branch, asked);
  const isOpen = asked.open.has(department.id);
  return framed(department, isOpen ? chainOf(branch, asked) : undefined);
}

function chainOf(first: Branch, asked: Asked): Block {
  const links: Link[] = [];
  for (let branch: Branch | undefined = first; branch; ) {
    const next: Branch | undefined = followerOf(branch);
    const others = branch.branches.filter((one) => one !== next);
    const block = stepBlock(branch, others, asked.window, (one) => blockOf(one, asked));
    links.push({ branch, block, gap: gapAbove(branch) });
    branch = next;
  }
  const columns = inColumns(
    links,
    links.length < 4 ? 1 : MOST_COLUMNS,
    asked.window,
    ({ gap, block }) => gap + block.height,
    sizeOf,
  );
  return {
    ...sizeOf(columns),
    entry: links[0]?.block.entry ?? 0,
    draw: (x, y, canvas) => drawChain(columns, x, y, canvas),
  };
}

function gapAbove({ edge }: Branch): number {
  return edge && edge.labelHeight > 0 ? edge.labelHeight + AROUND_LABELS : BETWEEN;
}

/** The branch that continues below its step. */
function followerOf({ branches }: Branch): Branch | undefined {
  const whole = branches.reduce((sum, { size }) => sum + size, 0);
  return branches.find(
    ({ edge, department, size }) => edge !== undefined && department === undefined && size >= whole * HEAVY,
  );
}

function sizeOf(columns: readonly Link[][]): Size {
  const widths = columns.map(widthOf);
  const heights = columns.map((column, index) => {
    const height = column.reduce((sum, { gap, block }) => sum + gap + block.height, 0);
    // The very first step has no line above it.
    return height - (index === 0 ? (column[0]?.gap ?? 0) : 0);
  });
  // Below the columns, lines turn to the next one.
  const turn = columns.length > 1 ? BETWEEN / 2 : 0;
  return {
    width: widths.reduce((sum, width) => sum + width + BETWEEN_COLUMNS, -BETWEEN_COLUMNS),
    height: Math.max(0, ...heights) + turn,
  };
}

function widthOf(column: readonly Link[]): number {
  return Math.max(0, ...column.map(({ block }) => block.width));
}

function drawChain(
  columns: readonly Link[][],
  x: number,
  y: number,
  canvas: Parameters<Block["draw"]>[2],
): void {
  const bottom = y + sizeOf(columns).height;
  let left = x;
  let before: Point | undefined;
  for (const [index, column] of columns.entries()) {
    let top = y - (index === 0 ? (column[0]?.gap ?? 0) : 0);
    for (const [
      place,
      {
        branch: { edge, node },
        block,
        gap,
      },
    ] of column.entries()) {
      const line = left + FOLLOWS;
      const box = top + gap + block.entry - node.height / 2;
      if (edge && before) {
        const turn: Point[] =
          place > 0
            ? []
            : [
                [before[0], bottom],
                [left - BETWEEN_COLUMNS / 2, bottom],
                [left - BETWEEN_COLUMNS / 2, y],
                [line, y],
              ];
        const at: Point = [line + 8 + edge.labelWidth / 2, top + gap - edge.labelHeight / 2 - 8];
        canvas.edges.push(lineOf(edge, [before, ...turn, [line, box]], at));
      }
      block.draw(left, top + gap, canvas);
      before = [line, box + node.height];
      top += gap + block.height;
    }
    left += widthOf(column) + BETWEEN_COLUMNS;
  }
}
