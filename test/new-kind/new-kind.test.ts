/** A kind written by `npm run new-kind`, in a copy of the project, passes the tests that every kind has to pass. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newKind } from "./new-kind.ts";

const COPIED = [
  "src",
  "test",
  "docs",
  "README.md",
  "flows",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "flow.schema.json",
  "calendar.schema.json",
  "package.json",
  "vitest.config.ts",
  "biome.json",
];

let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ringflow-kind-"));
  for (const path of COPIED) cpSync(path, join(root, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(...args: string[]) {
  // Nobody will load the modules of this folder again.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** Names that no kind will ever have. */
const [NAME, OTHER] = ["madeUpForTheTest", "alsoMadeUpForTheTest"];

/** The titles of the failed tests of a kind. */
function failedTests(kind: string): string[] {
  run("test/new-kind/test-kind.ts", kind, "--reporter=json", "--outputFile=report.json", "--maxWorkers=1");
  const report: { testResults: { assertionResults: { status: string; fullName: string }[] }[] } = JSON.parse(
    readFileSync(join(root, "report.json"), "utf8"),
  );
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.filter(({ status }) => status === "passed").length).toBeGreaterThan(7);
  return results.flatMap(({ status, fullName }) => (status === "failed" ? [fullName] : []));
}

test("a new kind works, has its page and the linter's layout; its tests list what is left to do", async () => {
  const written = await newKind(NAME, root);
  expect(written).toEqual([
    `src/flow/steps/${NAME}.ts`,
    `test/flow/fixtures/${NAME}/ok-${NAME}.yaml`,
    `test/flow/fixtures/${NAME}/err-${NAME}.yaml`,
    "src/flow/steps/registry.ts",
  ]);
  expect(run("src/cli/ringflow.js", "docs").output).toContain(`wrote docs/steps/${NAME}.md`);
  expect(failedTests(NAME).sort()).toEqual([
    `nothing of the template is left in ${NAME}`,
    `the flows drawn at random have ${NAME}`,
  ]);

  const lint = run(
    "node_modules/@biomejs/biome/bin/biome",
    "check",
    "--vcs-enabled=false",
    `src/flow/steps/${NAME}.ts`,
    "src/flow/steps/registry.ts",
  );
  expect(lint.status, lint.output).toBe(0);
}, 180_000);

test("the registry lists a new kind once", async () => {
  await newKind(OTHER, root);
  const text = readFileSync(join(root, "src/flow/steps/registry.ts"), "utf8");
  expect(text.match(new RegExp(OTHER, "g"))).toHaveLength(3);
  expect(text).toContain(`\n  ${OTHER},\n];`);
});

test.each(["Listen", "two words", "two-words", "next", "switch", ""])("refuses the name %j", async (name) => {
  await expect(newKind(name, root)).rejects.toThrow(`A step kind cannot be called "${name}"`);
});

test.each(["pause", "gather"])("refuses the name of an existing kind: %s", async (name) => {
  await expect(newKind(name, root)).rejects.toThrow("already exists");
});

test("test:kind refuses a kind that does not exist, with the nearest name", () => {
  expect(run("test/new-kind/test-kind.ts", "gahter")).toEqual({
    status: 2,
    output: 'Unknown step kind "gahter". Did you mean "gather"?\n',
  });
});

test("test:kind without a name shows how it is used", () => {
  expect(run("test/new-kind/test-kind.ts")).toEqual({
    status: 2,
    output: "Usage: npm run test:kind <kind>\n",
  });
});
