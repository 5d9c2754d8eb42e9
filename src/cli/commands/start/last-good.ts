/** What callers get while a flow is being written: every flow by itself, in the last version that had no error. */
import { audioOf } from "../../../flow/build.ts";
import { flowName } from "../../../flow/shape/validate.ts";
import type { Program } from "../../../program/program.ts";
import type { LocalProject } from "../../project/project.ts";

/** A project in which each flow with an error stands as it was before, and which flows those are. */
export interface LastGood {
  project: LocalProject;
  /** Flows with an error that go on in an earlier version. */
  held: string[];
  /** Flows with an error that never were without one. */
  missing: string[];
}

/** What to tell of the flows that have an error: a line for each sort. */
export function tellBroken({ held, missing }: LastGood): string[] {
  return [
    ...(held.length > 0 ? [`The last good version of ${held.join(", ")} keeps answering.`] : []),
    ...(missing.length > 0 ? [`Nobody hears ${missing.join(", ")} until it is repaired.`] : []),
  ];
}

/**
 * Puts earlier versions in the place of flows that have an error now. A flow that runs a part with an error is one.
 * @param before what was to be served until now
 */
export function lastGood(before: Pick<LocalProject, "flows">, now: LocalProject): LastGood {
  const errors = now.diagnostics.filter(({ severity }) => severity === "error");
  const wrong = new Set(errors.map(({ file }) => flowName(file)));
  // A variable that is not set is told in the part that reads it, and missed in every flow that runs the part.
  const isGood = ({ flow, parts = {} }: Program): boolean =>
    ![flow, ...Object.keys(parts)].some((name) => wrong.has(name));
  const good = new Map(now.flows.filter(({ program }) => isGood(program)).map((one) => [one.flow.name, one]));
  const earlier = new Map(before.flows.map((one) => [one.flow.name, one]));
  const names = now.files.map(({ path }) => flowName(path));
  const broken = names.filter((name) => !good.has(name));
  const flows = names.flatMap((name) => good.get(name) ?? earlier.get(name) ?? []);
  return {
    project: { ...now, flows, programs: flows.map(({ program }) => program), audio: audioOf(flows) },
    held: broken.filter((name) => earlier.has(name)),
    missing: broken.filter((name) => !earlier.has(name)),
  };
}
