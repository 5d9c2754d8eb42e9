/** Durations as flows write them. */
import { expect, test } from "vitest";
import { secondsOf } from "../../src/program/duration.ts";

test.each([
  ["90s", 90],
  ["30m", 1800],
  ["12h", 43_200],
  ["7d", 604_800],
  ["9999s", 9999],
  ["10000s", undefined],
  ["0s", undefined],
  ["07d", undefined],
  ["x7d", undefined],
  ["7dx", undefined],
  ["7w", undefined],
  ["7", undefined],
  ["d", undefined],
  ["-7d", undefined],
  ["", undefined],
])("%j is %s seconds", (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});
