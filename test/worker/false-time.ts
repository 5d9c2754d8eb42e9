/** Time that passes only when a test lets it: for stores that lag and hang. */
import { afterEach, beforeEach, vi } from "vitest";

/** False time for every test of the file that calls it. */
export function useFalseTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Goes on to the next turn of Node's own loop, which false time leaves alone. */
export const nextMacrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets false time pass until the work is done. */
export async function finish<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const finished = work.finally(() => {
    done = true;
  });
  while (!done) {
    await nextMacrotask();
    if (!done) await vi.advanceTimersToNextTimerAsync();
  }
  return finished;
}
