/** What is measured, and the figures that come of it. */

/** The limit that a figure must keep. */
export type Bound = { atLeast: number } | { atMost: number };

/** One measured figure. */
export interface Figure {
  name: string;
  value: number;
  /** `×`, `µs`, `ms`, `kB`, or a rate such as `requests/s`. */
  unit: string;
  /** Left out if the figure is for information only. */
  bound?: Bound;
}

/** How much to measure. */
export interface Effort {
  /** Rounds; the median counts. */
  rounds: number;
  /** How often a piece of work that takes microseconds is repeated in a round. */
  repetitions: number;
  /** How many processes of each server, one after another. */
  processes: number;
  /** Milliseconds of load before a server is measured. */
  warmUp: number;
  /** How many slices of load each process gets, in turn: short and often, so that other load falls on all alike. */
  slices: number;
  /** Milliseconds of one such slice. */
  slice: number;
  /** Scripted calls in a round. */
  calls: number;
  /** Saves after each `ringflow start`; those before the compiler is warm count like the others. */
  saves: number;
  /** States to explore of a flow that has no end of them. */
  states: number;
  /** How many of the files with very many mistakes. */
  mistaken: number;
}

/** A row of figures under one title. */
export interface Measurement {
  title: string;
  /** What is compared, for docs/benchmarks.md. */
  about: string;
  /** Whether its bounds depend on time, and so on the machine and what else it does. */
  timed: boolean;
  measure(effort: Effort): Promise<Figure[]>;
}

/** Whether a figure keeps its bound; true if it has none. */
export function holds({ value, bound }: Figure): boolean {
  if (!bound) return true;
  return "atLeast" in bound ? value >= bound.atLeast : value <= bound.atMost;
}
