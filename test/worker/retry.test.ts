/** Which pause a Retry-After is, if it is one. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pauseBefore } from "../../src/worker/retry.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 26) });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test.each([
  [null, 0],
  ["0", 0],
  ["7", 7000],
  ["120", 120_000],
  ["Thu, 26 Nov 2026 00:01:00 GMT", 60_000],
  ["Wed, 25 Nov 2026 23:59:59 GMT", 0],
  ["soon", 0],
  ["in 5", 0],
  ["5 eggs", 0],
  ["", 0],
])("%s is %i ms", (retryAfter, ms) => {
  expect(pauseBefore(retryAfter, 0)).toBe(ms);
});
