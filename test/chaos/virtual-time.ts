/**
 * Time that passes only while nothing else happens. A store that hangs for 4 s costs no time, and the same seed gives the
 * same order of events on any machine.
 */

interface Timer {
  at: number;
  run(): void;
}

/** Virtual time, in place of this process's timers and clock. */
export interface VirtualTime {
  /** Lets time pass until the work is done. */
  finish<T>(work: Promise<T>): Promise<T>;
  /** Lets so many milliseconds pass, or fewer if no timer is left. */
  pass(most: number): Promise<void>;
}

/** Macrotasks without a result after which nothing but a timer can be awaited. */
const IDLE = 3;
/** The same if there is no timer. */
const STUCK = 1000;

/** Replaces setTimeout, clearTimeout, Date.now and AbortSignal.timeout in this process. */
export function useVirtualTime(): VirtualTime {
  let now = Date.now();
  let last = 0;
  const timers = new Map<number, Timer>();
  const setTimer = (run: () => void, ms = 0): number => {
    timers.set(++last, { at: now + ms, run });
    return last;
  };
  const clearTimer = (id: number | undefined): void => {
    if (id !== undefined) timers.delete(id);
  };
  Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: clearTimer });
  Date.now = () => now;
  AbortSignal.timeout = (ms) => {
    const aborting = new AbortController();
    setTimer(() => aborting.abort(new DOMException("the time is over", "TimeoutError")), ms);
    return aborting.signal;
  };

  /** Runs the next timer that is due by then; false if there is none. */
  const advance = (until = Number.POSITIVE_INFINITY): boolean => {
    let first: [number, Timer] | undefined;
    for (const entry of timers) if (!first || entry[1].at < first[1].at) first = entry;
    if (!first || first[1].at > until) return false;
    const [id, timer] = first;
    timers.delete(id);
    now = Math.max(now, timer.at);
    timer.run();
    return true;
  };

  const finish = async <T>(work: Promise<T>): Promise<T> => {
    let done = false;
    const mark = (): void => {
      done = true;
    };
    work.then(mark, mark);
    for (let waited = 0; !done; ) {
      await nextMacrotask();
      if (done || ++waited < IDLE) continue;
      if (advance()) waited = 0;
      else if (waited > STUCK) throw new Error("the call waits for something that never happens");
    }
    return work;
  };

  const pass = async (most: number): Promise<void> => {
    const until = now + most;
    do {
      for (let waited = 0; waited < IDLE; waited++) await nextMacrotask();
    } while (advance(until));
  };
  return { finish, pass };
}

function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
