/**
 * A call whose version cannot be had continues in the current one, at the beginning of a step. What the caller has just
 * entered is dropped: it answers a question of the other version.
 */
import type { Event } from "../engine/event.ts";
import { scopeAt, unwind } from "../engine/scope.ts";
import { convert } from "../engine/values.ts";
import type { Call, Place } from "../program/call.ts";
import type { Json } from "../program/json.ts";
import type { Program, Scope } from "../program/program.ts";

/** An event without anything that only the lost version could read. */
export function withoutInput(event: Event): Event {
  return { ...event, input: { digits: "", speech: "", confidence: 0 }, params: {} };
}

/**
 * Moves a call into a version that it did not begin with.
 * @param step the step at which it waited
 * @returns the step of that name, if there is one; else the flow's `onError`, else its start
 */
export function enterAnew(program: Program, before: Call, step: string): { call: Call; place: Place } {
  const call = fittingIn(program, before, step);
  if (Object.hasOwn(program.steps, step) && canReturn(program, call))
    return { call, place: { step, block: "enter" } };
  unwind(call, 0);
  return { call, place: { step: program.onError ?? program.start, block: "enter" } };
}

/** Whether everything that waits for the running step is there. */
function canReturn({ steps }: Program, { frames = [] }: Call): boolean {
  return frames.every(({ step, block }) => {
    const blocks = Object.hasOwn(steps, step) ? steps[step]?.blocks : undefined;
    return blocks !== undefined && Object.hasOwn(blocks, block);
  });
}

/** A call's state without what does not fit a program: variables of another type get their defaults. */
export function fittingIn(program: Program, before: Call, step: string): Call {
  const { input: _, steps: _counted, kept, frames, ...call } = before;
  const isThere = (name: string): boolean => Object.hasOwn(program.steps, name);
  const memory = (at: string, vars: Call["vars"], trail: string[]) => ({
    vars: fittingVars(scopeAt(program, at), vars),
    // Counters belong to the lost version's steps.
    slots: {},
    trail: trail.filter(isThere),
  });
  return {
    ...call,
    ...memory(step, call.vars, call.trail),
    ...(kept && { kept: fittingKept(program, kept) }),
    ...(frames && {
      frames: frames.map(({ waits, ...place }) => ({
        ...place,
        ...(waits && { waits: memory(place.step, waits.vars, waits.trail) }),
      })),
    }),
  };
}

function fittingVars({ variables }: Scope, vars: Call["vars"]): Call["vars"] {
  return keepIf(vars, (name, value) => Object.hasOwn(variables, name) && fits(variables[name], value));
}

function fittingKept(program: Program, kept: Record<string, Json>): Record<string, Json> {
  const scopes: Scope[] = [program, ...Object.values(program.parts ?? {})];
  const variables = scopes.flatMap((scope) => Object.values(scope.variables));
  return keepIf(kept, (name, value) =>
    fits(
      variables.find(({ keep }) => keep === name),
      value,
    ),
  );
}

function keepIf<T>(map: Readonly<Record<string, T>>, test: (name: string, value: T) => boolean) {
  return Object.fromEntries(Object.entries(map).filter(([name, value]) => test(name, value)));
}

/** Whether a value is one of the variable's type as it is; a text of digits is not an int. */
function fits(variable: Scope["variables"][string] | undefined, value: Json): boolean {
  const converted = variable && convert(variable, value);
  return converted !== undefined && !converted.cut && typeof converted.value === typeof value;
}
