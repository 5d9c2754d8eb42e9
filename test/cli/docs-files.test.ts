/** What `ringflow docs` does to a folder. */
import { existsSync } from "node:fs";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { docs } from "../../src/cli/commands/docs.ts";
import { enterFolder, write } from "./folder.ts";

const log = vi.spyOn(console, "log").mockReturnValue();
const error = vi.spyOn(console, "error").mockReturnValue();

beforeAll(async () => {
  await enterFolder({});
});

afterEach(() => {
  log.mockClear();
  error.mockClear();
});

test("writes every page that is missing", async () => {
  expect(await docs({ check: true })).toBe(1);
  expect(await docs({ check: false })).toBe(0);
  expect(log).toHaveBeenCalledWith("wrote docs/steps/dial.md");
});

test("of pages that are up to date, only that of a removed kind is reported, and removed", async () => {
  await write({ "docs/steps/fax.md": "# fax\n" });
  expect(await docs({ check: true })).toBe(1);
  expect(error.mock.calls).toEqual([["docs/steps/fax.md belongs to no step kind. Run: npm run docs"]]);
  expect(await docs({ check: false })).toBe(0);
  expect(existsSync("docs/steps/fax.md")).toBe(false);
});
