/** The names of steps, and their order: as a call meets them. */
import { isGeneric, kebab, Taken } from "../names.ts";
import { Exit, exitsOf, isTreeMap, Prompt, type Step, withExits } from "../step.ts";

/** Steps with names in place of keys, in the order of a call. */
export function named(
  steps: readonly Step[],
  roots: readonly Exit[],
): { steps: Step[]; names: Map<string, string> } {
  const order = ordered(steps, roots);
  const taken = new Taken();
  const names = new Map(order.map((step) => [step.key, taken.take(wishOf(step))]));
  const rename = (exit: Exit): Exit => (exit.isWord ? exit : new Exit(names.get(exit.to) ?? exit.to));
  const done = order.map((step) => ({ ...withExits(step, rename), key: names.get(step.key) ?? step.key }));
  return { steps: done, names };
}

/** Every step after those that lead to it, circles aside, and the main road first; what no exit leads to is left out. */
function ordered(steps: readonly Step[], roots: readonly Exit[]): Step[] {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const done: Step[] = [];
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const step = byKey.get(key);
    if (!step || seen.has(key)) return;
    seen.add(key);
    for (const to of mainFirst(step).toReversed()) visit(to);
    done.push(step);
  };
  for (const root of roots.toReversed()) if (!root.isWord) visit(root.to);
  return done.toReversed();
}

/** The exits of a step, `next` before the others. */
function mainFirst(step: Step): string[] {
  const exits = exitsOf(step);
  return step.next && !step.next.isWord ? [step.next.to, ...exits.slice(0, -1)] : exits;
}

function wishOf({ wish, widgets, body, kind }: Step): string {
  if (!isGeneric(wish)) return short(kebab(wish));
  if ((kind === "gather" || kind === "ask") && isMenu(body)) return "menu";
  const better = widgets.find((name) => !isGeneric(name));
  if (better !== undefined) return short(kebab(better));
  const [item] = body instanceof Prompt ? body.items : [];
  const words = item && "say" in item ? wordsOf(item.say) : [];
  return words.length > 1 ? words.join("-") : (WISHES[kind] ?? kebab(wish));
}

/** The first words of a text that say something. */
function wordsOf(text: string): string[] {
  const plain = text.replace(/\{\{.*?\}\}|<[^>]*>/g, " ").replace(/['’]\w*/g, "");
  return kebab(plain)
    .split("-")
    .filter((word) => word.length > 2 && !FILLERS.has(word))
    .slice(0, 3);
}

const FILLERS = new Set(
  "the and you your our for are was with now been being have has please that this from will not can".split(
    " ",
  ),
);

/** Names of steps whose widgets have none. */
const WISHES: Readonly<Record<string, string>> = {
  gather: "menu",
  ask: "ask",
  branch: "decide",
  set: "note",
  request: "look-up",
  dial: "connect",
  enqueue: "hold",
  record: "voicemail",
  sms: "text",
};

function isMenu(body: Step["body"]): boolean {
  return isTreeMap(body) && "choices" in body;
}

function short(name: string): string {
  return name.length <= 40 ? name : name.slice(0, 40).replace(/-[^-]*$/, "");
}
