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
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "flow.schema.json",
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
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("a new kind passes its fixtures, has its page, and is laid out as the linter wants it", async () => {
  const written = await newKind("listen", root);
  expect(written).toEqual([
    "src/flow/steps/listen.ts",
    "test/flow/fixtures/listen/ok-listen.yaml",
    "test/flow/fixtures/listen/err-listen.yaml",
    "src/flow/steps/registry.ts",
  ]);
  expect(run("src/cli/ringflow.js", "docs").output).toContain("wrote docs/steps/listen.md");

  const tests = ["test/flow/fixtures.test.ts", "test/cli/docs.test.ts"];
  const { status, output } = run(
    "node_modules/vitest/vitest.mjs",
    ..."run --project node --reporter verbose".split(" "),
    ...[...tests, "-t", "listen"],
  );
  expect([status, output]).toEqual([
    0,
    expect.stringMatching(/ok-listen(.|\n)*err-listen|err-listen(.|\n)*ok-listen/),
  ]);

  const lint = run(
    "node_modules/@biomejs/biome/bin/biome",
    "check",
    "--vcs-enabled=false",
    "src/flow/steps/listen.ts",
    "src/flow/steps/registry.ts",
  );
  expect(lint.status, lint.output).toBe(0);
});

test("the registry lists a new kind once", async () => {
  await newKind("murmur", root);
  const text = readFileSync(join(root, "src/flow/steps/registry.ts"), "utf8");
  expect(text.match(/murmur/g)).toHaveLength(3);
  expect(text).toMatch(/\n {2}murmur,\n\];/);
});

test.each(["Listen", "two words", "two-words", "next", "switch", ""])("refuses the name %j", async (name) => {
  await expect(newKind(name, root)).rejects.toThrow(`A step kind cannot be called "${name}"`);
});

test.each(["pause", "gather"])("refuses the name of an existing kind: %s", async (name) => {
  await expect(newKind(name, root)).rejects.toThrow("already exists");
});
