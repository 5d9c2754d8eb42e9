/** Contenders take turns, round by round, so that whatever slows the machine slows them all alike. */

/** Something to measure, and the figures that it came to: microseconds, requests a second … */
export interface Contender {
  measure(): number | Promise<number>;
  figures: number[];
}

type Rates = { readonly figures: readonly number[] };

/** A contender without figures yet. */
export function contender(measure: Contender["measure"]): Contender {
  return { measure, figures: [] };
}

/**
 * Measures every contender once a round, in changing order. A first round only warms up and leaves no figures, unless there is to
 * be one round in all: then nobody compares figures.
 */
export async function inRounds(rounds: number, contenders: readonly Contender[]): Promise<void> {
  for (let round = rounds > 1 ? 0 : 1; round <= rounds; round++) {
    for (const one of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const figure = await one.measure();
      if (round > 0) one.figures.push(figure);
    }
  }
}

/** The middle figure; NaN of none. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** How many times the one is the other: the median of what it was in each round. */
export function ratio(one: Rates, other: Rates): number {
  return median(one.figures.map((figure, round) => figure / (other.figures[round] ?? Number.NaN)));
}

/** Microseconds that a piece of work takes, over so many repetitions. */
export function microseconds(repetitions: number, work: () => unknown): number {
  const began = performance.now();
  for (let i = 0; i < repetitions; i++) work();
  return ((performance.now() - began) * 1000) / repetitions;
}
