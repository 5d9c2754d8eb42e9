/** Random choices that a seed repeats. */

/** A source of random choices. */
export interface Random {
  /** True in so many of all cases, from 0 to 1. */
  chance(part: number): boolean;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  pick<const T>(list: readonly [T, ...T[]]): T;
  /** One of a list; undefined if it is empty. */
  any<T>(list: readonly T[]): T | undefined;
}

/** Random choices by a seed (mulberry32). */
export function randomFrom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  return {
    chance: (part) => next() < part,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: <const T>(list: readonly [T, ...T[]]): T => any(list) ?? list[0],
    any,
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value;
}
