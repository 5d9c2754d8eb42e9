/** Stage 5: circles in which the caller is never asked anything, which no flow may have. */
import type { Conversion } from "../conversion.ts";
import type { Graph } from "../graph.ts";
import { isTextKey } from "../road.ts";
import { type Exit, exitsOf, RETURN, type Step, withExits } from "../step.ts";

/** Kinds after which the caller, a called person or another application decides. */
const ASKS = new Set(["gather", "ask", "record", "dial", "enqueue", "redirect", "pay"]);

/** Cuts each such circle at the exit that closes it. */
export function withoutCircles({ graph, notes, end }: Conversion, steps: readonly Step[]): Step[] {
  let current = [...steps];
  for (let count = 0; count < steps.length * 4; count++) {
    const closing = closingExit(current);
    if (!closing) return current;
    const { from, to } = closing;
    const [one, other] = [from, to].map((key) => current.find((step) => step.key === key)?.widgets ?? []);
    const isText = isTextKey(from);
    notes.changed.push({
      widget: one?.[0] ?? from,
      was: `it led back to ${other?.[0] ?? to} without asking ${isText ? "" : "the caller "}anything`,
      is: `the ${isText ? "conversation" : "call"} ends there`,
    });
    const kept = new Set(current.flatMap(({ widgets }) => widgets));
    for (const edge of edgesBetween(graph, one ?? [], other ?? [], kept)) notes.changedExits.add(edge);
    const last = isText ? RETURN : end;
    const cut = (exit: Exit): Exit => (!exit.isWord && exit.to === to ? last : exit);
    current = current.map((step) => (step.key === from ? withExits(step, cut) : step));
  }
  return current;
}

/** The edges by which the widgets of a step lead to those of another, directly or over widgets that have no step. */
function edgesBetween(
  { widgets }: Graph,
  from: readonly string[],
  to: readonly string[],
  kept: ReadonlySet<string>,
): string[] {
  const over = new Set(from);
  for (const name of over)
    for (const { next } of widgets.get(name)?.transitions ?? [])
      if (next !== undefined && !kept.has(next)) over.add(next);
  return [...over].flatMap((name) => to.map((next) => `${name} > ${next}`));
}

/** An exit that leads back to a step on the way to it. */
function closingExit(steps: readonly Step[]): { from: string; to: string } | undefined {
  const silent = new Map(steps.filter(({ kind }) => !ASKS.has(kind)).map((step) => [step.key, step]));
  const done = new Set<string>();
  for (const first of silent.keys()) {
    const found = search(first, silent, done, []);
    if (found) return found;
  }
  return undefined;
}

function search(
  key: string,
  steps: ReadonlyMap<string, Step>,
  done: Set<string>,
  path: readonly string[],
): { from: string; to: string } | undefined {
  const step = steps.get(key);
  if (!step || done.has(key)) return undefined;
  for (const to of exitsOf(step)) {
    if (to === key || path.includes(to)) return { from: key, to };
    const found = search(to, steps, done, [...path, key]);
    if (found) return found;
  }
  done.add(key);
  return undefined;
}
