/** The values that variables can have before a call. */
import { scopesOf } from "../../engine/scope.ts";
import type { Json } from "../../program/json.ts";
import type { Program } from "../../program/program.ts";
import { valuesOf, written } from "../sides.ts";
import type { ToldApart } from "../told/told-apart.ts";
import { variableKey } from "../told/value-keys.ts";
import { type Change, type Unknown, USUAL, withParameter, withSetting } from "./unknowns.ts";

/** Persistent variables, and those that the first webhook sets. */
export function variablesOf(program: Program, told: ToldApart): Unknown[] {
  const unknowns = new Map<string, Unknown>();
  for (const scope of scopesOf(program)) {
    for (const [name, variable] of Object.entries(scope.variables)) {
      const key = variableKey(scope, program, name);
      const isTaken = scope === program && program.takes?.includes(name);
      if ((variable.keep === undefined && !isTaken) || unknowns.has(key)) continue;
      const sides = told.of(key);
      const values = sides.length === 0 ? [] : valuesOf(sides, variable.type);
      const others = values.filter((value) => value !== undefined && !isSame(value, variable.default));
      const change = (value: Json): Change =>
        variable.keep === undefined ? withParameter(name, value) : withKept(name, variable.keep, value);
      const set = others.map((value = "") => ({ label: `${name} ${written(value)}`, change: change(value) }));
      if (set.length > 0) unknowns.set(key, [USUAL, ...set]);
    }
  }
  return [...unknowns.values()];
}

function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withKept(name: string, keep: string, value: Json): Change {
  return (begin) => ({
    ...begin,
    kept: { ...begin.kept, [keep]: value },
    scenario: withSetting(begin.scenario, "kept", keep.replace(/^\w+:/, "") || name, value),
  });
}
