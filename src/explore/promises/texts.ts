/** Promises about text conversations, which are not explored: no call comes to where they could be broken. */
import type { Target } from "../../flow/analysis/promised.ts";
import type { FlowPromise } from "../../flow/compile/promises.ts";
import type { Program } from "../../program/program.ts";
import type { Exploration } from "../exploration.ts";
import { textSteps } from "../ways/side-roads.ts";
import { type Owned, stepsOf } from "./probes.ts";

/** Why a promise that no call breaks is undecided; undefined if calls come to where they could break it. */
export function whyOnlyTexts(
  program: Program,
  { promise, owner }: Owned,
  { edges }: Exploration,
): string | undefined {
  const target = pointOf(promise);
  if (!target || target.ends.length > 0) return undefined;
  const texts = textSteps(program);
  const called = new Set(edges.flatMap(({ path, asides }) => [...path, ...asides.flat()]));
  const steps = stepsOf(target, owner);
  const isOfTexts = steps.length > 0 && steps.every((step) => texts.has(step) && !called.has(step));
  return isOfTexts
    ? `Only text messages come to "${steps.join('", "')}", and text conversations are not explored.`
    : undefined;
}

/** Where a call could break a promise. */
function pointOf(promise: FlowPromise): Target | undefined {
  switch (promise.sort) {
    case "never":
      return promise.of;
    case "only":
      return promise.at;
    case "always":
      return promise.before;
    case "reach":
      return promise.from;
  }
}
