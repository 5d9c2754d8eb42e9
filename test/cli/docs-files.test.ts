/** What `ringflow docs` does to a folder. */
import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { docs as writeDocs } from "../../src/cli/commands/docs.ts";
import { enterFolder, write } from "./folder.ts";

const log = vi.spyOn(console, "log").mockReturnValue();
const error = vi.spyOn(console, "error").mockReturnValue();

// docs.test.ts shows that the real pages are generated.
const PAGES = [
  { path: "docs/language.md", text: "# The flow language\n" },
  { path: "docs/steps/dial.md", text: "# dial\n" },
  { path: "flow.schema.json", text: "{}\n" },
];
const docs = (check: boolean): Promise<number> => writeDocs({ check }, Promise.resolve(PAGES));

beforeAll(async () => {
  await enterFolder({ "docs/language.md": "# The language\n" });
});

afterEach(() => {
  log.mockClear();
  error.mockClear();
});

test("writes every page that is missing or out of date", async () => {
  expect(await docs(true)).toBe(1);
  expect(error.mock.calls).toEqual(PAGES.map(({ path }) => [`${path} is out of date. Run: npm run docs`]));
  expect(await docs(false)).toBe(0);
  expect(log.mock.calls).toEqual(PAGES.map(({ path }) => [`wrote ${path}`]));
  for (const { path, text } of PAGES) expect(readFileSync(path, "utf8")).toBe(text);
});

test("of pages that are up to date, only that of a removed kind is reported, and removed", async () => {
  await write({ "docs/steps/fax.md": "# fax\n" });
  expect(await docs(true)).toBe(1);
  expect(error.mock.calls).toEqual([["docs/steps/fax.md belongs to no step kind. Run: npm run docs"]]);
  expect(await docs(false)).toBe(0);
  expect(log.mock.calls).toEqual([["removed docs/steps/fax.md"]]);
  expect(existsSync("docs/steps/fax.md")).toBe(false);
  expect(await docs(true)).toBe(0);
});
