/** A run of the tests, for a terminal. */
import { styleText } from "node:util";
import { hasError } from "../../flow/build.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { varsTable } from "../project/environment.ts";
import { formatFrames, formatText, plural } from "../project/report.ts";
import { type Coverage, type CoverageGoal, percentOf, totalOf, uncovered } from "./coverage.ts";
import { diagnosticOf, type Outcome } from "./outcome.ts";
import { callLinesOf, type Paint } from "./parting.ts";
import { pathLines } from "./path-lines.ts";
import type { Played } from "./played.ts";

/** How much to print. */
export interface ReportOptions {
  /** Print every call, not only the failed ones. */
  verbose?: boolean | undefined;
  goal: CoverageGoal | undefined;
  /** The percentage of the paths that is required. */
  minPathCoverage?: number | undefined;
  /** The stream that shows the report; without it, there are no colours. */
  out: NodeJS.WritableStream | undefined;
}

/** The lines of the report; those of a run that played nothing end with what held it back. */
export function reportOf(played: Played, options: ReportOptions): string[] {
  const { findings, files, wrongKinds, broken, outcomes } = played;
  return [
    ...wrongKinds.map((why) => `${why}\n`),
    ...(hasError(findings) ? [`${formatText(findings, files, options.out)}\n`] : []),
    ...(broken.length > 0 ? [notPlayed(broken)] : []),
    ...outcomes.flatMap((outcome) => callLines(outcome, played, options)),
    ...(outcomes.length > 0
      ? [
          ...coverageLines(played.coverage, options.goal),
          ...pathLines(played.paths, options.minPathCoverage),
          ...unsetLines(played),
          summary(played),
        ]
      : []),
  ];
}

function notPlayed(scenarios: readonly WrittenScenario[]): string {
  const flows = [...new Set(scenarios.map(({ flow }) => flow))].join(", ");
  return `${plural(scenarios.length, "call")} not played, because of the errors above: ${flows}.`;
}

function callLines(outcome: Outcome, { files }: Played, { verbose, out }: ReportOptions): string[] {
  const { written, failure } = outcome;
  if (!failure && !verbose) return [];
  const head = failure
    ? formatFrames(diagnosticOf(outcome), files, out)
    : `${written.file}: ${written.scenario.name}`;
  const text = files.find(({ path }) => path === written.file)?.text ?? "";
  return [head, ...callLinesOf(outcome, text, out && painter(out)), ""];
}

const COLOURS = { expected: "red", real: "green", rest: "dim" } as const;

function painter(stream: NodeJS.WritableStream): Paint {
  return (style, text) => styleText(COLOURS[style], text, { stream });
}

function coverageLines(coverage: readonly Coverage[], goal: CoverageGoal | undefined): string[] {
  if (goal === undefined) return [];
  const each = coverage.flatMap((one) => [
    `${one.flow}: ${takenOf(one)} are taken by a test.`,
    ...uncovered(one).map(({ from, label, to }) => `    ${from}${label && ` (${label})`} → ${to}`),
  ]);
  return goal === "all" ? each : [...each, totalLine(totalOf(coverage), goal)];
}

function totalLine(total: Coverage, goal: number): string {
  const percent = percentOf(total);
  // Rounded down: 79.9 must not read as 80.
  const shown = `${Math.floor(percent * 10) / 10}%`;
  return percent < goal
    ? `All flows: ${takenOf(total)} are taken, which is ${shown} and less than the required ${goal}%.`
    : `All flows: ${takenOf(total)} are taken, which is ${shown}.`;
}

function takenOf(one: Coverage): string {
  return `${one.exits.length - uncovered(one).length} of ${one.exits.length} exits`;
}

function unsetLines({ unset }: Played): string[] {
  if (unset.length === 0) return [];
  const names = unset.join(", ");
  const where = `in wrangler.toml under ${varsTable()}, or under \`env\` in the test file`;
  return [`The flows of failed calls read variables that are not set: ${names}. Set them ${where}.`];
}

function summary({ outcomes, milliseconds }: Played): string {
  const passed = outcomes.filter(({ failure }) => failure === undefined).length;
  return `${passed} of ${outcomes.length} calls went as written, in ${milliseconds.toFixed(0)} ms.`;
}
