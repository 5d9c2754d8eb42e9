/** How often the tests with random values run, and which of very many cases. */

/** Whether nothing is left to chance: every run and every case. */
export const isAll = process.env.RINGFLOW_FUZZ === "all";

/** A third of the runs: each draws others, so they add up from one run of the tests to the next. `RINGFLOW_FUZZ=all` makes them all. */
export function runs(all: number): number {
  return isAll ? all : Math.ceil(all / 3);
}

/** Which of numbered cases are tried: every third, starting at a random one of the first three, or all. */
export const stride: Readonly<{ first: number; step: number }> = isAll
  ? { first: 0, step: 1 }
  : { first: Math.floor(Math.random() * 3), step: 3 };
