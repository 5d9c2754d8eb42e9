/** What the main process and the processes of Vitest agree on: files in a temporary folder. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The environment's name of the folder. */
export const FOLDER = "MUTATE_FOLDER";
/** The environment's name of the one mutant that is on from the start. */
export const ACTIVE = "MUTATE_ACTIVE";

/** What a process of Vitest does. */
export interface Plan {
  /** The mutated sources, by their path. */
  sources: Readonly<Record<string, string>>;
  /** By test: what it takes, and the mutants to run it with. undefined: every test runs once, and reports what it reaches. */
  tests?: Readonly<Record<string, Planned>>;
  /** The files of tests in the order in which they run. */
  order?: readonly string[];
}

/** A test of the second run. */
export interface Planned {
  ms: number;
  /** Mutants, each with how often the test usually reaches it. */
  mutants: readonly (readonly [id: number, hits: number])[];
}

/** What a process of Vitest reports. */
export type Report =
  /** A test and what it reaches. */
  | { is: "reached"; test: string; ms: number; hits: [id: number, hits: number][] }
  /** What a file of tests reaches outside of its tests. */
  | { is: "outside"; file: string; ids: number[] }
  | { is: "begins"; test: string; id: number }
  /** Not reached: an earlier test had it computed, and the process remembers the result. */
  | { is: "lives"; test: string; id: number; isReached: boolean }
  | { is: "killed"; test: string; id: number; why: string }
  /** The test does not pass twice, or not after this mutant. */
  | { is: "unrepeatable"; test: string; after: number; why: string };

/** Reads the plan. */
export function readPlan(folder: string): Plan {
  const plan: Plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
  return plan;
}

/** The file of the reports, a line each. */
export function reportsPath(folder: string): string {
  return join(folder, "reports.jsonl");
}

/** Adds a report. */
export function report(folder: string, one: Report): void {
  appendFileSync(reportsPath(folder), `${JSON.stringify(one)}\n`);
}
