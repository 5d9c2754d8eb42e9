/** Something that is heard for a while. */

/** Ends on its own, or is stopped. */
export interface Sounding {
  /** Fulfilled at its end, however that came. */
  done: Promise<void>;
  /** Ends it now. */
  stop(): void;
}

/**
 * Begins something. `begin` is given the way to end it, and gives back what to do at the end: timers and voices to be
 * stopped.
 */
export function sounding(begin: (end: () => void) => () => void): Sounding {
  const { promise, resolve } = Promise.withResolvers<void>();
  let tidy: (() => void) | undefined;
  let isOver = false;
  const stop = (): void => {
    if (isOver) return;
    isOver = true;
    tidy?.();
    resolve();
  };
  tidy = begin(stop);
  if (isOver) tidy();
  return { done: promise, stop };
}

/** Nothing, for so many seconds. */
export function stillness(seconds: number): Sounding {
  return sounding((end) => {
    const timer = setTimeout(end, seconds * 1000);
    return () => clearTimeout(timer);
  });
}
