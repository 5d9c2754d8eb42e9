/** Assigns values to variables, slots and the call's language. */
import { MOST_SIZE } from "../program/expression.ts";
import type { Json } from "../program/json.ts";
import type { Op } from "../program/op.ts";
import type { Scope } from "../program/program.ts";
import { withoutEnd } from "../program/speech.ts";
import { StepFailure } from "./failure.ts";
import { scopeAt } from "./scope.ts";
import type { Context, State } from "./state.ts";
import { convert, readIn, textOf } from "./values.ts";

/**
 * Reads a value and assigns it, converted to the type of its target.
 * @returns whether it fits the type and matches the op's pattern
 * @throws StepFailure if it would make the call's state too large
 */
export function assign(context: Context, state: State, op: Extract<Op, { op: "set" }>): boolean {
  const value = matching(op, readIn(context, state, op.from));
  if (value === undefined) return false;
  if ("slot" in op.to) assignSlot(state, op.to.slot, value);
  else if ("language" in op.to) state.call.language = textOf(value);
  else return assignVariable(state, scopeAt(context.program, state.place.step), op.to.variable, value);
  return true;
}

/** The value, or the form of a spoken one that matches the op's pattern; undefined if none does. */
function matching({ from, matches }: Extract<Op, { op: "set" }>, value: Json): Json | undefined {
  if (matches === undefined) return value;
  const text = textOf(value);
  if (!("heard" in from)) return wholly(matches, "u").test(text) ? value : undefined;
  return [text, withoutEnd(text)].find((form) => wholly(matches, "iu").test(form));
}

// An empty slot reads the same as one that was never set, so it need not travel.
function assignSlot(state: State, name: string, value: Json): void {
  const { call } = state;
  requireRoom(state, name, call.slots[name], value);
  if (value === "") delete call.slots[name];
  else call.slots[name] = typeof value === "number" ? value : textOf(value);
}

/** The most characters of a value that needs no room: a program has a fixed number of variables. */
const SMALL = 500;

// A variable that a circle of the flow makes longer would slow down each turn, and then fill the Worker's memory.
function requireRoom({ call, place }: State, name: string, before: Json | undefined, value: Json): void {
  const own = sizeOf(value);
  if (own <= SMALL) return;
  const size = sizeOf(call) - sizeOf(before ?? "") + own;
  if (size <= MOST_SIZE) return;
  throw new StepFailure(
    `step "${place.step}": with "${name}", the call's state would have ${size} characters, and the limit is ${MOST_SIZE}`,
  );
}

function sizeOf(value: object | Json): number {
  return JSON.stringify(value).length;
}

/** Assigns a variable of a flow; false if the value does not convert. */
export function assignVariable(state: State, scope: Scope, name: string, value: Json): boolean {
  const variable = scope.variables[name];
  const converted = variable && convert(variable, value);
  if (!converted) return false;
  const { call } = state;
  const held = variable.keep === undefined ? call.vars[name] : call.kept?.[variable.keep];
  requireRoom(state, name, held, converted.value);
  if (converted.cut) state.cut.push(name);
  if (variable.keep !== undefined) persist(state, variable.keep, converted.value);
  // A value equal to the default need not travel if every turn has the same default.
  else if (converted.value === variable.default && !variable.env) delete call.vars[name];
  else call.vars[name] = converted.value;
  return true;
}

// Only a variable's last value in a turn is written: KV takes one write of a key per second.
function persist(state: State, name: string, value: Json): void {
  state.call.kept = { ...state.call.kept, [name]: value };
  const others = state.effects.filter((one) => one.effect !== "persist" || one.name !== name);
  state.effects = [...others, { effect: "persist", name, value }];
}

function wholly(pattern: string, flags: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, flags);
}
