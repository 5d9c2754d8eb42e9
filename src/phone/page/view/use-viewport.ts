/** The viewport of a diagram: its start, and how it moves. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Drawing, DrawnNode, FlowView } from "../contract.ts";
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
export interface Sights {
  flow: FlowView;
  drawing: Drawing;
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
  frame: { current: HTMLDivElement | null };
  view: Viewport;
  /** Moves to a step unless it is visible; keeps the scale unless it is below `least`. */
  show(node: DrawnNode, least?: number): void;
  zoomBy(factor: number): void;
  fitAll(): void;
}

/** Looks at a diagram. */
export function useViewport({ flow, drawing, at, selected, follows, setFollows }: Sights): DiagramWindow {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const [moved, setMoved] = useState<Viewport>();
  const start = drawing.nodes.find(({ id }) => id === flow.start);
  const view = moved ?? startingAt(start, drawing, size);
  const move = (to: Viewport): void => {
    setFollows(false);
    setMoved(to);
  };
  const latest = useRef({ view, move });
  latest.current = { view, move };
  usePointers(frame, latest);
  const show = (node: DrawnNode, least = 0): void => {
    if (!sees(view, size, node)) move(centre(view, size, middle(node), least));
  };

  useEffect(() => {
    const node = drawing.nodes.find(({ id }) => id === at);
    if (!follows || !node || (sees(view, size, node) && view.scale >= READABLE.least)) return;
    setMoved(centre(view, size, middle(node), READABLE.well));
  }, [at, follows, size.width, drawing]);

  useEffect(() => {
    const node = drawing.nodes.find(({ id }) => id === selected);
    // A step chosen from a list may be out of view.
    if (node) show(node, READABLE.well);
  }, [selected]);

  return {
    frame,
    view,
    show,
    zoomBy: (factor) => move(zoom(view, factor, { x: size.width / 2, y: size.height / 2 })),
    fitAll: () => move(fitted(drawing, size)),
  };
}

function useSize(frame: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 800, height: 600 });
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const measure = (): void => setSize({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(current);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}
