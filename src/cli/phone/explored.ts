/** Explores the project in this folder for the page: what became of its promises, and the ways of calls. */
import { buildProject } from "../project/project.ts";
import { workerVariables } from "../project/variables.ts";
import { decidedPromises, type FiledPromise } from "./decided.ts";
import { type FlowWays, waysOfCalls } from "./ways.ts";

/** What was found: one after the other. */
export type Explored = { promises: FiledPromise[] } | { ways: FlowWays[] };

/**
 * Explores all flows.
 * @param now milliseconds since 1970
 * @param show gets the promises first, which do not wait for the ways
 */
export async function exploreFlows(now: number, show: (found: Explored) => void): Promise<void> {
  const project = await buildProject();
  const env = await workerVariables();
  show({ promises: decidedPromises(project, env, now) });
  show({ ways: await waysOfCalls(project, env, now) });
}
