/** Random choices that a seed repeats, or a list of them. */
import { fnv1a } from "../../../program/fnv1a.ts";
import { mulberry32 } from "../../../program/mulberry32.ts";

/** A source of random choices. The smallest choice is the simplest one: false, the least number, the first of a list. */
export interface Random {
  /** True in so many of all cases, from 0 to 1. */
  chance(part: number): boolean;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  pick<const T>(list: readonly [T, ...T[]]): T;
  /** One of a list; undefined if it is empty. */
  any<T>(list: readonly T[]): T | undefined;
}

/** Draws a whole number from 0 to below a bound. */
export type Draw = (bound: number) => number;

/** Random choices by a seed. */
export function randomFrom(seed: string): Random {
  return randomBy(drawsFrom(seed));
}

/** Random choices by what is drawn. */
export function randomBy(draw: Draw): Random {
  const any = <T>(list: readonly T[]): T | undefined => list[draw(list.length)];
  return {
    chance: (part) => draw(1000) >= 1000 * (1 - part),
    int: (least, most) => least + draw(most - least + 1),
    pick: <const T>(list: readonly [T, ...T[]]): T => any(list) ?? list[0],
    any,
  };
}

/** What a seed draws. */
export function drawsFrom(seed: string): Draw {
  const draw = mulberry32(fnv1a(seed));
  return (bound) => Math.floor((draw() / 2 ** 32) * bound);
}

/** Draws what was drawn before, and the smallest number once that has run out. */
export function drawsOf(choices: readonly number[]): Draw {
  let at = 0;
  return (bound) => Math.min(choices[at++] ?? 0, Math.max(0, bound - 1));
}
