/** Checks what the `compile` of a project's own kind returns: TypeScript may not have. */
import { isMap } from "../../program/is-map.ts";
import type { Op } from "../../program/op.ts";
import { ENTER } from "../compile/compiler.ts";

const OPS: Readonly<Record<Op["op"], true>> = {
  twiml: true,
  set: true,
  switch: true,
  match: true,
  when: true,
  mark: true,
  back: true,
  goto: true,
  wait: true,
  end: true,
  run: true,
  return: true,
  request: true,
  send: true,
  fail: true,
};

/** Throws an Error that says what is wrong with a step's blocks. */
export function requireBlocks(blocks: unknown): void {
  if (!isMap(blocks)) throw new Error("compile must return blocks of ops, such as { enter: [ … ] }");
  if (!Object.hasOwn(blocks, ENTER)) throw new Error(`compile must return a block \`${ENTER}\``);
  for (const [name, ops] of Object.entries(blocks)) {
    if (!Array.isArray(ops)) throw new Error(`the block \`${name}\` must be a list of ops`);
    ops.forEach((op: unknown, at) => {
      requireOp(op, `op ${at + 1} of the block \`${name}\``, blocks);
    });
  }
}

function requireOp(op: unknown, place: string, blocks: object): void {
  if (!isMap(op) || typeof op.op !== "string" || !Object.hasOwn(OPS, op.op))
    throw new Error(`${place} must be an op, such as { op: "end" }; spread what \`compiler.exit\` returns`);
  const waits = op.op === "wait" || op.op === "request" || op.op === "run";
  if (waits && !Object.hasOwn(blocks, String(op.block)))
    throw new Error(`${place} continues at the block \`${op.block}\`, which is missing`);
}
