/** Wheel, drag and pinch, for a window on a diagram. */
import { useEffect } from "preact/hooks";
import { pan, type Viewport, zoom } from "../text/viewport.ts";

/** A wheel's turn that doubles the scale, in pixels. */
const DOUBLE = 400;
/** A pointer that moved less has clicked. */
const STILL = 4;

/** The viewport, and the way to move it. */
interface Movable {
  view: Viewport;
  move(to: Viewport): void;
}

/** Lets pointers move the window of `frame`; `latest` has the place it is at and the way to move it. */
export function usePointers(frame: { current: HTMLElement | null }, latest: { current: Movable }): void {
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const ends = new AbortController();
    listenToWheel(current, latest, ends.signal);
    listenToPointers(current, latest, ends.signal);
    return () => ends.abort();
  }, [frame, latest]);
}

function listenToWheel(frame: HTMLElement, latest: { current: Movable }, signal: AbortSignal): void {
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { view, move } = latest.current;
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
    // A pinch on a touchpad comes as a wheel with Ctrl, in small portions.
    move(zoom(view, 2 ** (-pixels / (event.ctrlKey ? DOUBLE / 4 : DOUBLE)), placeIn(frame, event)));
  };
  frame.addEventListener("wheel", onWheel, { signal, passive: false });
}

function listenToPointers(frame: HTMLElement, latest: { current: Movable }, signal: AbortSignal): void {
  const pointers = new Map<number, Point>();
  let travelled = 0;
  const onDown = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.target.closest("button")) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, placeIn(frame, event));
  };
  const onMove = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = placeIn(frame, event);
    travelled += distance(now, before);
    if (travelled < STILL) return;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    const { view, move } = latest.current;
    move(other ? pinched(view, before, now, other) : pan(view, now.x - before.x, now.y - before.y));
  };
  const onEnd = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  // A drag is not a click.
  const onClick = (event: MouseEvent): void => {
    if (travelled >= STILL && event.detail > 0) event.stopPropagation();
    travelled = 0;
  };
  frame.addEventListener("pointerdown", onDown, { signal });
  frame.addEventListener("click", onClick, { signal, capture: true });
  // The pointer may leave the window while it drags.
  addEventListener("pointermove", onMove, { signal });
  addEventListener("pointerup", onEnd, { signal });
  addEventListener("pointercancel", onEnd, { signal });
}

function placeIn(frame: HTMLElement, event: MouseEvent): Point {
  const box = frame.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

interface Point {
  x: number;
  y: number;
}

function pinched(view: Viewport, before: Point, now: Point, other: Point): Viewport {
  const factor = distance(now, other) / Math.max(1, distance(before, other));
  const at = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  const moved = pan(view, (now.x - before.x) / 2, (now.y - before.y) / 2);
  return zoom(moved, factor, at);
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
