/** docs/benchmarks.md: the recorded runs side by side, a table for each measurement. */
import { writeFileSync } from "node:fs";
import { mutantsSection } from "../mutate/record.ts";
import type { Figure } from "./figure.ts";
import { machineLine } from "./machine.ts";
import { type Measured, type Run, type RunName, recorded } from "./run.ts";
import { boundText, shown } from "./table.ts";

const PATH = "docs/benchmarks.md";

const INTRO = `# Benchmarks

\`npm run bench -- --record\` writes this page from the last run. Do not edit it.

Contenders take turns, round by round, so that whatever slows the machine slows them all alike; each figure is the median
of its rounds. Ratios say more than absolute figures do, and figures of one run compare better than those of two. A full run
checks every bound, CI those that do not depend on time.

To measure on your machine, run \`npm run bench\` (three to six minutes). In the tables, **before** is the last release and
**now** the version in this repository.
`;

/** A recorded run with its name. */
interface Column {
  name: RunName;
  run: Run;
}

/** Writes the page from the recorded runs. */
export function writePage(): void {
  writeFileSync(PATH, wholePage());
}

/** The page with everything that was recorded. */
export function wholePage(): string {
  return benchmarksPage(
    { before: recorded("before"), now: recorded("now") },
    [mutantsSection()].filter((section) => section !== ""),
  );
}

/** The page, with more sections after those of the runs. A run that was not recorded has no column. */
export function benchmarksPage(
  runs: Readonly<Record<RunName, Run | undefined>>,
  more: readonly string[] = [],
): string {
  const columns: Column[] = [];
  if (runs.before) columns.push({ name: "before", run: runs.before });
  if (runs.now) columns.push({ name: "now", run: runs.now });
  const machines = columns.map(({ name, run }) => `- **${name}**: ${machineLine(run.machine)}`);
  const titles = new Set(
    columns.toReversed().flatMap(({ run }) => run.measurements.map(({ title }) => title)),
  );
  const sections = [...titles].map((title) => section(title, columns));
  return [INTRO, `${machines.join("\n")}\n`, ...sections, ...more].join("\n");
}

function section(title: string, columns: readonly Column[]): string {
  const measured = columns.map(({ run }) => run.measurements.find((one) => one.title === title));
  const about = measured.findLast((one) => one !== undefined)?.about ?? "";
  const head = ["figure", ...columns.map(({ name }) => name), "bound"];
  const rows = namesIn(measured).map((name) => row(name, measured));
  const table = [head, head.map((cell) => (cell === "figure" || cell === "bound" ? "---" : "--:")), ...rows];
  const lines = table.map((cells) => `| ${cells.join(" | ")} |`);
  return [`## ${title}\n`, `${about}\n`, ...lines, ""].join("\n");
}

/** The figures' names: those of the last run first, then what only an earlier one has. */
function namesIn(measured: readonly (Measured | undefined)[]): string[] {
  const figures = measured.toReversed().flatMap((one) => one?.figures ?? []);
  return [...new Set(figures.map(({ name }) => name))];
}

function row(name: string, measured: readonly (Measured | undefined)[]): string[] {
  const figures = measured.map((one) => one?.figures.find((figure) => figure.name === name));
  return [name, ...figures.map(valueCell), boundCell(figures.at(-1))];
}

function valueCell(figure: Figure | undefined): string {
  return figure ? `${shown(figure.value)} ${figure.unit}` : "";
}

function boundCell(figure: Figure | undefined): string {
  return figure?.bound ? `${boundText(figure.bound)} ${figure.unit}` : "";
}
