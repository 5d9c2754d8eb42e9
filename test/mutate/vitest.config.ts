/** The tests that mutants are run against: those of Node, in one process, with the sources that preload.ts hands out. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { ACTIVE, FOLDER, readPlan } from "./plan.ts";

/** Takes the files in the plan's order: those first that kill much in a short time. */
class PlannedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = readPlan(process.env[FOLDER] ?? "").order ?? [];
    const rank = ({ moduleId }: TestSpecification): number =>
      order.findIndex((file) => moduleId.endsWith(file));
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
// A mutant that is on from the start needs nothing but Vitest's own runner.
const runner = process.env[ACTIVE] === undefined ? { runner: file("runner.ts") } : {};

export default defineConfig({
  root: file("../.."),
  test: {
    silent: true,
    testTimeout: process.env[ACTIVE] === undefined ? 60_000 : 20_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Whole calls, and the rooms' own tests. The others run none of the mutated code in this process, or take minutes.
    include: [
      "test/{engine,phone,program,worker}/**/*.test.ts",
      "test/flow/{compile,fixtures,functions}.test.ts",
    ],
    exclude: [
      "test/**/*.browser.test.ts",
      // A minute of whole calls, and what only tests a built bundle.
      "test/worker/{calls-in-progress,deployed}.test.ts",
    ],
    experimental: { viteModuleRunner: false },
    pool: "forks",
    maxWorkers: 1,
    isolate: false,
    setupFiles: file("../setup.ts"),
    execArgv: ["--import", file("preload.ts")],
    sequence: { sequencer: PlannedOrder },
    dangerouslyIgnoreUnhandledErrors: true,
    ...runner,
  },
});
