/** `ringflow test --fuzz`: random calls to flows, with services and a store that fail. */
import { hasError } from "../../flow/build.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { describeFailure, fuzz as playCalls } from "../play/fuzz/fuzz.ts";
import type { Fuzzed } from "../play/fuzz/random-call.ts";
import { Problem } from "../problem.ts";
import { buildFiles } from "../project/build-files.ts";
import { flowFiles, flowsFor, readFiles, testFiles } from "../project/files.ts";
import { formatText, plural } from "../project/report.ts";
import { workerVariables } from "../project/variables.ts";

/** Options of `ringflow test --fuzz`. */
interface FuzzOptions {
  calls: number;
  /** The same seed makes the same calls; another one each time if left out. */
  seed?: string;
  out: NodeJS.WritableStream;
}

/**
 * Plays random calls to flows.
 * @param paths flows, test files, and folders of them
 * @returns the exit code: 1 if something was wrong in a call
 * @throws Problem if there is no flow to call
 */
export async function fuzz(paths: readonly string[], { calls, seed, out }: FuzzOptions): Promise<number> {
  const began = performance.now();
  const flows = await fuzzedFlows(paths, out);
  if (flows.length === 0) throw new Problem(`No flows without errors found in ${paths.join(", ")}.`);
  const chosen = seed ?? `${Date.now() % 100_000}`;
  const { failures, played } = await playCalls(flows, calls, chosen);
  for (const failure of failures) out.write(`${describeFailure(failure)}\n`);
  const ms = (performance.now() - began).toFixed(0);
  const found = failures.length === 0 ? "nothing is wrong" : `${plural(failures.length, "thing")} wrong`;
  out.write(
    `${plural(played, "random call")} to ${plural(flows.length, "flow")}, seed ${chosen}: ${found}, in ${ms} ms.\n`,
  );
  return failures.length === 0 ? 0 : 1;
}

/** The flows that can be called, with what the project's tests say about them. */
async function fuzzedFlows(paths: readonly string[], out: NodeJS.WritableStream): Promise<Fuzzed[]> {
  const tests = await readFiles(await testFiles(paths));
  const files = await readFiles(
    await flowsFor(
      tests.map(({ path }) => path),
      paths,
    ),
  );
  const built = await buildFiles(files);
  if (hasError(built.diagnostics))
    out.write(`${formatText(built.diagnostics, [...files, ...built.calendars], out)}\n\n`);
  const names = files.map(({ path }) => flowName(path));
  const scenarios = tests.flatMap((file) => readScenarios(file, names).scenarios);
  const answers = scenarios.flatMap(({ scenario }) => Object.entries(scenario.requests ?? {}));
  const wanted = new Set([...(await flowFiles(paths)).map(flowName), ...scenarios.map(({ flow }) => flow)]);
  const env = await workerVariables();
  return built.flows.flatMap((flow) =>
    flow.graph.isEntry && wanted.has(flow.flow.name)
      ? [
          {
            flow,
            project: built,
            scenarios: scenarios.filter((one) => one.flow === flow.flow.name),
            answers,
            env,
          },
        ]
      : [],
  );
}
