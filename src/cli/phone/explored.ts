/** Explores flows of the project in this folder for the page: what became of their promises, and the ways of calls. */
import { buildProject } from "../project/project.ts";
import { workerVariables } from "../project/variables.ts";
import { decidedPromises, type FiledPromise } from "./decided.ts";
import { type FlowWays, waysOfCalls } from "./ways.ts";

/** What was found of a flow: first its promises, then its ways. */
export type Explored = { flow: string } & ({ promises: FiledPromise[] } | { ways: FlowWays });

/**
 * Explores flows that can be called.
 * @param names those to explore; a flow that has an error by now is left out
 * @param now milliseconds since 1970
 * @param show gets the promises of all of them first, which do not wait for the ways
 */
export async function exploreFlows(
  names: readonly string[],
  now: number,
  show: (found: Explored) => void,
): Promise<void> {
  const project = await buildProject();
  const env = await workerVariables();
  const flows = project.flows.filter(({ flow }) => names.includes(flow.name));
  for (const built of flows)
    show({ flow: built.flow.name, promises: decidedPromises(built, project, env, now) });
  for (const built of flows) show({ flow: built.flow.name, ways: waysOfCalls(built, project, env, now) });
}
