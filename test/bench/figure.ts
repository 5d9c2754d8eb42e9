/** What a measurement comes to. */

/** What a figure must keep to. */
export type Bound = { atLeast: number } | { atMost: number };

/** One measured figure. */
export interface Figure {
  name: string;
  value: number;
  /** `×`, `µs`, `ms`, `kB`, or what there are so many of a second: `requests/s`. */
  unit: string;
  /** Left out where the figure is for information. */
  bound?: Bound;
}

/** How much to measure. */
export interface Effort {
  /** Rounds, of which the median counts. */
  rounds: number;
  /** How often a piece of work that takes microseconds is repeated in a round. */
  repetitions: number;
  /** How often each server is kept busy in turn: short and often, so that the machine's moods fall on all alike. */
  slices: number;
  /** Milliseconds of one such slice. */
  slice: number;
  /** Scripted calls in a round. */
  calls: number;
}

/** A row of figures under one title. */
export interface Measurement {
  title: string;
  /** Whether its bounds depend on time, and so on the machine and what else it does. */
  timed: boolean;
  measure(effort: Effort): Promise<Figure[]>;
}

/** Whether a figure keeps its bound; true where it has none. */
export function holds({ value, bound }: Figure): boolean {
  if (!bound) return true;
  return "atLeast" in bound ? value >= bound.atLeast : value <= bound.atMost;
}
