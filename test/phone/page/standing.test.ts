/** How a flow is, in a word and in words. */
import { expect, test } from "vitest";
import type { FindingView } from "../../../src/phone/page/contract/flow.ts";
import type { TestView } from "../../../src/phone/page/contract/tests.ts";
import { standingOf, testsText } from "../../../src/phone/page/text/standing.ts";
import { agoText } from "../../../src/phone/page/text/time.ts";

const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
const error: FindingView = { code: "unknown-step", severity: "error", message: "", ...place };
const one = (outcome?: TestView["outcome"]): TestView => ({
  ...{ name: "a", file: "flows/a.test.yaml", line: 3 },
  ...(outcome && { outcome }),
});
const flow = (tests: TestView[], findings: FindingView[] = []) => ({
  saved: "1",
  version: "0",
  findings,
  tests,
});

test.each([
  ["untested", "no tests", flow([])],
  ["unknown", "tests are being played", flow([one("passes"), one()])],
  ["passes", "all 2 tests pass", flow([one("passes"), one("passes")])],
  ["fails", "1 of 2 tests fails", flow([one("passes"), one("fails")])],
  ["broken", "has an error; the last good version answers", flow([one("held back")], [error])],
])("a flow is %s: %s", (standing, text, of) => {
  expect([standingOf(of), testsText(of)]).toEqual([standing, text]);
});

test("a moment was so long ago", () => {
  const texts = [5, 70, 7300, 200_000].map((seconds) => agoText(0, seconds * 1000));
  expect(texts).toEqual(["just now", "1 min ago", "2 h ago", "2 d ago"]);
});
