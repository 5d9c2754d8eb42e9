/** The checks of the keys of choices: ranges, shared and slow keys, and names without words. */
import { begins, isChoiceName, type KeyRange, overlap, readKeys } from "../../language/keys.ts";
import type { Node, ScalarNode } from "../../language/node.ts";
import { type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Gather } from "./body.ts";
import type { Code } from "./findings.ts";

/** Checks the keys of each choice. */
export function lintKeys(step: Step<Gather>, report: Report<Code | "missing-key">): void {
  const node = valueAt(step, "choices");
  if (node?.type !== "map") return;
  const seen = new Map<string, Choice>();
  for (const { key, value } of node.pairs) {
    if (isChoiceName(key.text)) {
      lintName(step, key, value, report);
      continue;
    }
    const keys = readKeys(key.text);
    if (typeof keys === "string") report({ code: "bad-range", at: key, message: keys });
    else if (!seen.has(key.text)) seen.set(key.text, { keys, key, index: seen.size });
  }
  const choices = [...seen.values()];
  for (const [later, first] of sharingKeys(choices)) {
    const message = `\`${later.key.text}\` shares keys with \`${first.key.text}\`; give each key one choice`;
    report({ code: "duplicate-choice", at: later.key, message });
  }
  const slow = step.body.numDigits === undefined ? slowChoice(choices) : undefined;
  if (slow !== undefined) {
    const message = `\`${slow.key.text}\` also begins a longer choice, so it is taken only after the timeout; give all choices the same length`;
    report({ code: "slow-choice", severity: "warning", at: node, message });
  }
}

/** Words for the keys that a telephone has no letter for. */
const KEY_WORDS: Readonly<Record<string, string>> = {
  star: "*",
  asterisk: "*",
  pound: "#",
  hash: "#",
  zero: "0",
};

/** A choice by words alone needs the words. */
function lintName(
  { kind }: Step<Gather>,
  key: ScalarNode,
  value: Node,
  report: Report<Code | "missing-key">,
): void {
  if (value.type === "map" && value.pairs.some((pair) => pair.key.text === "speech")) return;
  if (Object.hasOwn(kind.keys, key.text)) {
    const message = `\`${key.text}\` cannot be a key of \`choices\`; it belongs to \`${kind.name}\`: indent it less`;
    report({ code: "missing-key", at: key, message });
    return;
  }
  const meant = KEY_WORDS[key.text.toLowerCase()];
  const advice =
    meant === undefined
      ? `add them as \`${key.text}: { speech: ${key.text}, next: … }\``
      : `write "${meant}" for the key, or add \`speech\``;
  const message = `\`${key.text}\` is not a key of a phone, so callers need words to say for it; ${advice}`;
  report({ code: "missing-key", at: key, message });
}

/** A choice's keys, and its place among the others. */
interface Choice {
  keys: KeyRange;
  key: ScalarNode;
  index: number;
}

/** Choices that share keys with an earlier one. Sorted by their keys, so that each is compared with few. */
function sharingKeys(choices: readonly Choice[]): Map<Choice, Choice> {
  const sharing = new Map<Choice, Choice>();
  const byLength = Map.groupBy(choices, ({ keys }) => keys.from.length);
  for (const some of byLength.values()) {
    let widest: Choice | undefined;
    for (const one of some.toSorted((a, b) => (a.keys.from < b.keys.from ? -1 : 1))) {
      if (widest && overlap(widest.keys, one.keys)) {
        const [first, later] = widest.index < one.index ? [widest, one] : [one, widest];
        const known = sharing.get(later);
        if (!known || first.index < known.index) sharing.set(later, first);
      }
      if (!widest || widest.keys.to < one.keys.to) widest = one;
    }
  }
  return sharing;
}

/** So many ranges are compared with every other choice. */
const MOST_RANGES = 100;

/** The first choice whose keys begin a longer choice. */
function slowChoice(choices: readonly Choice[]): Choice | undefined {
  const [ranges, alone] = [true, false].map((isRange) =>
    choices.filter(({ keys }) => (keys.from !== keys.to) === isRange),
  );
  const singles = new Map(alone?.map((one) => [one.keys.from, one]));
  const lengths = [...new Set([...singles.keys()].map((key) => key.length))];
  const slow = choices.flatMap(({ keys: { from } }) =>
    lengths.flatMap((length) => (length < from.length ? (singles.get(from.slice(0, length)) ?? []) : [])),
  );
  for (const range of ranges?.slice(0, MOST_RANGES) ?? []) {
    if (choices.some(({ keys }) => begins(range.keys, keys))) slow.push(range);
    for (const one of choices) if (begins(one.keys, range.keys)) slow.push(one);
  }
  return slow.toSorted((a, b) => a.index - b.index)[0];
}
