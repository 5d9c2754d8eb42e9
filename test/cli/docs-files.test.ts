/** What `ringflow docs` does to a folder. */
import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { docs } from "../../src/cli/commands/docs.ts";
import { enterFolder, write } from "./folder.ts";

const log = vi.spyOn(console, "log").mockReturnValue();
const error = vi.spyOn(console, "error").mockReturnValue();

beforeEach(async () => {
  await enterFolder({});
});

afterEach(() => {
  log.mockClear();
  error.mockClear();
});

test("writes every page, and then they are up to date", async () => {
  expect(await docs({ check: true })).toBe(1);
  expect(await docs({ check: false })).toBe(0);
  expect(log).toHaveBeenCalledWith("wrote docs/steps/dial.md");
  expect(await docs({ check: true })).toBe(0);
});

test("a page of a removed kind is reported, and removed", async () => {
  await docs({ check: false });
  await write({ "docs/steps/fax.md": "# fax\n" });
  expect(await docs({ check: true })).toBe(1);
  expect(error).toHaveBeenCalledWith("docs/steps/fax.md belongs to no step kind. Run: npm run docs");
  expect(await docs({ check: false })).toBe(0);
  expect(existsSync("docs/steps/fax.md")).toBe(false);
});
