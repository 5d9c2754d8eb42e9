/** Stage 5: circles in which the caller is never asked anything, which no flow may have. */
import type { Notes } from "../notes.ts";
import { type Exit, exitsOf, type Step, withExits } from "../step.ts";

/** Kinds after which the caller, a called person or another application decides. */
const ASKS = new Set(["gather", "ask", "record", "dial", "enqueue", "redirect", "pay"]);

/** Cuts each such circle at the exit that closes it. */
export function withoutCircles(steps: readonly Step[], end: Exit, notes: Notes): Step[] {
  let current = [...steps];
  for (let count = 0; count < steps.length * 4; count++) {
    const closing = closingExit(current);
    if (!closing) return current;
    const { from, to } = closing;
    notes.changed.push({
      widget: from,
      was: `it led back to ${to} without asking the caller anything`,
      is: "the call ends there",
    });
    noteExits(current, closing, notes);
    current = current.map((step) =>
      step.key === from ? withExits(step, (exit) => (!exit.isWord && exit.to === to ? end : exit)) : step,
    );
  }
  return current;
}

/** Notes the exits between the widgets of two steps. */
function noteExits(steps: readonly Step[], { from, to }: { from: string; to: string }, notes: Notes): void {
  const widgetsOf = (key: string): readonly string[] => steps.find((step) => step.key === key)?.widgets ?? [];
  for (const one of widgetsOf(from))
    for (const next of widgetsOf(to)) notes.changedExits.add(`${one} > ${next}`);
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
