/** `ringflow test`: plays every scenario in this process, concurrently, through the app that the Worker serves. */
import { workerReads } from "../../flow/analysis/worker-reads.ts";
import { type Built, hasError } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { type Config, hasOwn, ownKinds } from "../../flow/config/config.ts";
import { readScenarios, type WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { type CoverageGoal, coverageOf, reaches } from "../play/coverage.ts";
import { inGroups } from "../play/in-groups.ts";
import type { Outcome } from "../play/outcome.ts";
import { percentOfPaths } from "../play/path-coverage.ts";
import type { Played } from "../play/played.ts";
import { playInForms } from "../play/said.ts";
import { type ReportOptions, reportOf } from "../play/test-report.ts";
import { Problem } from "../problem.ts";
import { buildFiles } from "../project/build-files.ts";
import { FLOWS, flowFiles, flowsFor, readFiles, testFiles } from "../project/files.ts";
import { findWrong } from "../project/project.ts";
import { writeReport } from "../project/report-file.ts";
import { workerVariables } from "../project/variables.ts";

/** Options of `ringflow test`. */
export interface TestOptions {
  /** Print which exits no scenario takes, and fail if there are any. */
  coverage?: boolean;
  /** The same, but fail only if scenarios take less than this percentage. Flows without a scenario count. */
  minCoverage?: number;
  /** Explore the flows, and print which paths no scenario takes. */
  paths?: boolean;
  /** The same, and fail if scenarios take less than this percentage. */
  minPathCoverage?: number;
  /** Print every call, not only the failed ones. */
  verbose?: boolean;
  /** Text if left out. */
  format?: "text" | "junit";
  /** A file for the report. The terminal then shows text. */
  file?: string;
  /** The report is written here; coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Runs test files.
 * @param paths test files and folders of test files
 * @returns the exit code: 0 if every call went as written, 1 if one did not, 2 if there was nothing to run
 */
export async function test(paths: readonly string[], options: TestOptions): Promise<number> {
  const goal = options.minCoverage ?? (options.coverage ? "all" : undefined);
  const { minPathCoverage } = options;
  const hasPaths = options.paths === true || minPathCoverage !== undefined;
  const played = await play(paths, goal, hasPaths && (minPathCoverage ?? "all"));
  const text = (out?: NodeJS.WritableStream): string => textOf(paths, played, { ...options, goal, out });
  const report = options.format === "junit" ? await junitOf(played) : text;
  if (options.file !== undefined) await writeReport(options.file, report());
  options.out.write(`${options.file === undefined ? report(options.out) : text(options.out)}\n`);
  const isShort = minPathCoverage !== undefined && percentOfPaths(played.paths) < minPathCoverage;
  return exitCodeOf(played, goal, isShort);
}

async function junitOf(played: Played): Promise<() => string> {
  const { formatJunit } = await import("../play/junit.ts");
  return () => formatJunit(played);
}

function textOf(paths: readonly string[], played: Played, options: ReportOptions): string {
  const nothing = isEmpty(played)
    ? [`No scenarios found in ${paths.join(", ")}. Write some in flows/<name>.test.yaml.`]
    : [];
  return [...reportOf(played, options), ...nothing].join("\n");
}

async function play(
  paths: readonly string[],
  goal: CoverageGoal | undefined,
  pathGoal: CoverageGoal | false,
): Promise<Played> {
  const testPaths = await testFiles(paths);
  const tests = await readFiles(testPaths);
  const flows = await readFiles(await flowsFor(testPaths, paths));
  const built = await buildFiles(flows);
  const wrongKinds = paths.includes(FLOWS) ? await wrongExamples(built.config) : [];
  // A flow with an error still exists: its own findings report it.
  const names = flows.map(({ path }) => flowName(path));
  const written = tests.map((file) => readScenarios(file, names));
  const env = await workerVariables();
  const findings = [
    ...built.diagnostics,
    ...findWrong(built.flows, env),
    ...written.flatMap((one) => one.diagnostics),
  ];
  const scenarios = written.flatMap((one) => one.scenarios);
  const { playable, broken } = playableOf(scenarios, built, findings);
  const began = performance.now();
  const outcomes = await inGroups(playable, (scenario) => playInForms(scenario, built, env));
  const milliseconds = performance.now() - began;
  // With a percentage, a flow without a test counts as one whose exits are not taken.
  const own = (await flowFiles(paths)).map(flowName);
  const untested = new Set(typeof goal === "number" ? own : []);
  const coverage = goal === undefined ? [] : coverageOf(built.flows, outcomes, untested);
  // Loaded only if needed: exploring takes longer than the calls.
  const walked =
    pathGoal !== false
      ? (await import("../paths/coverage.ts")).pathsOf(built, outcomes, env, pathGoal === "all" ? [] : own)
      : [];
  const files = [...flows, ...built.calendars, ...tests];
  const unset = unsetIn(outcomes, built, env);
  return { findings, files, wrongKinds, outcomes, broken, unset, coverage, paths: walked, milliseconds };
}

function isEmpty(played: Played): boolean {
  return played.outcomes.length === 0 && !isWrong(played);
}

function isWrong({ findings, wrongKinds }: Played): boolean {
  return hasError(findings) || wrongKinds.length > 0;
}

function exitCodeOf(played: Played, goal: CoverageGoal | undefined, isShort: boolean): number {
  if (isEmpty(played)) return 2;
  const isFailed = played.outcomes.some(({ failure }) => failure !== undefined);
  const isUncovered = goal !== undefined && !reaches(played.coverage, goal);
  return isWrong(played) || isFailed || isUncovered || isShort ? 1 : 0;
}

/** Secrets have stand-ins, so they do not count. */
function unsetIn(
  outcomes: readonly Outcome[],
  { flows }: Pick<Built, "flows">,
  env: Readonly<Record<string, string>>,
): string[] {
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const names = failed.flatMap(({ written: { flow: name, scenario } }) => {
    const reads = flows.filter(({ flow }) => flow.name === name).flatMap(({ flow }) => workerReads(flow));
    const known = { ...env, ...scenario.env, ...scenario.secrets };
    return reads.filter((read) => !read.isSecret && !known[read.name]).map((read) => read.name);
  });
  return [...new Set(names)];
}

/** The failures of the project's own kinds in the calls to their examples. */
async function wrongExamples(config: Config): Promise<string[]> {
  if (!hasOwn(config)) return [];
  const { refuseExamples } = await import("../play/examples.ts");
  refuseExamples(config);
  const { playExample } = await import("../docs/docs-calls.ts");
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
