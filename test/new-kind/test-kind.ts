/** `npm run test:kind <name>`: the tests of one step kind, with as little output as there can be. */
import { spawnSync } from "node:child_process";
import { wrongArguments } from "./arguments.ts";

/** The tests that run for each kind, with its name in their titles. */
const FILES = [
  "test/flow/fixtures.test.ts",
  "test/flow/twiml-written.test.ts",
  "test/flow/properties.test.ts",
  "test/cli/docs.test.ts",
];

function run(name: string, more: readonly string[]): number {
  // Other names contain a kind's, such as `ok-reset.yaml` and `set`.
  const titles = `(?<![\\w-])${name}(?![\\w-])`;
  const options = ["run", "--project", "node", "--hideSkippedTests", "-t", titles];
  const reporter = more.length > 0 ? more : ["--reporter=agent"];
  const vitest = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", ...options, ...reporter, ...FILES],
    {
      stdio: "inherit",
    },
  );
  return vitest.status ?? 1;
}

const args = process.argv.slice(2);
const [name = "", ...more] = args;
const message = await wrongArguments(args);
if (message !== undefined) console.error(message);
process.exitCode = message === undefined ? run(name, more) : 2;
