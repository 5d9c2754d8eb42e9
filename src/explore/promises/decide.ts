/** Decides a flow's promises: by exploring a Program that visits a step of its own wherever a promise has something to say. */
import type { Program } from "../../program/program.ts";
import type { Exploration, ExploreOptions } from "../exploration.ts";
import { explore } from "../explore.ts";
import { decidePoints } from "./never.ts";
import type { Owned } from "./probes.ts";
import { decideReach } from "./reach.ts";
import { whyOnlyTexts } from "./texts.ts";
import type { Verdict } from "./verdict.ts";
import { watched } from "./watched.ts";

/** A promise and what became of it. */
export interface Decided extends Owned {
  verdict: Verdict;
  /** What it was decided by. */
  exploration: Exploration;
}

/** Decides the promises of a Program. Those that are undecided together are tried again, each by itself. */
export function decide(program: Program, promises: readonly Owned[], options: ExploreOptions): Decided[] {
  if (promises.length === 0) return [];
  const together = decideAll(program, promises, options);
  const decided =
    promises.length === 1
      ? together
      : together.flatMap((one) =>
          one.verdict.is === "undecided" ? decideAll(program, [one], options) : [one],
        );
  return decided.map((one) => withoutTexts(program, one));
}

/** Nothing is proved of a step that only text messages come to. */
function withoutTexts(program: Program, one: Decided): Decided {
  const why = one.verdict.is === "kept" ? whyOnlyTexts(program, one, one.exploration) : undefined;
  return why === undefined ? one : { ...one, verdict: { is: "undecided", why } };
}

function decideAll(program: Program, promises: readonly Owned[], options: ExploreOptions): Decided[] {
  const exploration = explore(watched(program, promises), options);
  return promises.map((one, index) => ({
    ...one,
    verdict: verdictOn(one.promise, index, exploration),
    exploration,
  }));
}

function verdictOn(promise: Owned["promise"], index: number, exploration: Exploration): Verdict {
  return promise.sort === "reach"
    ? decideReach(promise, index, exploration)
    : decidePoints(promise, index, exploration);
}
