/** Dominators of a graph: node A dominates node B if every way to B leads through A. */

/** An edge between two nodes. */
interface Way {
  from: string;
  to: string;
}

/**
 * The nearest dominator of each node; undefined for a node that several roots reach on ways without a node in common, and
 * for a root. Nodes that no root reaches are left out. (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm".)
 */
export function dominatorsOf(
  roots: readonly string[],
  ways: readonly Way[],
): ReadonlyMap<string, string | undefined> {
  const order = reachedInOrder(roots, ways);
  const place = new Map(order.map((id, index) => [id, index]));
  const begins = new Set(roots);
  const arriving = Map.groupBy(
    ways.filter(({ from }) => place.has(from)),
    ({ to }) => to,
  );
  // By place; -1 is above all roots.
  const nearest: (number | undefined)[] = order.map((id) => (begins.has(id) ? -1 : undefined));
  const common = (one: number, other: number): number => {
    let [a, b] = [one, other];
    while (a !== b) {
      if (a > b) a = nearest[a] ?? -1;
      else b = nearest[b] ?? -1;
    }
    return a;
  };
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [index, id] of order.entries()) {
      if (begins.has(id)) continue;
      const known = (arriving.get(id) ?? [])
        .map(({ from }) => place.get(from))
        .filter((from) => from !== undefined && nearest[from] !== undefined)
        .filter((from) => from !== undefined);
      const [first, ...others] = known;
      if (first === undefined) continue;
      const found = others.reduce(common, first);
      isChanged ||= nearest[index] !== found;
      nearest[index] = found;
    }
  }
  return new Map(order.map((id, index) => [id, order[nearest[index] ?? -1]]));
}

/** All that the roots reach, each node after one that leads to it: in reverse postorder. */
function reachedInOrder(roots: readonly string[], ways: readonly Way[]): string[] {
  const leaving = Map.groupBy(ways, ({ from }) => from);
  const seen = new Set<string>();
  const left: string[] = [];
  const enter = (id: string) => {
    seen.add(id);
    return { id, ways: (leaving.get(id) ?? [])[Symbol.iterator]() };
  };
  // A flow can be deeper than the stack of functions.
  for (const root of roots) {
    const path = seen.has(root) ? [] : [enter(root)];
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const { value: way } = last.ways.next();
      if (!way) {
        left.push(last.id);
        path.pop();
      } else if (!seen.has(way.to)) path.push(enter(way.to));
    }
  }
  return left.reverse();
}
