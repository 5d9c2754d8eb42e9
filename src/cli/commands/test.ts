/** `ringflow test`: plays every scenario in this process, concurrently, through the app that the Worker serves. */
import type { SourceFile } from "../../flow/language/node.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { type Coverage, coverageOf, uncovered } from "../play/coverage.ts";
import { diagnosticOf, type Outcome } from "../play/outcome.ts";
import { playWritten } from "../play/stage.ts";
import { buildFiles } from "../project/build-files.ts";
import { FLOWS, flowFiles, readFiles, siblingFlows, testFiles } from "../project/files.ts";
import { findWrong } from "../project/project.ts";
import { formatFrames, formatText } from "../project/report.ts";
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
  const tests = await readFiles(await testFiles(paths));
  // A test file can be anywhere; it can name the project's flows and those in its own folder.
  const siblings = await siblingFlows(tests.map(({ path }) => path));
  const flows = await readFiles(await flowFiles([...new Set([FLOWS, ...paths, ...siblings])]));
  const built = await buildFiles(flows);
  // A flow with an error still exists: its own findings report it.
  const names = flows.map(({ path }) => flowName(path));
  const written = tests.map((file) => readScenarios(file, names));
  const env = await workerVariables();
  const diagnostics = [
    ...built.diagnostics,
    ...findWrong(built.flows, env),
    ...written.flatMap((one) => one.diagnostics),
  ];
  const scenarios = written.flatMap((one) => one.scenarios);
  const files = [...flows, ...built.calendars, ...tests];
  if (diagnostics.some(({ severity }) => severity === "error")) {
    print(options, formatText(diagnostics, files, options.out));
    return 1;
  }
  if (scenarios.length === 0) {
    print(options, `No scenarios found in ${paths.join(", ")}. Write some in flows/<name>.test.yaml.`);
    return 2;
  }
  const began = performance.now();
  const outcomes = await Promise.all(scenarios.map((scenario) => playWritten(scenario, built, env)));
  report(outcomes, files, options);
  const coverage = options.coverage ? coverageOf(built.flows, outcomes) : [];
  if (options.coverage) reportCoverage(coverage, options);
  const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
  print(options, summary(outcomes.length, failed, performance.now() - began));
  return failed > 0 || coverage.some((one) => uncovered(one).length > 0) ? 1 : 0;
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
