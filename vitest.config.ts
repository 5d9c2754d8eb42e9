/**
 * Three projects: most tests run in Node; `*.workerd.ts` runs in the Workers runtime, against the Worker's entry;
 * `*.browser.test.ts` drives a Chromium, and is skipped where there is none.
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Workers, and the commands that tests start, share the stripped and compiled modules of `ringflow` itself: where it keeps them
// is Node's default.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");

// What `ringflow build` would write. Here the tests' own Programs stand in for it, so that nothing need be built.
const programs = fileURLToPath(new URL("test/worker/fixtures/programs.json", import.meta.url));

// Set here, so that nothing of a developer's own .dev.vars or wrangler.toml reaches the tests.
const bindings = {
  TWILIO_AUTH_TOKEN: "a token of the tests",
  TWILIO_AUTH_TOKEN_SECONDARY: "",
  TWILIO_ACCOUNT_SID: "",
  PUBLIC_URL: "",
  BILLING_NUMBER: "+14155550199",
};

// The plugin takes longer to load than most tests take: `--project node` does not wait for it.
const isNodeAlone = /--project[ =]node(?: |$)/.test(process.argv.join(" "));

async function workerd() {
  const { cloudflareTest } = await import("@cloudflare/vitest-plugin");
  return {
    plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" }, miniflare: { bindings } })],
    resolve: { alias: [{ find: /.*\/programs\.txt$/, replacement: `${programs}?raw` }] },
    test: { name: "workerd", include: ["test/**/*.workerd.ts"] },
  };
}

export default defineConfig({
  test: {
    silent: "passed-only",
    // A machine that does other things as well is no fault of the code's.
    // Half of a test's time is waiting, for a browser or a process: no core is left out.
    maxWorkers: "100%",
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
          // Most objects of a build live shortly: with room for them, a seventh of the processor time is saved.
          execArgv: ["--min-semi-space-size=16", "--max-semi-space-size=64"],
          setupFiles: "test/setup.ts",
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/**/*.browser.test.ts"],
          globalSetup: "test/phone/page/stage.ts",
          isolate: false,
          setupFiles: "test/setup.ts",
        },
      },
      ...(isNodeAlone ? [] : [await workerd()]),
    ],
  },
});
