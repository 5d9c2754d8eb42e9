/** Promises that a flow kept, and does not keep or make any more. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { ExploreOptions } from "../exploration.ts";
import { type Decided, decide } from "../promises/decide.ts";
import { promisesIn } from "../promises/findings.ts";
import type { Owned } from "../promises/probes.ts";
import { callInWords } from "../promises/words.ts";
import { scenarioOf } from "../ways/scenario.ts";
import type { Change } from "./change.ts";

/** A version of a flow, and the flows that it can run. */
export interface Version {
  flow: BuiltFlow;
  flows: readonly BuiltFlow[];
}

/** The promises of the earlier version that are lost. */
export function lostPromises(was: Version, now: Version, options: ExploreOptions): Change[] {
  const [before, after] = [promisesIn(was.flow, was.flows), promisesIn(now.flow, now.flows)];
  const isSame = keysOf(before).join("\n") === keysOf(after).join("\n");
  if (before.length === 0 || (isSame && was.flow.program.hash === now.flow.program.hash)) return [];
  const decided = decide(now.flow.program, after, options);
  const verdicts = new Map(decided.map((one) => [keyOf(one), one]));
  const suspects = before.filter((one) => verdicts.get(keyOf(one))?.verdict.is !== "kept");
  const kept = decide(was.flow.program, suspects, options).filter(({ verdict }) => verdict.is === "kept");
  // A promise that names a renamed step reads differently now.
  const renewed = decided.filter((one) => one.verdict.is === "kept" && !keysOf(before).includes(keyOf(one)));
  return kept.flatMap((promise) => {
    const present = verdicts.get(keyOf(promise));
    if (present) return [changeOf(promise, present)];
    const at = renewed.findIndex((one) => one.promise.sort === promise.promise.sort);
    if (at >= 0) renewed.splice(at, 1);
    return at >= 0 ? [] : [changeOf(promise, undefined)];
  });
}

function keysOf(promises: readonly Owned[]): string[] {
  return promises.map(keyOf);
}

function keyOf({ owner, promise }: Owned): string {
  return `${owner} ${promise.text}`;
}

function changeOf({ promise }: Owned, present: Decided | undefined): Change {
  const { is, now, way } = becameOf(present);
  const call = way && present && scenarioOf(present.exploration, way, { name: `breaks: ${promise.text}` });
  return {
    kind: "promise",
    message: `the promise "${promise.text}" was kept, and ${is}`,
    where: `the promise "${promise.text}"`,
    was: "kept",
    now,
    when: "",
    ...(call && { call }),
    way: (way ?? []).slice(1).map(({ event }) => event.label),
    steps: { was: [], now: [] },
  };
}

function becameOf(present: Decided | undefined) {
  if (!present) return { is: "is no longer made", now: "no longer made" };
  const { verdict, exploration } = present;
  if (verdict.is !== "broken") return { is: "cannot be decided now", now: "undecided" };
  const { way } = verdict;
  const call = callInWords(exploration, way, verdict.at);
  return { is: `a call breaks it now: ${call}`, now: `broken: ${call}`, way };
}
