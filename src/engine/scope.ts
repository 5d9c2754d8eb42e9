/** Flows within a call: the one that runs, and those that wait for it. */
import type { Call, Json, Place, Program, Scope } from "../program/program.ts";

/** The flow that a step belongs to: a part's steps carry its name before a dot. */
export function scopeAt(program: Program, step: string): Scope {
  const dot = step.indexOf(".");
  return (dot < 0 ? undefined : program.parts?.[step.slice(0, dot)]) ?? program;
}

/** Begins a part with its own variables; the flow that runs it waits at `back`. */
export function enterPart(call: Call, back: Place, vars: Record<string, Json>): void {
  const { slots, trail } = call;
  call.frames = [...(call.frames ?? []), { ...back, waits: { vars: call.vars, slots, trail } }];
  Object.assign(call, { vars, slots: {}, trail: [] });
}

/** Begins a side road, which shares the running flow's memory and returns to `back`. */
export function enterBeside(call: Call, back: Place): void {
  call.frames = [...(call.frames ?? []), back];
}

/** Goes back to the flow that waits, or to where a side road began; undefined where there is neither. */
export function leavePart(call: Call): Place | undefined {
  const frame = call.frames?.at(-1);
  if (!frame) return undefined;
  const { step, block, waits } = frame;
  if (waits) Object.assign(call, { ...waits, vars: { ...waits.vars }, slots: { ...waits.slots } });
  call.frames = call.frames?.slice(0, -1) ?? [];
  if (call.frames.length === 0) delete call.frames;
  return { step, block };
}

/** The step where a failure or a hang-up leads: the running flow's own, else that of a flow that waits. */
export function roadFrom(
  program: Program,
  call: Call,
  step: string,
  road: "onError" | "onHangup",
): string | undefined {
  for (let at: string | undefined = step; at !== undefined; at = leavePart(call)?.step) {
    const to = scopeAt(program, at)[road];
    if (to !== undefined) return to;
  }
  return undefined;
}
