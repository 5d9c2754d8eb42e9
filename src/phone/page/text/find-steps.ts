/** The outline of a flow, and the search in it. */
import type { Department } from "../contract/drawing.ts";
import type { StepView } from "../contract/steps.ts";

type Part = Pick<Department, "id" | "steps">;

/** A line of the outline. */
export interface OutlineLine {
  step: StepView;
  /** In how many departments it is. */
  depth: number;
  /** Of a department's first step: how many it has. */
  count?: number;
}

/**
 * The steps in the order of the file, with those of a department together, where its first one is. With a query, only the
 * steps that match it: by name first, then by kind, then by what they say.
 */
export function findSteps(
  steps: readonly StepView[],
  departments: readonly Part[],
  query: string,
): OutlineLine[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const lines = outlineOf(steps, departments);
  if (words.length === 0) return lines;
  const rankOf = ({ step }: OutlineLine): number => {
    const fields = [step.name, step.kind, step.says ?? ""].map((field) => field.toLowerCase());
    const ranks = words.map((word) => fields.findIndex((field) => field.includes(word)));
    if (ranks.includes(-1)) return -1;
    return Math.max(...ranks) * 2 + (fields[0]?.startsWith(words[0] ?? "") ? 0 : 1);
  };
  return lines
    .map((line) => ({ line, rank: rankOf(line) }))
    .filter(({ rank }) => rank >= 0)
    .sort((one, other) => one.rank - other.rank)
    .map(({ line }) => line);
}

function outlineOf(steps: readonly StepView[], departments: readonly Part[]): OutlineLine[] {
  const around = new Map<string, Part[]>();
  // A department comes after the one that it is in.
  for (const part of departments)
    for (const name of part.steps) around.set(name, [...(around.get(name) ?? []), part]);
  const order = new Map(steps.map(({ name }, index) => [name, index]));
  const place = (step: StepView): number[] => [
    ...(around.get(step.name) ?? []).map(({ id }) => order.get(id) ?? 0),
    order.get(step.name) ?? 0,
  ];
  return steps
    .map((step) => ({ step, at: place(step) }))
    .sort((one, other) => compare(one.at, other.at))
    .map(({ step }) => {
      const own = around.get(step.name) ?? [];
      const first = own.find(({ id }) => id === step.name);
      const depth = own.length - (first ? 1 : 0);
      return { step, depth, ...(first && { count: first.steps.length }) };
    });
}

/** By the first place that differs. */
function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((place, index) => place !== other[index]);
  return at < 0 ? -1 : (one[at] ?? 0) - (other[at] ?? -1);
}
