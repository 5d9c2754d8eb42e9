/** The last recorded hunt, as docs/benchmarks.md shows it. */
import { existsSync, readFileSync } from "node:fs";
import { explanations } from "./explained.ts";
import type { Counts } from "./summary.ts";

/** Where `--record` writes. */
export const RECORDED = "test/mutate/recorded.json";

/** What is recorded. */
export interface Recorded extends Counts {
  seed: string;
}

/** The section of docs/benchmarks.md. */
export function mutantsSection(): string {
  if (!existsSync(RECORDED)) return "";
  const { mutants, seed, chosen, killed, explained, alive }: Recorded = JSON.parse(
    readFileSync(RECORDED, "utf8"),
  );
  const sample = chosen === mutants ? "all" : `a random sample (seed ${seed})`;
  const rows = [
    ["mutants of `src/engine`, `src/worker` and `src/program`", mutants],
    ["tried", `${chosen.toLocaleString("en-US")}, ${sample}`],
    ["killed by a test", `${killed} (${((killed / chosen) * 100).toFixed(1)} %)`],
    ["cannot be killed: nothing changes that a test could see", explained],
    ["alive", alive],
    ["killed of those that can be", `${((killed / (chosen - explained)) * 100).toFixed(1)} %`],
  ];
  const table = [
    "| figure | value |",
    "| --- | --: |",
    ...rows.map((row) => `| ${row.map(shown).join(" | ")} |`),
  ];
  const reasons = Object.entries(Object.groupBy(explanations().values(), (why) => why))
    .toSorted(([, a], [, b]) => (b?.length ?? 0) - (a?.length ?? 0))
    .map(([why, all]) => `- ${all?.length}: ${why}`);
  return `## Tests that notice

\`npm run mutate\` changes one token of the source at a time and looks whether a test of Node's fails: the edge of a comparison,
a condition, an operator, a constant, a text, a part of a pattern, a statement left out. Tests in workerd or a browser, those that
start processes, and those that take longer than 1.5 s are not run. \`npm run mutate -- --record\` writes this section.

${table.join("\n")}

Mutants that change nothing visible are listed in \`test/mutate/explained.json\`, each with its reason:

${reasons.join("\n")}
`;
}

function shown(value: string | number): string {
  return typeof value === "number" ? value.toLocaleString("en-US") : value;
}
