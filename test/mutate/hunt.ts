/** Runs each mutant against the tests that reach it, until one fails. */
import type { Coverage } from "./cover.ts";
import { fileOf, freshFiles, type NotShown } from "./fresh.ts";
import type { Planned } from "./plan.ts";
import { run } from "./run.ts";
import type { Numbered } from "./schemata.ts";

/** Tests that take longer are left out: each would run once for every mutant that it reaches. */
const SLOWEST_MS = 1500;
/** How often a test may fail without a mutant before it is only run in a process of its own. */
const CHANCES = 3;

/** What is hunted, and how. */
export interface Hunt {
  folder: string;
  sources: Readonly<Record<string, string>>;
  chosen: readonly Numbered[];
  all: readonly Numbered[];
  covered: Coverage;
  bar(text: string): void;
}

/** What became of the mutants. */
export interface Hunted {
  /** By mutant: the test that killed it, and how it failed. */
  killed: Map<number, { test: string; why: string }>;
  /** Mutants that no test reaches. */
  unreached: Set<number>;
}

/** Kills what can be killed. */
export async function hunt(of: Hunt): Promise<Hunted> {
  const hunted: Hunted = { killed: new Map(), unreached: new Set() };
  const anew = await huntWarm(of, hunted);
  const alive = of.chosen.filter(({ id }) => !hunted.killed.has(id));
  for (const [index, mutant] of alive.entries()) {
    const files = freshFiles(of.covered, of.all, mutant, anew);
    if (files.length === 0) continue;
    of.bar(`${index} of ${alive.length} anew, ${hunted.killed.size} killed: ${mutant.file}:${mutant.line}`);
    const { code, hangs } = await run({
      folder: of.folder,
      plan: { sources: of.sources },
      files,
      active: mutant.id,
      take: () => false,
    });
    if (code !== 0)
      hunted.killed.set(mutant.id, { test: files.join(" "), why: hangs ? "time-out" : "fails" });
  }
  const reached = new Set(Object.values(of.covered.tests).flatMap(({ hits }) => hits.map(([id]) => id)));
  for (const ids of Object.values(of.covered.outside)) for (const id of ids) reached.add(id);
  for (const { id, host } of of.chosen)
    if (!reached.has(id) && !(host.kind === "constant" && !host.reads)) hunted.unreached.add(id);
  return hunted;
}

/** What the warm processes have shown. */
interface Warm {
  /** Pairs of a mutant and a test that have run. */
  done: Set<string>;
  /** How often each test failed without a mutant. */
  failures: Map<string, number>;
  /** Pairs in which the mutant was not reached. */
  missed: { id: number; test: string }[];
}

/** All mutants in a few processes: each test is repeated with one after the other. Returns what this cannot show. */
async function huntWarm(of: Hunt, { killed }: Hunted): Promise<NotShown> {
  const warm: Warm = { done: new Set(), failures: new Map(), missed: [] };
  const fail = (test: string): Map<string, number> =>
    warm.failures.set(test, (warm.failures.get(test) ?? 0) + 1);
  let runs = 0;
  for (;;) {
    const tests = planned(of, killed, warm);
    const order = filesByCost(tests);
    if (order.length === 0) break;
    let now: { test: string; id: number } | undefined;
    let isStopped = false;
    const { hangs, code } = await run({
      folder: of.folder,
      plan: { sources: of.sources, tests, order },
      files: order,
      take: (report) => {
        if (report.is === "unrepeatable") {
          fail(report.test);
          isStopped ||= report.after > 0;
          return report.after > 0;
        }
        if (report.is === "begins") now = report;
        if (report.is === "killed") killed.set(report.id, report);
        if (report.is === "killed" || report.is === "lives") {
          warm.done.add(pair(report));
          if (report.is === "lives" && !report.isReached) warm.missed.push(report);
          now = undefined;
          of.bar(`${killed.size} of ${of.chosen.length} killed, ${++runs} runs: ${report.test}`);
        }
        return false;
      },
    });
    if (isStopped) continue;
    if (!now && !hangs) {
      const left = Object.keys(planned(of, killed, warm)).length;
      if (left > 0) console.error(`${left} tests did not run (Vitest ended with ${code}).`);
      break;
    }
    // The mutant took the whole process with it.
    if (now) killed.set(now.id, { test: now.test, why: hangs ? "time-out" : "crash" });
    if (now) fail(now.test);
  }
  return { unrepeatable: new Set(warm.failures.keys()), missed: warm.missed };
}

/** The tests that reach living mutants which have not run against them. */
function planned(
  { chosen, covered }: Hunt,
  killed: Hunted["killed"],
  { done, failures }: Warm,
): Record<string, Planned> {
  const living = new Set(chosen.map(({ id }) => id).filter((id) => !killed.has(id)));
  const tests: Record<string, Planned> = {};
  for (const [test, { ms, hits }] of Object.entries(covered.tests)) {
    if (ms > SLOWEST_MS || (failures.get(test) ?? 0) >= CHANCES) continue;
    const mutants = hits.filter(([id]) => living.has(id) && !done.has(pair({ id, test })));
    if (mutants.length > 0) tests[test] = { ms, mutants };
  }
  return tests;
}

function pair({ id, test }: { id: number; test: string }): string {
  return `${id} ${test}`;
}

/** Files of tests, those first that take the least time for a mutant. */
function filesByCost(tests: Readonly<Record<string, Planned>>): string[] {
  const costs = new Map<string, { ms: number; runs: number }>();
  for (const [test, { ms, mutants }] of Object.entries(tests)) {
    const file = fileOf(test);
    const before = costs.get(file) ?? { ms: 0, runs: 0 };
    costs.set(file, { ms: before.ms + ms * mutants.length, runs: before.runs + mutants.length });
  }
  return [...costs].toSorted(([, a], [, b]) => a.ms / a.runs - b.ms / b.runs).map(([file]) => file);
}
