/** Divides a flow into departments: the steps that only one choice of a menu reaches. */
import type { Graph, GraphNode } from "../contract/drawing.ts";
import { dominatorsOf } from "./dominators.ts";

/** A department. */
export interface Part {
  /** The id of its first step. */
  id: string;
  /** All its steps, also those of departments in it, the first one first. */
  steps: string[];
}

/** A flow whose nodes are below their nearest dominators. */
export interface Dominated {
  /** The nearest dominator of each node; undefined for one that has none. A node comes after those that dominate it. */
  above: ReadonlyMap<string, string | undefined>;
  /** The departments, by the ids of their first steps. */
  departments: ReadonlyMap<string, Part>;
  /** The innermost department of each node in one. */
  within: ReadonlyMap<string, string>;
}

/** A smaller flow is drawn whole, and so is a smaller department. */
const UNDIVIDED = 20;
/** The least steps of a department, its largest share of what surrounds it, and the least steps that its menu leads to. */
const LEAST = 4;
const SHARE = 0.6;
const CHOICES = 3;

/** The departments of a flow, some of them with departments of their own. */
export function divide(graph: Graph): Dominated {
  const above = dominatorsIn(graph);
  const below = Map.groupBy(
    graph.nodes.filter(({ id }) => above.has(id)),
    ({ id }) => above.get(id),
  );
  const isPlace = new Set(graph.nodes.filter(isStep).map(({ id }) => id));
  const leads = Map.groupBy(
    graph.edges.filter(({ to }) => isPlace.has(to)),
    ({ from }) => from,
  );
  const departments = new Map<string, Part>();
  const within = new Map<string, string>();
  const divideFrom = (roots: readonly GraphNode[], around?: string): void => {
    const count = stepsBelow(roots, below).length;
    for (const node of roots) {
      const waiting = [node];
      for (const one of waiting) {
        if (around !== undefined) within.set(one.id, around);
        const choices = new Set(leads.get(one.id)?.map(({ to }) => to));
        for (const child of below.get(one.id) ?? []) {
          const steps = stepsBelow([child], below);
          const isChosen = choices.size >= CHOICES && choices.has(child.id) && count >= UNDIVIDED;
          if (isChosen && steps.length >= LEAST && steps.length <= count * SHARE) {
            departments.set(child.id, { id: child.id, steps });
            divideFrom([child], child.id);
          } else waiting.push(child);
        }
      }
    }
  };
  divideFrom(below.get(undefined) ?? []);
  return { above, departments, within };
}

/** A beginning other than the start counts only for steps that nothing else reaches: a failure can happen anywhere. */
function dominatorsIn({ start, nodes, edges }: Graph): Dominated["above"] {
  const begins = nodes.filter((node) => node.begins).map(({ id }) => id);
  const isBegin = new Set(begins);
  const arrived = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const roots = nodes
    .map(({ id }) => id)
    .filter((id) => id === start || !(arrived.has(id) || isBegin.has(id)));
  const main = dominatorsOf(
    roots,
    edges.filter(({ from }) => !isBegin.has(from)),
  );
  const ways = edges.filter(({ from, to }) => !(isBegin.has(from) && main.has(to)));
  const all = dominatorsOf([...roots, ...begins], ways);
  // A circle that nothing leads to has no beginning.
  const others = nodes.map(({ id }) => id).filter((id) => !all.has(id));
  return others.length === 0 ? all : dominatorsOf([...roots, ...begins, ...others], ways);
}

function stepsBelow(
  roots: readonly GraphNode[],
  below: ReadonlyMap<string | undefined, GraphNode[]>,
): string[] {
  const found = [...roots];
  for (const one of found) found.push(...(below.get(one.id) ?? []));
  return found.filter(isStep).map(({ id }) => id);
}

/** Whether a node is a step, in its own place. */
export function isStep({ end, begins, elsewhere }: GraphNode): boolean {
  return end === undefined && begins === undefined && elsewhere === undefined;
}
