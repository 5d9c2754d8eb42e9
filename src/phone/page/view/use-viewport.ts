/** The viewport of a diagram: its start, and how it moves. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Department, Drawing, DrawnNode } from "../contract/drawing.ts";
import type { FlowView } from "../contract/flow.ts";
import { middle } from "../text/neighbour.ts";
import {
  centre,
  fitted,
  READABLE,
  type Size,
  sees,
  startingAt,
  type Viewport,
  zoom,
} from "../text/viewport.ts";
import { usePointers } from "./use-pointers.ts";

/** What the viewport shows and follows. */
interface Sights {
  flow: FlowView;
  drawing: Drawing;
  frame: { current: HTMLDivElement | null };
  size: Size;
  /** The caller's step, or the step that a text message reached. */
  at: string | undefined;
  /** The step that was chosen. */
  selected: string | undefined;
  /** The viewport follows the caller. */
  follows: boolean;
  setFollows(follows: boolean): void;
}

/** The viewport and the ways to move it. Moved by hand, it no longer follows the caller. */
export interface DiagramWindow {
  view: Viewport;
  /** Moves to a step unless it is visible; keeps the scale unless it is below `least`. */
  show(node: DrawnNode, least?: number): void;
  zoomBy(factor: number): void;
  /** The whole diagram if it can be read so, else its start; the second time in a row, the whole in any case. */
  fitAll(): void;
  /** Keeps a department where it is while it opens or folds. */
  hold(department: Department): void;
  /** The step that is about to be chosen is in view, and stays where it is. */
  keep(step: string): void;
}

/** Looks at a diagram. */
export function useViewport({
  flow,
  drawing,
  frame,
  size,
  at,
  selected,
  follows,
  ...to
}: Sights): DiagramWindow {
  const [moved, setMoved] = useState<Viewport>();
  const start = drawing.nodes.find(({ id }) => id === flow.start);
  const view = moved ?? startingAt(start, drawing, size);
  const move = (place: Viewport): void => {
    to.setFollows(false);
    setMoved(place);
  };
  const latest = useRef({ view, move });
  latest.current = { view, move };
  usePointers(frame, latest);
  const held = useRef<Department | undefined>(undefined);
  const kept = useRef<string | undefined>(undefined);
  const show = (node: DrawnNode, least = 0): void => {
    if (!sees(view, size, node)) move(centre(view, size, middle(node), least));
  };

  useLayoutEffect(() => {
    const before = held.current;
    held.current = undefined;
    const after = before && drawing.departments.find(({ id }) => id === before.id);
    if (!before || !after) return;
    const { scale } = view;
    setMoved({
      scale,
      x: view.x + (before.x - after.x) * scale,
      y: view.y + (before.y - after.y) * scale,
    });
  }, [drawing]);

  useEffect(() => {
    const node = drawing.nodes.find(({ id }) => id === at);
    if (!follows || !node || (sees(view, size, node) && view.scale >= READABLE.least)) return;
    setMoved(centre(view, size, middle(node), READABLE.well));
  }, [at, follows, size.width, drawing]);

  const isShown = drawing.nodes.some(({ id }) => id === selected);
  useEffect(() => {
    const node = drawing.nodes.find(({ id }) => id === selected);
    const isKept = kept.current === selected;
    kept.current = undefined;
    // Chosen from a list, it goes to the middle.
    if (node && !isKept) move(centre(view, size, middle(node), READABLE.well));
  }, [selected, isShown]);

  return {
    view,
    show,
    zoomBy: (factor) => move(zoom(view, factor, { x: size.width / 2, y: size.height / 2 })),
    fitAll: () => {
      const isFitted = moved === undefined;
      to.setFollows(false);
      setMoved(isFitted ? fitted(drawing, size) : undefined);
    },
    hold: (department) => {
      held.current = department;
      to.setFollows(false);
      setMoved(latest.current.view);
    },
    keep: (step) => {
      kept.current = step;
    },
  };
}
