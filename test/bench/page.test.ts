/** docs/benchmarks.md shows the recorded runs, as the table code writes them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Figure } from "./figure.ts";
import { benchmarksPage, wholePage } from "./page.ts";
import type { Run } from "./run.ts";

const machine = { cpu: "EPYC", cores: 2, system: "linux x64", node: "24.0.0", workerd: "1.0.0" };

function run(node: string, figures: Figure[]): Run {
  return {
    machine: { ...machine, node },
    measurements: [{ title: "The bundle", about: "What a deploy uploads.", figures }],
  };
}

test("the page shows the recorded runs: if not, run npm run bench -- --record", () => {
  expect(readFileSync("docs/benchmarks.md", "utf8")).toBe(wholePage());
});

test("two runs are columns of one table, each with its machine", () => {
  const before = run("20.0.0", [
    { name: "gzipped", value: 44.989, unit: "kB", bound: { atMost: 45 } },
    { name: "cel-js", value: 82.4, unit: "kB" },
  ]);
  const now = run("24.0.0", [
    { name: "gzipped", value: 25.04, unit: "kB", bound: { atMost: 26 } },
    { name: "starts", value: 1234.5, unit: "a second", bound: { atLeast: 1000 } },
  ]);
  expect(benchmarksPage({ before, now }).split("\n").slice(-13)).toEqual([
    "- **before**: EPYC, 2 cores, linux x64, Node 20.0.0, workerd 1.0.0",
    "- **now**: EPYC, 2 cores, linux x64, Node 24.0.0, workerd 1.0.0",
    "",
    "## The bundle",
    "",
    "What a deploy uploads.",
    "",
    "| figure | before | now | bound |",
    "| --- | --: | --: | --- |",
    "| gzipped | 45 kB | 25 kB | at most 26 kB |",
    "| starts |  | 1,235 a second | at least 1,000 a second |",
    "| cel-js | 82.4 kB |  |  |",
    "",
  ]);
});

test("a single run has one column", () => {
  const page = benchmarksPage({
    before: undefined,
    now: run("24.0.0", [{ name: "gzipped", value: 25, unit: "kB" }]),
  });
  expect(page).toContain("| figure | now | bound |\n| --- | --: | --- |\n| gzipped | 25 kB |  |\n");
});
