/** One step → its blocks, with what the engine must know about it. */

import type { Op } from "../../program/op.ts";
import type { Step as ProgramStep } from "../../program/program.ts";
import { entersSecret } from "../analysis/facts.ts";
import { eachObject } from "../language/each-object.ts";
import type { Step } from "../model/flow.ts";
import type { Compiler } from "./compiler.ts";

/** Lowers a step to its blocks, as its kind does. */
export type Lower = (step: Step, compiler: Compiler) => Record<string, Op[]>;

/** Compiles a step: its blocks, and the part of its kind that the engine must know. */
export function compileStep(step: Step, compiler: Compiler, lower: Lower): ProgramStep {
  const { resumes, listens } = step.kind;
  const blocks = lower(step, compiler);
  return {
    ...(entersSecret(step, compiler.facts.variables) ? { sensitive: true } : {}),
    ...(resumes !== undefined && runsBeside(blocks) ? { beside: resumes } : {}),
    ...(listens === undefined ? {} : { listens }),
    ...(step.kind.waitsForMessage && { asks: step.kind.waitsForMessage(step.body) }),
    blocks,
  };
}

/** Whether a side road is part of a step. */
function runsBeside(blocks: Record<string, Op[]>): boolean {
  const asides = asidesIn(blocks);
  // A destination's waiting room is declared outside the step that dials it.
  return Object.entries(blocks).some(([block, ops]) =>
    ops.some((op) => (op.op === "goto" && op.back !== undefined) || (asides.has(block) && setsVariable(op))),
  );
}

function setsVariable(op: Op): boolean {
  return op.op === "set" && "variable" in op.to;
}

/** The blocks at which an aside begins. */
function asidesIn(blocks: Record<string, Op[]>): ReadonlySet<string> {
  const names = new Set<string>();
  eachObject(blocks, (one) => {
    if ("link" in one && typeof one.link === "string" && "road" in one && one.road === "aside")
      names.add(one.link);
  });
  return names;
}
