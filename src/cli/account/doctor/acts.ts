/** Whether the start of a flow does something that a test call must not do. */

import { scopeAt } from "../../../engine/scope.ts";
import type { Op } from "../../../program/op.ts";
import { opsIn } from "../../../program/ops.ts";
import type { Program } from "../../../program/program.ts";

/** Words for what a start does before it waits for the caller; empty if it only speaks. */
export function startActs(program: Program): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const places: [step: string, block: string][] = [[program.start, "enter"]];
  for (let place = places.pop(); place; place = places.pop()) {
    const [step, block] = place;
    const key = `${step} ${block}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const op of opsIn(program.steps[step]?.blocks[block] ?? [])) {
      const act = actOf(program, step, op);
      if (act !== undefined) found.add(act);
      places.push(...placesAfter(program, step, op));
    }
  }
  return [...found];
}

function actOf(program: Program, step: string, op: Op): string | undefined {
  if (op.op === "request") return "sends a request to a service";
  if (op.op === "send") return "sends a text message";
  if (op.op !== "set" || !("variable" in op.to)) return undefined;
  const { variables } = scopeAt(program, step);
  return variables[op.to.variable]?.keep === undefined ? undefined : "stores a variable";
}

function placesAfter(program: Program, step: string, op: Op): [string, string][] {
  if (op.op === "goto") return [[op.step ?? step, op.block ?? "enter"]];
  if (op.op === "request") return [[step, op.block]];
  if (op.op !== "run") return [];
  const part = program.parts?.[op.flow];
  return [...(part ? [[part.start, "enter"] satisfies [string, string]] : []), [step, op.block]];
}
