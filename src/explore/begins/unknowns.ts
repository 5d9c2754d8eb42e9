/** What is unknown before a call, and how each side of it changes the way in which the call begins. */
import type { Json } from "../../program/json.ts";
import type { Begin } from "../exploration.ts";

/** A begin before it has an id. */
export type Draft = Omit<Begin, "id">;

/** What one side of an unknown changes of a begin. */
export type Change = (begin: Draft) => Draft;

/** One side of an unknown. */
export interface Choice {
  label: string;
  change: Change;
}

/** One unknown: what it can be, the most ordinary first. */
export type Unknown = readonly Choice[];

/** Nothing out of the ordinary. */
export const USUAL: Choice = { label: "", change: (begin) => begin };

/** Sets a parameter of the first webhook. */
export function withParameter(name: string, value: Json): Change {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (begin) => ({
    ...begin,
    params: { ...begin.params, [name]: text },
    scenario: withSetting(begin.scenario, "parameters", name, text),
  });
}

/** Adds a value to one of the maps among the settings of a scenario. */
export function withSetting(
  scenario: Begin["scenario"],
  setting: string,
  name: string,
  value: unknown,
): Begin["scenario"] {
  const before = scenario[setting];
  return { ...scenario, [setting]: { ...(typeof before === "object" ? before : {}), [name]: value } };
}
