/** Two texts word by word. */

/** A run of words that both texts have, or one of them. */
export interface Run {
  in: "both" | "was" | "now";
  text: string;
}

const MOST_WORDS = 400;

/** The runs of words of both texts, in order: what was comes before what is now. */
export function compareWords(was: string, now: string): Run[] {
  const [before, after] = [wordsOf(was), wordsOf(now)];
  if (before.length > MOST_WORDS || after.length > MOST_WORDS)
    return [
      { in: "was", text: was },
      { in: "now", text: now },
    ];
  const table = commonOf(before, after);
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [one, other] = [before[i], after[j]];
    if (one !== undefined && one === other) {
      add(runs, "both", one);
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      add(runs, "was", one);
      i++;
    } else if (other !== undefined) {
      add(runs, "now", other);
      j++;
    }
  }
  return runs;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function add(runs: Run[], side: Run["in"], word: string): void {
  const last = runs.at(-1);
  if (last?.in === side) last.text += ` ${word}`;
  else runs.push({ in: side, text: word });
}

/** The lengths of the longest common rows from each place on. */
function commonOf(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = table[i];
      const [down, right] = [table[i + 1]?.[j] ?? 0, row?.[j + 1] ?? 0];
      if (row) row[j] = before[i] === after[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(down, right);
    }
  return table;
}
