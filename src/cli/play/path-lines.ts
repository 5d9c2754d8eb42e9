/** The coverage of paths, for a terminal. */
import { plural } from "../project/report.ts";
import { type CoveredPath, type PathCoverage, percentOfPaths, untaken } from "./path-coverage.ts";

/** A flow can have thousands of paths. */
const MOST_LINES = 20;

/** The paths of each flow that no test takes, and the share of all that tests take. */
export function pathLines(coverage: readonly PathCoverage[], required: number | undefined): string[] {
  const each = coverage.flatMap((one) => {
    const open = untaken(one);
    const more = open.length - MOST_LINES;
    return [
      `${one.flow}: ${takenOf(one.paths)} are taken by a test.`,
      ...one.cut.map((message) => `    Not everything was explored: ${message}`),
      ...open.slice(0, MOST_LINES).map(lineOf),
      ...(more > 0 ? [`    … and ${plural(more, "more path")}`] : []),
    ];
  });
  return required === undefined ? each : [...each, totalLine(coverage, required)];
}

function lineOf({ steps, label }: CoveredPath): string {
  const [first = "", ...rest] = steps;
  return `    ${first}${label && ` (${label})`} → ${rest.join(" → ")}`;
}

function totalLine(coverage: readonly PathCoverage[], required: number): string {
  const percent = percentOfPaths(coverage);
  // Rounded down: 79.9 must not read as 80.
  const shown = `${Math.floor(percent * 10) / 10}%`;
  const short = percent < required ? ` and less than the required ${required}%` : "";
  return `All flows: ${takenOf(coverage.flatMap(({ paths }) => paths))} are taken, which is ${shown}${short}.`;
}

function takenOf(paths: readonly CoveredPath[]): string {
  return `${paths.filter(({ taken }) => taken).length} of ${paths.length} paths`;
}
