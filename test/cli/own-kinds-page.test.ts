/** docs/own-kinds.md: its files are a project that works. */
import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/cli/commands/check.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { pageFiles } from "../own-kinds-page.ts";
import { terminal } from "./folder.ts";
import { enterProject } from "./own-project.ts";

const files = pageFiles();

beforeAll(async () => {
  await enterProject(files);
});

test("has all files of a project", () => {
  expect(Object.keys(files).sort()).toEqual([
    "flows/orders.test.yaml",
    "flows/orders.yaml",
    "kinds/confirm.ts",
    "ringflow.config.ts",
    "ringflow.functions.ts",
  ]);
});

test("the project has no findings, and its tests pass", async () => {
  const { out, read } = terminal();
  expect([await check(["flows"], { format: "text", out }), read()]).toEqual([
    0,
    "1 flow, 1 test file, no findings\n",
  ]);
  expect([await runTests(["flows"], { out }), read()]).toEqual([0, expect.stringContaining("1 of 1 calls")]);
});

test("the schema for editors has the kind", async () => {
  const schema = await readFile(".ringflow/flow.schema.json", "utf8");
  expect(schema).toContain("Reads a value back and asks whether it is right");
});
