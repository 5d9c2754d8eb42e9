/** Makes a list of choices smaller as long as what it leads to stays the same. */

/** So often a list is tried at most. */
const MOST_TRIES = 250;
const BLOCKS = [32, 16, 8, 4, 2, 1];

/**
 * The smallest list of choices that was found: shorter, or with smaller numbers.
 * @param leads whether a list still leads there
 */
export async function shrink(
  choices: readonly number[],
  leads: (choices: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  let best = choices;
  let tries = 0;
  const failed = new Set<string>();
  const attempt = async (candidate: readonly number[]): Promise<boolean> => {
    const key = candidate.join();
    if (failed.has(key) || tries >= MOST_TRIES) return false;
    tries++;
    if (!(await leads(candidate))) {
      failed.add(key);
      return false;
    }
    best = candidate;
    return true;
  };
  for (let before = -1; before !== sizeOf(best) && tries < MOST_TRIES; ) {
    before = sizeOf(best);
    for (const block of BLOCKS) {
      for (let at = best.length - block; at >= 0; at -= block) await attempt(best.toSpliced(at, block));
    }
    for (let at = 0; at < best.length; at++) {
      const value = best[at] ?? 0;
      if (value > 0 && !(await attempt(best.with(at, 0)))) await attempt(best.with(at, value >> 1));
    }
  }
  return best;
}

function sizeOf(choices: readonly number[]): number {
  return choices.reduce((sum, value) => sum + value + 1, 0);
}
