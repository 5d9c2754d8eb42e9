/** The blocks that run beside a call, found without running them: not all asides are explored. */

import type { Place } from "../../program/call.ts";
import type { Op } from "../../program/op.ts";
import { innerOf } from "../../program/ops.ts";
import type { Program } from "../../program/program.ts";
import { readTemplate } from "../reads.ts";

/** A block of a program. */
export interface Block extends Place {
  ops: readonly Op[];
}

/** The blocks that the asides of a step can run, such as what happens when its recording is ready. */
export function sideBlocksOf(program: Program, step: string): Block[] {
  const blocks = Object.values(program.steps[step]?.blocks ?? {});
  const links = blocks.flatMap((ops) => linksIn(ops)).filter(({ isAside }) => isAside);
  return reach(
    program,
    links.map(({ block }) => ({ step, block })),
  );
}

/**
 * The steps of a program that run outside of the call itself: asides, text messages, verdicts on machines and calls that are
 * not answered.
 */
export function sideSteps(program: Program): ReadonlySet<string> {
  const entries = [program.onMessage, program.onUnanswered, program.onMachine].flatMap((step) => step ?? []);
  const blocks = reach(
    program,
    entries.map((step) => ({ step, block: "enter" })),
  );
  const asides = Object.keys(program.steps).flatMap((step) => sideBlocksOf(program, step));
  return new Set([...blocks, ...asides].map(({ step }) => step));
}

/** The steps that text messages to the number can come to. */
export function textSteps(program: Program): ReadonlySet<string> {
  const { onMessage: step } = program;
  const blocks = step === undefined ? [] : reach(program, [{ step, block: "enter" }]);
  return new Set(blocks.map((block) => block.step));
}

/** All blocks that can follow these places, with them. */
function reach(program: Program, places: readonly Place[]): Block[] {
  const found = new Map<string, Block>();
  const waiting = [...places];
  for (const { step, block } of waiting) {
    const ops = program.steps[step]?.blocks[block];
    if (!ops || found.has(`${step} ${block}`)) continue;
    found.set(`${step} ${block}`, { step, block, ops });
    waiting.push(...nextOf(program, step, ops));
  }
  return [...found.values()];
}

function nextOf(program: Program, step: string, ops: readonly Op[]): Place[] {
  return [
    ...ops.flatMap((op) => placesOf(program, step, op)),
    ...linksIn(ops).map(({ block }) => ({ step, block })),
  ];
}

function placesOf(program: Program, step: string, op: Op): Place[] {
  const inner = innerOf(op).flatMap((one) => one.flatMap((below) => placesOf(program, step, below)));
  switch (op.op) {
    case "goto": {
      const back = op.back === undefined ? [] : [{ step, block: op.back }];
      return [{ step: op.step ?? step, block: op.block ?? "enter" }, ...back];
    }
    case "wait":
      return [op.block, program.steps[step]?.asks?.block ?? []].flat().map((block) => ({ step, block }));
    case "request":
      return [{ step, block: op.block }];
    case "run": {
      const part = program.parts?.[op.flow];
      return [{ step, block: op.block }, ...(part ? [{ step: part.start, block: "enter" }] : [])];
    }
    default:
      return inner;
  }
}

/** The continuation URLs in the documents of ops, and the delivery reports of messages. */
function linksIn(ops: readonly Op[]): { block: string; isAside: boolean }[] {
  return ops.flatMap((op) => {
    const links: { block: string; isAside: boolean }[] = [];
    if (op.op === "twiml")
      readTemplate(
        op.parts,
        () => undefined,
        (block, road) => links.push({ block, isAside: road === "aside" }),
      );
    if (op.op === "send" && op.delivery !== undefined) links.push({ block: op.delivery, isAside: true });
    return [...links, ...innerOf(op).flatMap(linksIn)];
  });
}
