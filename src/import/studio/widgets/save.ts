/** Adds `save` to a step: what later widgets read, and nothing else. */
import { compact, isTreeMap, type Tree } from "../step.ts";
import type { Saved } from "../values/declared.ts";

/** The answer of a gather, or the recording. */
export function saveAnswer(body: Tree, saved: readonly Saved[]): Tree {
  const [first] = saved;
  return first && isTreeMap(body) ? compact({ ...body, save: first.variable.name }) : body;
}

/** Results by their names. */
export function saveResults(body: Tree, saved: readonly Saved[]): Tree {
  if (saved.length === 0 || !isTreeMap(body)) return body;
  return { ...body, save: Object.fromEntries(saved.map(({ variable, save }) => [variable.name, save.name])) };
}
