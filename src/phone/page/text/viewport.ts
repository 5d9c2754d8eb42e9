/** The visible part of a diagram: its scale, and the position of its corner in the window. All in pixels. */

/** A place to look from. A point of the diagram is at `x + scale * its own` in the window. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

/** A width and a height. */
export interface Size {
  width: number;
  height: number;
}

/** A part of a diagram. */
type Box = { x: number; y: number } & Size;

const SMALLEST = 0.02;
const LARGEST = 2.5;
const MARGIN = 24;

/** The scales from which a diagram's steps are easy to read, and readable at all. */
export const READABLE = { well: 0.9, least: 0.65 };

/** All of a diagram in a window, in the middle, never larger than it was drawn. */
export function fitted(drawing: Size, window: Size): Viewport {
  const across = (window.width - 2 * MARGIN) / drawing.width;
  const down = (window.height - 2 * MARGIN) / drawing.height;
  const scale = Math.max(SMALLEST, Math.min(1, across, down));
  return {
    scale,
    x: (window.width - drawing.width * scale) / 2,
    y: (window.height - drawing.height * scale) / 2,
  };
}

/** The whole diagram if that is readable, otherwise its start at the upper edge of the window. */
export function startingAt(start: Box | undefined, drawing: Size, window: Size): Viewport {
  const whole = fitted(drawing, window);
  if (whole.scale >= READABLE.least || !start) return whole;
  const scale = READABLE.well;
  const left = window.width / 2 - (start.x + start.width / 2) * scale;
  // No empty space at one side while something is cut off at the other.
  const least = Math.min(0, window.width - drawing.width * scale);
  return { scale, x: Math.max(least, Math.min(0, left)), y: 16 - start.y * scale };
}

/** Zooms in or out, keeping the point `at` in place. */
export function zoom(view: Viewport, factor: number, at: { x: number; y: number }): Viewport {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** The whole moved in the window. */
export function pan(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** A point of the diagram in the middle of the window, large enough to be read. */
export function centre(view: Viewport, window: Size, at: { x: number; y: number }, least: number): Viewport {
  const scale = Math.max(view.scale, least);
  return { scale, x: window.width / 2 - at.x * scale, y: window.height / 2 - at.y * scale };
}

/** Whether a box of the diagram is seen whole. */
export function sees(view: Viewport, window: Size, box: Box): boolean {
  const left = view.x + box.x * view.scale;
  const top = view.y + box.y * view.scale;
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * view.scale <= window.width &&
    top + box.height * view.scale <= window.height
  );
}
