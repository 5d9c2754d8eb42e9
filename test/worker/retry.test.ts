/** Which pause a Retry-After is, if it is one. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { HttpRequest } from "../../src/engine/effect.ts";
import { isRepeatable, pauseBefore } from "../../src/worker/retry.ts";

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

test.each([
  [0, 250],
  [1, 500],
  [2, 1000],
])("after %i retries, a part of up to %i ms is random", (retries, most) => {
  vi.mocked(Math.random).mockReturnValue(0.5);
  expect(pauseBefore(null, retries)).toBe(most / 2);
  expect(pauseBefore("2", retries)).toBe(2000 + most / 2);
});

test.each<[Partial<HttpRequest>, string[], string[]]>([
  [{ method: "GET" }, ["429", "503", "500", "502", "timeout", "failed"], ["200", "404", "400", "invalid"]],
  [{ method: "PUT" }, ["429", "503", "500", "timeout", "failed"], ["405", "invalid"]],
  [{ method: "DELETE" }, ["429", "503", "504"], ["404"]],
  [{ method: "POST" }, ["429", "503"], ["500", "502", "timeout", "failed", "400", "200"]],
  [{ method: "PATCH" }, ["429", "503"], ["500", "timeout", "failed"]],
  [
    { method: "POST", idempotent: true },
    ["429", "503", "500", "timeout", "failed"],
    ["404", "invalid", "450"],
  ],
])("%j is repeated after %j, and not after %j", (more, again, never) => {
  const request: HttpRequest = { method: "GET", url: "u", headers: {}, timeout: 1, retries: 1, ...more };
  for (const status of again) expect([status, isRepeatable(request, status)]).toEqual([status, true]);
  for (const status of never) expect([status, isRepeatable(request, status)]).toEqual([status, false]);
});
