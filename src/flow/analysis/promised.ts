/** What the names in a flow's promises mean: a step, a part's step, every step of a kind, or an end of the call. */
import { END_WORDS, type EndWord } from "../model/promises.ts";
import type { Checked } from "./checked.ts";

/** What a name means. Steps are named as in the Program of the flow: a part's with its prefix. */
export interface Target {
  steps: readonly string[];
  ends: readonly EndWord[];
}

/** Whether a word names an end of the call. */
export function isEndWord(name: string): name is EndWord {
  return END_WORDS.some((word) => word === name);
}

/** The meaning of several names together. @param parts every flow that this one can run */
export function targetOf(names: readonly string[], flow: Checked, parts: readonly Checked[]): Target {
  const all = names.map((name) => meaningOf(name, flow, parts));
  return { steps: all.flatMap(({ steps }) => steps), ends: all.flatMap(({ ends }) => ends) };
}

/** A step comes before a kind of the same name. */
function meaningOf(name: string, { flow }: Checked, parts: readonly Checked[]): Target {
  if (isEndWord(name)) return { steps: [], ends: [name] };
  if (name.includes(".") || flow.steps.some((step) => step.name === name)) return { steps: [name], ends: [] };
  const own = stepsOfKind(name, flow);
  const others = parts.flatMap((part) =>
    stepsOfKind(name, part.flow).map((step) => `${part.flow.name}.${step}`),
  );
  return { steps: [...own, ...others], ends: [] };
}

function stepsOfKind(kind: string, { steps }: Checked["flow"]): string[] {
  return steps.flatMap((step) => (step.kind.name === kind ? [step.name] : []));
}
