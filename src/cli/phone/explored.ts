/** Explores the project in this folder for the page: what became of its promises, and the ways of calls. */
import { buildProject } from "../project/project.ts";
import { workerVariables } from "../project/variables.ts";
import { decidedPromises, type FiledPromise } from "./decided.ts";
import { type FlowWays, waysOfCalls } from "./ways.ts";

/** What was found. */
export interface Explored {
  promises: FiledPromise[];
  ways: FlowWays[];
}

/** @param now milliseconds since 1970 */
export async function explored(now: number): Promise<Explored> {
  const project = await buildProject();
  const env = await workerVariables();
  return { promises: decidedPromises(project, env, now), ways: await waysOfCalls(project, env, now) };
}
