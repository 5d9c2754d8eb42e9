/** Stage 5: steps that a person would write as one. */
import { isTextKey } from "../road.ts";
import {
  compact,
  Exit,
  exitsOf,
  HANGUP,
  isTreeMap,
  Prompt,
  REPEAT,
  RETURN,
  type Step,
  type Tree,
  withExits,
} from "../step.ts";
import { withoutUnread } from "./used.ts";

/** Joins steps, beginning with the first. A value that only a needless step reads is not assigned. */
export function joined(steps: readonly Step[], roots: readonly Exit[]): { steps: Step[]; roots: Exit[] } {
  const lean = withoutEmpty(steps, roots);
  const read = withoutUnread(reachable(lean.steps, lean.roots));
  if (read.some((step) => throughOf(step) !== undefined)) return joined(read, lean.roots);
  let current = read;
  for (;;) {
    const next = joinOne(current, lean.roots);
    if (!next) return { steps: current.map(withEnd), roots: lean.roots };
    current = next;
  }
}

/** The steps that an exit of another leads to. */
function reachable(steps: readonly Step[], roots: readonly Exit[]): Step[] {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const reached = new Set<string>();
  const waiting = roots.flatMap((root) => (root.isWord ? [] : [root.to]));
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const step = byKey.get(key);
    if (!step || reached.has(key)) continue;
    reached.add(key);
    waiting.push(...exitsOf(step));
  }
  return steps.filter(({ key }) => reached.has(key));
}

/** Takes out steps that do nothing: a `set` of nothing, a `branch` without a condition, a prompt without words. */
function withoutEmpty(steps: readonly Step[], roots: readonly Exit[]): { steps: Step[]; roots: Exit[] } {
  const skipped = new Map<string, Exit>();
  for (const step of steps) {
    const next = throughOf(step);
    if (next) skipped.set(step.key, next);
  }
  const target = (exit: Exit): Exit => {
    let found = exit;
    for (let count = 0; !found.isWord && count <= skipped.size; count++)
      found = skipped.get(found.to) ?? found;
    // Steps that do nothing can be a circle.
    if (!found.isWord && skipped.has(found.to)) return isTextKey(found.to) ? RETURN : HANGUP;
    return found;
  };
  const kept = steps.filter(({ key }) => !skipped.has(key)).map((step) => withExits(step, target));
  return { steps: kept, roots: roots.map(target) };
}

function throughOf({ kind, body, next, comment }: Step): Exit | undefined {
  if (comment) return undefined;
  if (kind === "set" && isTreeMap(body) && Object.keys(body).length === 0) return next;
  if (kind === "say" && body instanceof Prompt && body.items.length === 0) return next;
  if (kind !== "branch" || !Array.isArray(body)) return undefined;
  const exits = new Set(
    body.map((one: Tree) => (isTreeMap(one) && one.next instanceof Exit ? one.next : undefined)),
  );
  const [first] = exits;
  const isOne = [...exits].every(
    (exit) => exit && first && exit.to === first.to && exit.isWord === first.isWord,
  );
  return isOne ? first : undefined;
}

function joinOne(steps: readonly Step[], roots: readonly Exit[]): Step[] | undefined {
  for (const step of steps) {
    if (step.kind !== "say" || !(step.body instanceof Prompt) || !step.next || step.next.isWord) continue;
    const { to } = step.next;
    const after = steps.find(({ key }) => key === to);
    const isRoot = roots.some((root) => !root.isWord && root.to === to);
    if (!after || after === step || isRoot || comesOnlyFrom(steps, after) !== step.key) continue;
    const both = bothOf(step, step.body, after);
    if (!both) continue;
    return steps.flatMap((one) => (one === step ? [both] : one === after ? [] : [one]));
  }
  return undefined;
}

/** The only step that leads to a step, apart from itself. */
function comesOnlyFrom(steps: readonly Step[], { key }: Step): string | undefined {
  const before = steps.filter((step) => exitsOf(step).includes(key) && step.key !== key);
  const [only, another] = before;
  const ways = only ? exitsOf(only).filter((to) => to === key).length : 0;
  return another || ways !== 1 ? undefined : only?.key;
}

/** A prompt and what follows, as one step. */
function bothOf(step: Step, prompt: Prompt, after: Step): Step | undefined {
  const widgets = [...step.widgets, ...after.widgets];
  if (after.kind === "say" && after.body instanceof Prompt) {
    if (exitsOf(after).includes(after.key)) return undefined;
    const items = [...prompt.items, ...after.body.items];
    return { ...step, widgets, body: new Prompt(items), ...(after.next && { next: after.next }) };
  }
  if (!isTreeMap(after.body)) return undefined;
  const isOwn = exitsOf(after).includes(after.key);
  const own = after.body.prompt;
  const isRecord = after.kind === "record" && own === undefined && !isOwn;
  const isQuestion =
    after.kind === "gather" &&
    after.body.attempts === 1 &&
    !isOwn &&
    !JSON.stringify(after.body).includes(JSON.stringify(REPEAT));
  if (!isRecord && !isQuestion) return undefined;
  const items = [...prompt.items, ...(own instanceof Prompt ? own.items : [])];
  return {
    ...after,
    key: step.key,
    widgets,
    body: compact({
      prompt: new Prompt(items),
      ...after.body,
      ...(own instanceof Prompt && { prompt: new Prompt(items) }),
    }),
  };
}

/** Last words: a prompt before the end of the call is a `hangup`, a recording alone a `play`. */
function withEnd(step: Step): Step {
  if (step.kind !== "say" || !(step.body instanceof Prompt)) return step;
  if (!step.next?.isWord || step.next.to !== "hangup") return step;
  const { next: _, ...rest } = step;
  return { ...rest, kind: "hangup" };
}
