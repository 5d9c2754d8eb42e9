/** What callers get while a flow is being written: each flow in its last version without an error. */
import { audioOf } from "../../../flow/pipe/link.ts";
import { flowName } from "../../../flow/shape/validate.ts";
import type { Program } from "../../../program/program.ts";
import type { LocalProject } from "../../project/project.ts";

/** A project in which each flow with an error is in its last good version, and which flows those are. */
interface LastGood {
  project: LocalProject;
  /** Flows with an error that continue in an earlier version. */
  held: string[];
  /** Flows with an error that have no earlier version. */
  missing: string[];
}

/** What to print about the flows that have an error. */
export function describeBroken({ held, missing }: LastGood): string[] {
  return [
    ...(held.length > 0 ? [`The last good version of ${held.join(", ")} keeps answering.`] : []),
    ...(missing.length > 0 ? [`${missing.join(", ")} cannot be called until it is fixed.`] : []),
  ];
}

/**
 * Replaces flows that have an error with their earlier versions. A flow that runs a part with an error counts as one.
 * @param before what was served until now
 */
export function lastGood(before: Pick<LocalProject, "flows">, now: LocalProject): LastGood {
  const errors = now.diagnostics.filter(({ severity }) => severity === "error");
  const wrong = new Set(errors.map(({ file }) => flowName(file)));
  // An unset variable is reported in the part that reads it, but every flow that runs the part lacks it.
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
