/** How often each thing happened. */
export interface Counts {
  add(what: string): void;
  all(): Record<string, number>;
}

/** Counts of nothing yet. */
export function newCounts(): Counts {
  const counts = new Map<string, number>();
  return {
    add: (what) => {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    },
    all: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
