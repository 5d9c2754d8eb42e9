/** Work in the background of the page. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inBackground } from "../../../src/cli/phone/background.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("work begins once somebody looks, and what it finds is dropped at the next save", () => {
  const start = vi.fn<(signal: AbortSignal) => void>();
  const work = inBackground(start);
  work.saved();
  vi.advanceTimersByTime(5000);
  expect(start).not.toHaveBeenCalled();
  work.shown();
  // The page comes first.
  expect(start).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(start).toHaveBeenCalledOnce();
  const first = start.mock.lastCall?.[0];
  expect(first?.aborted).toBe(false);
  work.saved();
  expect(first?.aborted).toBe(true);
  vi.advanceTimersByTime(5000);
  expect(start).toHaveBeenCalledTimes(2);
  expect(start.mock.lastCall?.[0].aborted).toBe(false);
  work.close();
  expect(start.mock.lastCall?.[0].aborted).toBe(true);
});
