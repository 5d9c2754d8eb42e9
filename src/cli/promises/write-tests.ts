/** The calls that break promises as tests: each passes while the promise is broken. */
import type { BreakingCall } from "../../explore/promises/findings.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import type { Playable } from "../play/said.ts";
import { addFoundCall, replaceTestFile, testFileOf } from "../play/test-file.ts";
import { plural } from "../project/report.ts";

/**
 * Appends the calls to the test files of the flows that they call. A test of the same name stays as it is.
 * @returns what was done, in sentences
 */
export async function writePromiseTests(
  calls: readonly BreakingCall[],
  project: Playable,
  variables: Readonly<Record<string, string>>,
): Promise<string[]> {
  const notes: string[] = [];
  for (const { flow } of project.flows) {
    const own = calls.filter((call) => call.flow === flow.name);
    if (own.length > 0) notes.push(...(await writeFor(flow, own, project, variables)));
  }
  return notes;
}

async function writeFor(
  { name: flow, file: path }: Playable["flows"][number]["flow"],
  calls: readonly BreakingCall[],
  project: Playable,
  variables: Readonly<Record<string, string>>,
): Promise<string[]> {
  let file = await testFileOf(path);
  const known = readScenarios(file, [flow]).scenarios.map(({ scenario }) => scenario.name);
  const left: string[] = [];
  let count = 0;
  for (const { promise, scenario } of calls) {
    if (known.includes(scenario.name)) {
      left.push(`${file.path} already has the test "${scenario.name}".`);
      continue;
    }
    const tried = await addFoundCall(file, flow, scenario, project, variables);
    if ("why" in tried) left.push(`No test for the promise "${promise}": ${tried.why}`);
    else {
      file = tried.file;
      count++;
    }
  }
  if (count === 0) return left;
  await replaceTestFile(file);
  return [`${plural(count, "test")} added to ${file.path}.`, ...left];
}
