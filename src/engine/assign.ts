/** What `set` does: values into variables, slots and the call's language. */
import type { Json, Op, Scope } from "../program/program.ts";
import { scopeAt } from "./scope.ts";
import { convert, type Reader, type Reading, textOf } from "./values.ts";

/** What of a run is needed: where values are read, and where a text that had to be cut is noted. */
export interface Assigning extends Reading {
  read: Reader;
  cut: string[];
  /** Names of variables that outlive the call and were set. */
  keeps: string[];
}

/**
 * Assigns a value that is read, converted to its target's type.
 * @returns whether it fitted, and matched where it has to
 */
export function assign(run: Assigning, op: Extract<Op, { op: "set" }>): boolean {
  const value = run.read(op.from);
  if (op.matches !== undefined && !wholly(op.matches).test(textOf(value))) return false;
  if ("slot" in op.to) assignSlot(run, op.to.slot, value);
  else if ("language" in op.to) run.call.language = textOf(value);
  else return assignVariable(run, scopeAt(run.program, run.place.step), op.to.variable, value);
  return true;
}

// An empty slot reads the same as one that was never set, and need not travel.
function assignSlot(run: Assigning, name: string, value: Json): void {
  if (value === "") delete run.call.slots[name];
  else run.call.slots[name] = typeof value === "number" ? value : textOf(value);
}

/** Assigns a variable of a flow; false where the value does not convert. */
export function assignVariable(run: Assigning, scope: Scope, name: string, value: Json): boolean {
  const variable = scope.variables[name];
  const converted = variable && convert(variable, value);
  if (!converted) return false;
  if (converted.cut) run.cut.push(name);
  if (variable.keep !== undefined) {
    run.call.kept = { ...run.call.kept, [variable.keep]: converted.value };
    run.keeps.push(variable.keep);
    return true;
  }
  // A value equal to the default need not travel, where the default is the same in every turn.
  if (converted.value === variable.default && !variable.env) delete run.call.vars[name];
  else run.call.vars[name] = converted.value;
  return true;
}

const patterns = new Map<string, RegExp>();

function wholly(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = new RegExp(`^(?:${pattern})$`, "u");
    patterns.set(pattern, compiled);
  }
  return compiled;
}
