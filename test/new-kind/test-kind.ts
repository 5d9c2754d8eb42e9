/** `npm run test:kind <name>`: the tests of one step kind, with as little output as there can be. */
import { spawnSync } from "node:child_process";
import { nearest } from "../../src/flow/language/diagnostic.ts";
import { kinds } from "../../src/flow/steps/registry.ts";

/** The tests that run for each kind, with its name in their titles. */
const FILES = [
  "test/flow/fixtures.test.ts",
  "test/flow/twiml-written.test.ts",
  "test/flow/properties.test.ts",
  "test/cli/docs.test.ts",
];

const [name = "", ...more] = process.argv.slice(2);
const isUsed = name !== "" && more.every((one) => one.startsWith("--"));

/** What is wrong with the command, if anything. */
function wrong(): string | undefined {
  if (!isUsed) return "Usage: npm run test:kind <kind>";
  const names = kinds.map((kind) => kind.name);
  if (names.includes(name)) return undefined;
  const near = nearest(name, names);
  return `Unknown step kind "${name}". ${near ? `Did you mean "${near}"?` : `The kinds are ${names.join(", ")}.`}`;
}

function run(): number {
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

const message = wrong();
if (message !== undefined) console.error(message);
process.exitCode = message === undefined ? run() : 2;
