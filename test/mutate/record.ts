/** The recorded hunts, each of a sample, as docs/benchmarks.md shows them. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { explanations } from "./explained.ts";
import type { Counts } from "./summary.ts";

/** Where `--record` writes. */
const RECORDED = "test/mutate/recorded.json";

/** What is recorded. */
export interface Recorded extends Counts {
  seed: string;
  /** How many of its mutants had tests written for them before, in words; none if absent. */
  tuned?: string;
}

function recorded(): Recorded[] {
  return existsSync(RECORDED) ? JSON.parse(readFileSync(RECORDED, "utf8")) : [];
}

/** Records a hunt beside those of other seeds. */
export function record(hunt: Recorded): void {
  const all = recorded();
  const others = all.filter(({ seed }) => seed !== hunt.seed);
  const before = all.find(({ seed }) => seed === hunt.seed);
  writeFileSync(RECORDED, `${JSON.stringify([...others, { ...before, ...hunt }], null, 2)}\n`);
}

/** The section of docs/benchmarks.md. */
export function mutantsSection(): string {
  const hunts = recorded();
  if (hunts.length === 0) return "";
  const share = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;
  const row = (name: string, value: (hunt: Recorded) => string | number): string =>
    `| ${[name, ...hunts.map((hunt) => shown(value(hunt)))].join(" | ")} |`;
  const table = [
    row("figure", ({ seed }) => `sample of seed ${seed}`),
    row("---", () => "--:"),
    row("mutants of `src/engine`, `src/worker` and `src/program`", ({ mutants }) => mutants),
    row("tests written for this sample before", ({ tuned = "none" }) => tuned),
    row("tried", ({ chosen }) => chosen),
    row("killed by a test", ({ killed, chosen }) => `${killed} (${share(killed, chosen)})`),
    row("cannot be killed: nothing changes that a test could see", ({ explained }) => explained),
    row("alive", ({ alive }) => alive),
    row("killed of those that can be", ({ killed, chosen, explained }) => share(killed, chosen - explained)),
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
