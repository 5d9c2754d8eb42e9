/** How often the tests with random values run. */

/** A third of the runs: each draws others, so they add up from one run of the tests to the next. `RINGFLOW_FUZZ=all` makes them all. */
export function runs(all: number): number {
  return process.env.RINGFLOW_FUZZ === "all" ? all : Math.ceil(all / 3);
}
