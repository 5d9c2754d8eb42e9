/** The flows within a call: the one that runs, those that wait for it, and the menus on the way. */

import type { Call, Place } from "../program/call.ts";
import type { Json } from "../program/json.ts";
import type { Program, Scope } from "../program/program.ts";

/** The flow that a step belongs to: a part's steps carry its name before a dot. */
export function scopeAt(program: Program, step: string): Scope {
  const dot = step.indexOf(".");
  return (dot < 0 ? undefined : program.parts?.[step.slice(0, dot)]) ?? program;
}

/** A program's own scope, and those of its parts. */
export function scopesOf(program: Program): Scope[] {
  return [program, ...Object.values(program.parts ?? {})];
}

/** Whether a program has an `onHangup`, its own or that of a part. */
export function hearsHangups(program: Program): boolean {
  return scopesOf(program).some(({ onHangup }) => onHangup !== undefined);
}

/** Begins a part with its own variables; the flow that runs it waits at `back`. */
export function enterPart(call: Call, back: Place, vars: Record<string, Json>): void {
  const { slots, trail } = call;
  call.frames = [...(call.frames ?? []), { ...back, waits: { vars: call.vars, slots, trail } }];
  Object.assign(call, { vars, slots: {}, trail: [] });
}

/** Begins a side road, which shares the running flow's memory and returns to `back`. */
export function enterSideRoad(call: Call, back: Place): void {
  call.frames = [...(call.frames ?? []), back];
}

/** Whether the call is on a side road: no flow waits for it to return. */
export function isOnSideRoad({ frames }: Call): boolean {
  const last = frames?.at(-1);
  return last !== undefined && last.waits === undefined;
}

/** Returns to the flow that waits, or to the step where a side road began; undefined if there is neither. */
export function leavePart(call: Call): Place | undefined {
  const frame = call.frames?.at(-1);
  if (!frame) return undefined;
  const { step, block, waits } = frame;
  if (waits) Object.assign(call, { ...waits, vars: { ...waits.vars }, slots: { ...waits.slots } });
  call.frames = call.frames?.slice(0, -1) ?? [];
  if (call.frames.length === 0) delete call.frames;
  return { step, block };
}

/** Leaves parts and side roads until `depth` of them are left. */
export function unwind(call: Call, depth: number): void {
  while ((call.frames?.length ?? 0) > depth) leavePart(call);
}

/** The step that handles a failure or a hang-up, and how many frames the call has when it runs there. */
export interface Handler {
  step: string;
  depth: number;
}

/** The handler of the running flow, or of the nearest flow that waits for it. Changes nothing. */
export function handlerOf(
  program: Program,
  { frames = [] }: Call,
  step: string,
  road: "onError" | "onHangup",
): Handler | undefined {
  const places = [step, ...frames.map((frame) => frame.step).reverse()];
  for (const [left, place] of places.entries()) {
    const to = scopeAt(program, place)[road];
    if (to !== undefined) return { step: to, depth: frames.length - left };
  }
  return undefined;
}

const MOST_TRAIL = 10;

/** Adds a menu to the trail. Coming back to a menu forgets the ones after it, so that circles do not grow the trail. */
export function markMenu(call: Call, step: string): undefined {
  const known = call.trail.indexOf(step);
  const before = known < 0 ? call.trail : call.trail.slice(0, known);
  call.trail = [...before, step].slice(-MOST_TRAIL);
}

/** The menu before a step; the step itself if there is none. */
export function menuBefore({ trail }: Call, step: string): string {
  return trail.at(trail.at(-1) === step ? -2 : -1) ?? step;
}
