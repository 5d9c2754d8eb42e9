/** `ringflow test`: plays every scenario in this process, concurrently, through the app that the Worker serves. */
import { type Built, hasError } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import type { Config } from "../../flow/config/config.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readScenarios, type WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { playExample } from "../docs/docs-calls.ts";
import { type Coverage, coverageOf, uncovered } from "../play/coverage.ts";
import { ownKinds, refuseExamples } from "../play/examples.ts";
import { diagnosticOf, type Outcome } from "../play/outcome.ts";
import { playInForms } from "../play/said.ts";
import { Problem } from "../problem.ts";
import { buildFiles } from "../project/build-files.ts";
import { FLOWS, flowsFor, readFiles, testFiles } from "../project/files.ts";
import { findWrong } from "../project/project.ts";
import { formatFrames, formatText, plural } from "../project/report.ts";
import { workerVariables } from "../project/variables.ts";

/** Options of `ringflow test`. */
export interface TestOptions {
  /** Print which exits no scenario takes, and fail if there are any. */
  coverage?: boolean;
  /** Print every call, not only the failed ones. */
  verbose?: boolean;
  /** The report is written here; coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Runs test files.
 * @param paths test files and folders of test files
 * @returns the exit code: 0 if every call went as written, 1 if one did not, 2 if there was nothing to run
 */
export async function test(paths: readonly string[], options: TestOptions): Promise<number> {
  const testPaths = await testFiles(paths);
  const tests = await readFiles(testPaths);
  const flows = await readFiles(await flowsFor(testPaths, paths));
  const built = await buildFiles(flows);
  const isOfAll = paths.includes(FLOWS);
  const wrongKinds = isOfAll ? await wrongExamples(built.config) : [];
  for (const why of wrongKinds) print(options, `${why}\n`);
  // A flow with an error still exists: its own findings report it.
  const names = flows.map(({ path }) => flowName(path));
  const written = tests.map((file) => readScenarios(file, names));
  const env = await workerVariables();
  const diagnostics = [
    ...built.diagnostics,
    ...findWrong(built.flows, env),
    ...written.flatMap((one) => one.diagnostics),
  ];
  const files = [...flows, ...built.calendars, ...tests];
  const isWrong = hasError(diagnostics) || wrongKinds.length > 0;
  if (hasError(diagnostics)) print(options, `${formatText(diagnostics, files, options.out)}\n`);
  const { playable, broken } = playableOf(
    written.flatMap((one) => one.scenarios),
    built,
    diagnostics,
  );
  if (broken.length > 0) print(options, `${notPlayed(broken)}\n`);
  if (playable.length === 0 && isWrong) return 1;
  if (playable.length === 0) {
    print(options, `No scenarios found in ${paths.join(", ")}. Write some in flows/<name>.test.yaml.`);
    return 2;
  }
  const began = performance.now();
  const outcomes = await Promise.all(playable.map((scenario) => playInForms(scenario, built, env)));
  report(outcomes, files, options);
  const coverage = options.coverage ? coverageOf(built.flows, outcomes) : [];
  if (options.coverage) reportCoverage(coverage, options);
  const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
  print(options, summary(outcomes.length, failed, performance.now() - began));
  return isWrong || failed > 0 || coverage.some((one) => uncovered(one).length > 0) ? 1 : 0;
}

/** The failures of the project's own kinds in the calls to their examples. */
async function wrongExamples(config: Config): Promise<string[]> {
  refuseExamples(config);
  const failures = ownKinds(config)
    .filter(({ doc }) => doc.calls !== "")
    .map((kind) =>
      playExample(kind, config).then(
        () => [],
        (error: unknown) => {
          if (!(error instanceof Problem)) throw error;
          return [error.message];
        },
      ),
    );
  return (await Promise.all(failures)).flat();
}

/** Scenarios whose flow has a Program and no error, and those that an error holds back. */
function playableOf(
  scenarios: readonly WrittenScenario[],
  { flows }: Pick<Built, "flows">,
  diagnostics: readonly Finding[],
): { playable: WrittenScenario[]; broken: WrittenScenario[] } {
  const wrong = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const names = new Set(flows.filter(({ flow }) => !wrong.has(flow.file)).map(({ flow }) => flow.name));
  const { playable = [], broken = [] } = Object.groupBy(scenarios, ({ flow }) =>
    names.has(flow) ? "playable" : "broken",
  );
  return { playable, broken };
}

function notPlayed(scenarios: readonly WrittenScenario[]): string {
  const flows = [...new Set(scenarios.map(({ flow }) => flow))].join(", ");
  return `${plural(scenarios.length, "call")} not played, because of the errors above: ${flows}.`;
}

function print({ out }: TestOptions, line: string): void {
  out.write(`${line}\n`);
}

function summary(all: number, failed: number, milliseconds: number): string {
  const passed = `${all - failed} of ${all} calls went as written`;
  return `${passed}, in ${milliseconds.toFixed(0)} ms.`;
}

function report(outcomes: readonly Outcome[], files: readonly SourceFile[], options: TestOptions): void {
  for (const outcome of outcomes) {
    const { written, failure, transcript } = outcome;
    if (!failure && !options.verbose) continue;
    if (failure) print(options, formatFrames(diagnosticOf(outcome), files, options.out));
    else print(options, `${written.file}: ${written.scenario.name}`);
    for (const line of transcript) print(options, `    ${line}`);
    print(options, "");
  }
}

function reportCoverage(coverage: readonly Coverage[], options: TestOptions): void {
  for (const one of coverage) {
    const missing = uncovered(one);
    print(
      options,
      `${one.flow}: ${one.exits.length - missing.length} of ${one.exits.length} exits are taken by a test.`,
    );
    for (const { from, label, to } of missing) print(options, `    ${from}${label && ` (${label})`} → ${to}`);
  }
}
