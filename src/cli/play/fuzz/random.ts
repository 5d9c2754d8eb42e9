/** Random choices that a seed repeats, or a list of them. */
import { fnv1a } from "../../../program/fnv1a.ts";

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

/** What a seed draws (mulberry32). */
export function drawsFrom(seed: string): Draw {
  let state = fnv1a(seed);
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** Draws what was drawn before, and the smallest number once that has run out. */
export function drawsOf(choices: readonly number[]): Draw {
  let at = 0;
  return (bound) => Math.min(choices[at++] ?? 0, Math.max(0, bound - 1));
}
