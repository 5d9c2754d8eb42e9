/** docs/scale.md shows the recorded runs. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scalePage } from "./record.ts";

test("the page shows the recorded runs: if not, run node test/soak/record.ts", () => {
  const page = readFileSync("docs/scale.md", "utf8");
  expect(page).toContain("<!-- chaos -->\n| figure | value |");
  expect(scalePage(page)).toBe(page);
});
