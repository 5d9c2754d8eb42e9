/** A run of the benchmarks, as bench.json and the recorded runs of docs/benchmarks.md hold it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Figure } from "./figure.ts";
import type { Machine } from "./machine.ts";

/** The figures of one measurement. */
export interface Measured {
  title: string;
  /** What is compared, in a sentence or two. */
  about: string;
  figures: Figure[];
}

/** Everything that one run measured, on one machine. */
export interface Run {
  machine: Machine;
  measurements: Measured[];
}

/** The runs that docs/benchmarks.md compares: that of the last release, and the last one recorded since. */
export type RunName = "before" | "now";

/** Where the last run is written; git ignores it. */
const LAST = "bench.json";

/** Writes the last run. */
export function writeLast(run: Run): void {
  writeRun(LAST, run);
}

/** Records the last run under a name, for docs/benchmarks.md. */
export function record(name: RunName): void {
  const last = readRun(LAST);
  if (!last) throw new Error(`${LAST} does not exist. Run \`npm run bench\` first.`);
  writeRun(recordedAt(name), last);
}

/** The run recorded under a name; undefined if there is none. */
export function recorded(name: RunName): Run | undefined {
  return readRun(recordedAt(name));
}

function recordedAt(name: RunName): string {
  return `test/bench/runs/${name}.json`;
}

function readRun(path: string): Run | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

function writeRun(path: string, run: Run): void {
  writeFileSync(path, `${JSON.stringify(run, null, 2)}\n`);
}
