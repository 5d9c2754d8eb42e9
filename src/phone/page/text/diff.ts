/** What differs between two lists of lines. */

/** A line that both have, or only the one before, or only the one after. */
interface DiffLine {
  in: "both" | "before" | "after";
  text: string;
}

/** How two lists of lines compare. */
export interface Comparison {
  lines: DiffLine[];
  /** The first line that only one of them has; absent if they are the same. */
  differs?: number;
}

/** The shortest way from one list of lines to the other. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let b = 0;
  let a = 0;
  while (b < before.length || a < after.length) {
    const old = before[b];
    const fresh = after[a];
    if (old !== undefined && old === fresh) {
      lines.push({ in: "both", text: old });
      b++;
      a++;
    } else if (old !== undefined && (fresh === undefined || at(common, b + 1, a) >= at(common, b, a + 1))) {
      lines.push({ in: "before", text: old });
      b++;
    } else {
      lines.push({ in: "after", text: fresh ?? "" });
      a++;
    }
  }
  return lines;
}

/** How many lines are common to what follows each pair of places. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let b = before.length - 1; b >= 0; b--) {
    const row = table[b] ?? [];
    for (let a = after.length - 1; a >= 0; a--) {
      row[a] =
        before[b] === after[a]
          ? at(table, b + 1, a + 1) + 1
          : Math.max(at(table, b + 1, a), at(table, b, a + 1));
    }
  }
  return table;
}

function at(table: readonly number[][], b: number, a: number): number {
  return table[b]?.[a] ?? 0;
}
