/** The clock of a call on the page: it runs in real time, from now or from a chosen moment. */
import type { Clock } from "../../leg/line.ts";

/** A clock that can skip time. */
export interface PageClock extends Clock {
  /** Moves the clock ahead without waiting. */
  skip(seconds: number): void;
}

/** A clock that shows `start` now, in milliseconds since 1970. */
export function pageClock(start: number, wall: () => number = () => performance.now()): PageClock {
  let ahead = start - wall();
  return {
    now: () => Math.round(wall() + ahead),
    // Real time passes on its own.
    pass: () => undefined,
    skip: (seconds) => {
      ahead += seconds * 1000;
    },
  };
}
