/** The test file of a flow, which calls are written to. */
import { readFile, rename, writeFile } from "node:fs/promises";
import type { SourceFile } from "../../flow/language/node.ts";
import { addScenario, type NewScenario } from "../../flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import type { Outcome } from "./outcome.ts";
import { type Playable, playInForms } from "./said.ts";

/** A test file with a new test, or why it cannot have it. */
export type Tried = { file: SourceFile; outcome: Outcome; name: string } | { why: string };

/**
 * A flow's test file; without text if it does not exist yet.
 * @param flow the path of the flow
 */
export async function testFileOf(flow: string): Promise<SourceFile> {
  const path = flow.replace(/\.(ya?ml)$/, ".test.$1");
  return { path, text: await readFile(path, "utf8").catch(() => "") };
}

/** Writes a test file, at once. */
export async function replaceTestFile({ path, text }: SourceFile): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, path);
}

/**
 * Appends a call that was found to a test file, without writing the file, if the call goes as the scenario says.
 * @param flow the name of the flow
 */
export async function addFoundCall(
  file: SourceFile,
  flow: string,
  scenario: NewScenario,
  project: Playable,
  variables: Readonly<Record<string, string>>,
): Promise<Tried> {
  const flows = project.flows.map((one) => one.flow.name);
  const added = addScenario(file, flow, scenario, flows);
  if ("problem" in added) return { why: added.problem };
  const written = readScenarios(added.file, flows).scenarios.at(-1);
  if (!written) return { why: "the test cannot be read" };
  const outcome = await playInForms(written, project, variables);
  return outcome.failure ? { why: outcome.failure.message } : { file: added.file, outcome, name: added.name };
}
