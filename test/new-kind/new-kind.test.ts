/** A kind written by `npm run new-kind`, in a copy of the project, passes the tests that every kind has to pass. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kinds } from "../../src/flow/steps/registry.ts";
import { wrongArguments } from "./arguments.ts";
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

function run(cwd: string, ...args: string[]) {
  // Nobody will load the modules of this folder again.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** Lets the tests in the copy write a page first, if it is missing: another process would load the compiler again. */
function letTestsWrite(page: string): void {
  appendFileSync(
    join(root, "test/setup.ts"),
    `
import { existsSync } from "node:fs";
import { docs } from "../src/cli/commands/docs.ts";
if (!existsSync("${page}")) await docs({ check: false });
`,
  );
}

/** What Biome says about files, in a folder without the others: it would read all of them for cycles of imports. */
function lint(...paths: string[]) {
  const folder = join(root, "linted");
  for (const path of ["biome.json", ...paths]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  return run(folder, resolve("node_modules/@biomejs/biome/bin/biome"), "check", "--vcs-enabled=false", "src");
}

/** Names that no kind will ever have. */
const [NAME, OTHER] = ["madeUpForTheTest", "alsoMadeUpForTheTest"];

/** The titles of the failed tests of a kind. */
function failedTests(kind: string): string[] {
  const options = ["--reporter=json", "--outputFile=report.json", "--maxWorkers=1"];
  run(root, "test/new-kind/test-kind.ts", kind, ...options);
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
  const page = `docs/steps/${NAME}.md`;
  letTestsWrite(page);
  expect(failedTests(NAME).sort()).toEqual([
    `nothing of the template is left in ${NAME}`,
    `the flows drawn at random have ${NAME}`,
  ]);

  expect(existsSync(join(root, page))).toBe(true);
  const { status, output } = lint(`src/flow/steps/${NAME}.ts`, "src/flow/steps/registry.ts");
  expect(status, output).toBe(0);
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

test("test:kind refuses a kind that does not exist, with the nearest name", async () => {
  expect(await wrongArguments(["gahter"])).toBe('Unknown step kind "gahter". Did you mean "gather"?');
  for (const { name } of kinds) expect(await wrongArguments([name])).toBeUndefined();
});

test("test:kind shows how it is used, and exits with 2", async () => {
  const usage = "Usage: npm run test:kind <kind>";
  expect(await wrongArguments(["gather", "say"])).toBe(usage);
  expect(run(".", "test/new-kind/test-kind.ts")).toEqual({ status: 2, output: `${usage}\n` });
});
