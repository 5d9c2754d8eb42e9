/** A flow without an error → its Program, linked with its parts. */

import { messageOf } from "../../program/message-of.ts";
import type { Op } from "../../program/op.ts";
import type { Program } from "../../program/program.ts";
import type { Checked } from "../analysis/checked.ts";
import { servedAudio } from "../analysis/played.ts";
import type { Finding } from "../catalogue.ts";
import { compile } from "../compile/compile.ts";
import type { Compiler } from "../compile/compiler.ts";
import { type FlowPromise, promisesOf } from "../compile/promises.ts";
import type { ServedAudio } from "../language/audio.ts";
import { guard, type InternalProblem, KindFailure } from "../language/internal-error.ts";
import { kindKey, type Step } from "../model/flow.ts";
import { requireBlocks } from "../steps/blocks.ts";
import { kindOf } from "../steps/registry.ts";
import { atStart } from "./failure.ts";
import type { Sound } from "./judge.ts";

/** A flow without an error, with the results of the pipe so far. */
export interface BuiltFlow extends Checked {
  program: Program;
  /** Beside the Program, so that a promise never makes a new version. */
  promises: readonly FlowPromise[];
}

/** Compiles a flow with its sub-flows; a failure is a finding. */
export function link({ checked, parts }: Sound, diagnostics: Finding[]): BuiltFlow[] {
  const failed = (found: InternalProblem): BuiltFlow[] => {
    diagnostics.push(atStart(checked.flow.file, found));
    return [];
  };
  const compiled = (): BuiltFlow[] => [
    { ...checked, program: compile(checked, parts, lower), promises: promisesOf(checked, parts) },
  ];
  return guard("compiling", compiled, failed);
}

/** Lowers a step by its kind; an exception names the kind. */
function lower(step: Step, compiler: Compiler): Record<string, Op[]> {
  const kind = kindOf(step);
  try {
    const blocks = kind.compile(step, compiler);
    if ("isOwn" in kind) requireBlocks(blocks);
    return blocks;
  } catch (cause) {
    if ("isOwn" in kind) throw new KindFailure(kind.name, cause, kindKey(step));
    const why = messageOf(cause);
    throw new Error(`step kind ${step.kind.name} in "${step.name}": ${why}`, { cause });
  }
}

/** The audio files that flows play, each once. Sub-flows are built as well, so their files are included. */
export function audioOf(built: readonly BuiltFlow[]): ServedAudio[] {
  const served = built.flatMap(({ flow, facts }) => [...servedAudio(flow, facts.audio).values()]);
  return [...new Map(served.map((one) => [one.url, one])).values()];
}
