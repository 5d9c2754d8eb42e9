/** The menus on the way to where a call is: what `back` goes by. */
import type { Call } from "../program/program.ts";

const MOST_TRAIL = 10;

/** Marks a step as a menu on the way. Coming back to a menu forgets the ones after it, so that no circle grows. */
export function mark(call: Call, step: string): undefined {
  const known = call.trail.indexOf(step);
  const before = known < 0 ? call.trail : call.trail.slice(0, known);
  call.trail = [...before, step].slice(-MOST_TRAIL);
}

/** The menu before a step; the step itself where there is none. */
export function menuBefore({ trail }: Call, step: string): string {
  return trail.at(trail.at(-1) === step ? -2 : -1) ?? step;
}
