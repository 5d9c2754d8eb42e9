/** Every row of the fault table names its test. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8");
const [, table = ""] = page.split("| fault | the caller notices | test |");
const rows = (table.split("\n\n", 1)[0] ?? "").split("\n").slice(2);

test("the fault table has its rows", () => {
  expect(rows.length).toBeGreaterThan(15);
});

test.each(rows)("%s", (row) => {
  const [, file = "", name = ""] = /\| `([^`|]+)`: ([^|]+) \|$/.exec(row) ?? [];
  expect(name).not.toBe("");
  expect(readFileSync(new URL(`${file}.test.ts`, import.meta.url), "utf8")).toContain(`"${name}"`);
});
