/** Two projects: most tests run in Node; `*.browser.test.ts` drives a Chromium, and is skipped if there is none. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

// Workers, and the commands that tests start, share the stripped and compiled modules of `ringflow` itself. Each run adds its test
// files under new URLs, and Node removes nothing: here, `npm ci` does.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/node-compile-cache");

export default defineConfig({
  test: {
    silent: "passed-only",
    // A worker waits for a browser or a process every so often: with one for each core, a tenth of the cores' time was left over.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // A machine that does other things as well is no fault of the code's.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.browser.test.ts"],
          // Node runs TypeScript on its own: half of a short run was Vite's transforming of each file.
          experimental: { viteModuleRunner: false },
          // Loading the compiler anew for each file took most of a run.
          isolate: false,
          // Most objects of a build are short-lived: room for them saves a seventh of the CPU time.
          execArgv: ["--min-semi-space-size=16", "--max-semi-space-size=64"],
          setupFiles: "test/setup.ts",
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/**/*.browser.test.ts"],
          globalSetup: "test/phone/page/stage.ts",
          // Its server starts while the others are tested.
          sequence: { groupOrder: 1 },
          experimental: { viteModuleRunner: false },
          isolate: false,
          setupFiles: "test/setup.ts",
        },
      },
    ],
  },
});
