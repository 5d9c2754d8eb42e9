/** Flows within a call: the one that runs, and those that wait for it. */
import type { Call, Frame, Json, Place, Program, Scope } from "../program/program.ts";

/** The flow that a step belongs to: a part's steps carry its name before a dot. */
export function scopeAt(program: Program, step: string): Scope {
  const dot = step.indexOf(".");
  return (dot < 0 ? undefined : program.parts?.[step.slice(0, dot)]) ?? program;
}

/** Begins a part with its own variables; the flow that runs it waits at `back`. */
export function enterPart(call: Call, back: Place, vars: Record<string, Json>): void {
  const { slots, trail } = call;
  call.frames = [...(call.frames ?? []), { ...back, vars: call.vars, slots, trail }];
  Object.assign(call, { vars, slots: {}, trail: [] });
}

/** Goes back to the flow that waits; undefined where none does. */
export function leavePart(call: Call): Place | undefined {
  const frame = call.frames?.at(-1);
  if (!frame) return undefined;
  const { step, block, vars, slots, trail }: Frame = frame;
  Object.assign(call, { vars: { ...vars }, slots: { ...slots }, trail });
  call.frames = call.frames?.slice(0, -1) ?? [];
  if (call.frames.length === 0) delete call.frames;
  return { step, block };
}

/** The step where a failure leads: the running flow's own `onError`, else that of a flow that waits. */
export function errorStep(program: Program, call: Call, step: string): string | undefined {
  for (let at: string | undefined = step; at !== undefined; at = leavePart(call)?.step) {
    const { onError } = scopeAt(program, at);
    if (onError !== undefined) return onError;
  }
  return undefined;
}
