/** A flow's layout in a window: of all shapes the one that is read best there. */
import type { Drawing, Graph } from "../contract/drawing.ts";
import { fitted, READABLE, type Size } from "../text/viewport.ts";
import { type Block, drawingOf, inColumns } from "./block.ts";
import { blockOf } from "./chain.ts";
import { isStep } from "./departments.ts";
import { layFlat } from "./flat.ts";
import { type Branch, treesOf } from "./tree.ts";

/** What a layout is for. */
export interface Asked {
  window: Size;
  /** The ids of the open departments. If left out: all if they can be read in the window, otherwise none. */
  open?: readonly string[];
}

/** A flow with more steps is drawn as a tree: its lines could not be followed. */
const SMALL = 16;
/** A shape that is this much larger is worth its longer lines. */
const CLEARLY = 1.15;
/** The parts of the window that columns are tried for. */
const SHARES = [
  { across: 1, down: 1 },
  { across: 1, down: 0.75 },
  { across: 1, down: 0.5 },
  { across: 0.75, down: 1 },
  { across: 0.5, down: 1 },
  { across: 1, down: 0.3 },
];
const MARGIN = 16;
const BETWEEN_TREES = 40;

/** Lays out a flow. */
export function layOut(graph: Graph, { window, open }: Asked): Drawing {
  const trees = treesOf(graph);
  if (graph.nodes.filter(isStep).length <= SMALL) return smallest(graph, trees, window);
  const draw = (ids: readonly string[]): Drawing => bestForest(trees, window, new Set(ids));
  if (open) return draw(open);
  const whole = draw(trees.flatMap(departmentsIn));
  return fitted(whole, window).scale >= READABLE.least ? whole : draw([]);
}

/** From the top down or from left to right, whichever is larger in the window; a tree if neither can be read there. */
function smallest(graph: Graph, trees: readonly Branch[], window: Size): Drawing {
  const down: Drawing = { ...layFlat(graph, false), departments: [] };
  if (scaleOf(down, window) >= 1) return down;
  const across: Drawing = { ...layFlat(graph, true), departments: [] };
  const layers = scaleOf(across, window) > scaleOf(down, window) * CLEARLY ? across : down;
  if (scaleOf(layers, window) >= READABLE.well) return layers;
  const tree = bestForest(trees, window, new Set());
  return scaleOf(tree, window) > scaleOf(layers, window) * CLEARLY ? tree : layers;
}

/** Columns are made for the window, before it is known how much of it they get. */
function bestForest(trees: readonly Branch[], window: Size, open: ReadonlySet<string>): Drawing {
  const drawings = SHARES.map(({ across, down }) => {
    const part = { width: window.width * across, height: window.height * down };
    return drawingOf(forest(trees, { window: part, open }), MARGIN);
  });
  const [first, ...others] = drawings;
  return others.reduce(
    (best, one) => (scaleOf(one, window) > scaleOf(best, window) * 1.02 ? one : best),
    first ?? { width: 0, height: 0, nodes: [], edges: [], departments: [] },
  );
}

function scaleOf({ width, height }: Size, window: Size): number {
  return Math.min(window.width / Math.max(1, width), window.height / Math.max(1, height));
}

/** The ids of all departments. */
function departmentsIn({ department, branches }: Branch): string[] {
  return [...(department ? [department.id] : []), ...branches.flatMap(departmentsIn)];
}

/** The tree of the start, and below it the others next to each other. */
function forest([main, ...others]: readonly Branch[], asked: Parameters<typeof blockOf>[1]): Block {
  const blocks = others.map((tree) => blockOf(tree, asked));
  const first = main ? blockOf(main, asked) : { width: 0, height: 0, entry: 0, draw: () => undefined };
  const heightOf = ({ height }: Block): number => height + BETWEEN_TREES;
  const size = (columns: readonly Block[][]): Size => ({
    width: columns.reduce((sum, column) => sum + widthOf(column) + BETWEEN_TREES, -BETWEEN_TREES),
    height: Math.max(0, ...columns.map((column) => column.reduce((sum, one) => sum + heightOf(one), 0))),
  });
  const whole = (columns: readonly Block[][]): Size => ({
    width: Math.max(first.width, size(columns).width),
    height: first.height + size(columns).height,
  });
  const columns = inColumns(blocks, 8, asked.window, heightOf, whole);
  return {
    ...(blocks.length === 0 ? { width: first.width, height: first.height } : whole(columns)),
    entry: first.entry,
    draw(x, y, canvas) {
      first.draw(x, y, canvas);
      let left = x;
      for (const column of blocks.length === 0 ? [] : columns) {
        let top = y + first.height + BETWEEN_TREES;
        for (const block of column) {
          block.draw(left, top, canvas);
          top += heightOf(block);
        }
        left += widthOf(column) + BETWEEN_TREES;
      }
    },
  };
}

function widthOf(column: readonly Block[]): number {
  return Math.max(0, ...column.map(({ width }) => width));
}
