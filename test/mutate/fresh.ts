/** Mutants that a warm process cannot show: those of code that runs while a module loads, and of tests that run once. */
import { basename } from "node:path";
import type { Coverage } from "./cover.ts";
import type { Numbered } from "./schemata.ts";

/** Of how many files the tests are run, at most: each mutant takes a process of its own. */
const MOST_FILES = 6;

/** What the warm process cannot show. */
export interface NotShown {
  /** Tests that fail if they run again. */
  unrepeatable: ReadonlySet<string>;
  /** Mutants that a test did not reach, because the process remembers what was computed before. */
  missed: readonly { id: number; test: string }[];
}

/** The files of tests that may kill the mutant in a process of its own; none, if the warm one has shown all. */
export function freshFiles(
  covered: Coverage,
  all: readonly Numbered[],
  { id, file, host }: Numbered,
  { unrepeatable, missed }: NotShown,
): string[] {
  const once = new Set<string>();
  for (const test of unrepeatable)
    if (covered.tests[test]?.hits.some(([reached]) => reached === id)) once.add(fileOf(test));
  for (const { test } of missed.filter((pair) => pair.id === id)) {
    if (once.size < MOST_FILES) once.add(fileOf(test));
  }
  const isTested = Object.values(covered.tests).some(({ hits }) => hits.some(([reached]) => reached === id));
  const isOutside = !isTested && Object.values(covered.outside).some((ids) => ids.includes(id));
  const isStatic = host.kind === "constant" && !host.reads;
  if (!isStatic && !isOutside) return [...once];
  const inFile = new Set(all.filter((one) => one.file === file).map((one) => one.id));
  const reach = new Map<string, number>();
  for (const [test, { hits }] of Object.entries(covered.tests)) {
    const hit = hits.filter(([reached]) => inFile.has(reached)).length;
    if (hit > 0) reach.set(fileOf(test), Math.max(reach.get(fileOf(test)) ?? 0, hit));
  }
  const named = basename(file, ".ts");
  const rank = (path: string): number => (basename(path).startsWith(named) ? 1e6 : (reach.get(path) ?? 0));
  const near = [...reach.keys()].toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_FILES);
  return [...new Set([...near, ...once])];
}

/** The file of a test. */
export function fileOf(test: string): string {
  return test.slice(0, test.indexOf(" > "));
}
