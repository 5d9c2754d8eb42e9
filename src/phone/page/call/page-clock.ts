/** The clock of a call on the page: it runs as clocks do, from a moment that may be a chosen one. */
import type { Clock } from "../../leg/line.ts";

/** A clock that time can be skipped on. */
export interface PageClock extends Clock {
  /** So many seconds pass that nobody waits for. */
  skip(seconds: number): void;
}

/** A clock that shows `start` now, in milliseconds since 1970. */
export function pageClock(start: number, wall: () => number = () => performance.now()): PageClock {
  let ahead = start - wall();
  return {
    now: () => Math.round(wall() + ahead),
    // What takes time in the call takes that time here.
    pass: () => undefined,
    skip: (seconds) => {
      ahead += seconds * 1000;
    },
  };
}
