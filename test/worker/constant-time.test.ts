/** Secrets are compared whole. */
import { expect, test } from "vitest";
import { isSame } from "../../src/worker/constant-time.ts";

test.each<[one: string, other: string, same: boolean]>([
  ["abc", "abc", true],
  ["", "", true],
  ["abc", "xbc", false],
  ["a", "x", false],
  ["a", "aa", false],
  ["abc", "axc", false],
  ["abc", "abx", false],
  ["abc", "ab", false],
  ["abc", "abcd", false],
  ["abc", "", false],
])("%j and %j are the same: %s", (one, other, same) => {
  expect(isSame(one, other)).toBe(same);
});
