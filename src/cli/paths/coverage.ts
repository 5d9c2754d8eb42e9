/** The paths of a project's flows, and which of them its tests take. */

import { type Moved, type PathCoverage, pathCoverageOf } from "../play/path-coverage.ts";
import type { BuiltFiles } from "../project/build-files.ts";
import { exploreFlow } from "./explored.ts";

/** A flow of a thousand steps takes about as long. */
const MOST_MILLISECONDS = 4000;

/** Explores the flows that have a scenario, or are named in `also`, and that can be called. */
export function pathsOf(
  { flows, audio }: Pick<BuiltFiles, "flows" | "audio">,
  calls: readonly Moved[],
  env: Readonly<Record<string, string>>,
  also: readonly string[],
): PathCoverage[] {
  const wanted = new Set([...calls.map(({ written }) => written.flow), ...also]);
  const callable = flows.filter(({ flow, graph }) => graph.isEntry && wanted.has(flow.name));
  return callable.map((built) => {
    const options = { now: Date.now(), env, mostMilliseconds: MOST_MILLISECONDS };
    return pathCoverageOf(built.flow.name, exploreFlow(built, audio, options), calls);
  });
}
