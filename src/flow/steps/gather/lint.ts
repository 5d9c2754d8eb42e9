/** The checks of a gather beyond its schema: keys, phrases, patterns, and what Twilio accepts inside a Gather. */

import { begins, isChoiceName, type KeyRange, overlap, readKeys } from "../../language/keys.ts";
import type { Node, ScalarNode } from "../../language/node.ts";
import { patternProblem, withoutPadding } from "../../language/pattern.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import { playsKeys } from "../../twiml/prompt.ts";
import { finishOnKeyOf } from "./ask.ts";
import { ATTEMPTS, type Gather } from "./body.ts";
import type { Code } from "./findings.ts";
import { lintChoices } from "./lint-choices.ts";
import { lintPhrases } from "./lint-phrases.ts";
import { lintSpeech } from "./lint-speech.ts";

/** The codes of other parts that a gather can report. */
export type Shared = "bad-pattern" | "idle-attribute" | "missing-key" | "slow-pattern";

/** Checks one gather. */
export function lint(step: Step<Gather>, flow: Flow, report: Report<Code | Shared>): void {
  lintAnswer(step, flow, report);
  lintKeys(step, report);
  lintChoices(step, flow, report);
  lintPhrases(step, flow, report);
  lintSkip(step, report);
  lintPrompts(step, report);
  lintTwiml(step, report);
  lintSpeech(step, flow, report);
}

function lintAnswer(step: Step<Gather>, flow: Flow, report: Report<Code | Shared>): void {
  const { body } = step;
  const at = kindKey(step);
  if (body.choices === undefined && body.save === undefined) {
    report({
      code: "gather-nothing",
      at,
      message: "this gather has no use for its answer; add `choices` or `save`",
    });
  }
  if (body.matches !== undefined) lintMatches(step, body.matches, flow, report);
  if (body.otherwise === undefined) {
    const often = body.attempts ?? ATTEMPTS;
    const attempts = often === 1 ? "one attempt" : `${often} attempts`;
    report({
      code: "missing-key",
      at,
      message: `\`gather\` needs \`otherwise\`; add the exit to take after ${attempts}`,
    });
  }
}

function lintMatches(step: Step<Gather>, pattern: string, flow: Flow, report: Report<Code | Shared>): void {
  const at = valueAt(step, "matches") ?? step.bodyNode;
  const problem = patternProblem(pattern, flow);
  const part = withoutPadding(pattern, problem, flow);
  if (problem && part !== undefined) {
    const message = `"${pattern}" could take very long; leave \`matches\` away, and look for a part of the answer in a \`branch\`: \`vars.${step.body.save ?? "answer"}.matches("${part}")\``;
    report({ ...problem, at, message });
  } else if (problem) report({ ...problem, at });
  if (step.body.save !== undefined) return;
  const message = "`matches` checks the answer that `save` captures; name a variable in `save`";
  report({ code: "matches-without-save", at, message });
}

function lintKeys(step: Step<Gather>, report: Report<Code | Shared>): void {
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
function lintName({ kind }: Step<Gather>, key: ScalarNode, value: Node, report: Report<Code | Shared>): void {
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

function lintSkip(step: Step<Gather>, report: Report<Code | Shared>): void {
  const { body } = step;
  if (body.skip === undefined) return;
  const at = valueAt(step, "skip") ?? step.bodyNode;
  const finish = finishOnKeyOf(body) ?? "#";
  const message =
    finish === ""
      ? "`skip` is taken by the key that ends an answer, and this gather has none; write `finishOnKey`, or a choice for the key"
      : body.input === "speech"
        ? "`input: speech` ignores keys, so `skip` cannot be taken; remove one of them"
        : undefined;
  if (message) report({ code: "dead-choice", at, message });
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

function isTones(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("play" in value)) return false;
  return typeof value.play === "object" && value.play !== null && "digits" in value.play;
}

function isEndless(value: unknown): boolean {
  return typeof value === "object" && value !== null && "loop" in value && value.loop === 0;
}

function lintPrompts(step: Step<Gather>, report: Report<Code | Shared>): void {
  const { prompt, attempts, noInput, noMatch, reprompt, choices, save } = step.body;
  for (const { mark, value, node } of step.marks) {
    if (mark !== "prompt" || !isEndless(value)) continue;
    const message =
      "`loop: 0` repeats until the caller answers, so silence never ends this gather; write a number, or leave it out";
    report({ code: "endless-prompt", severity: "warning", at: node, message });
  }
  const isAskedAgain = reprompt !== undefined || (noInput !== undefined && noMatch !== undefined);
  if (prompt !== undefined || attempts === 1 || isAskedAgain || (!choices && !save)) return;
  const message = "without a `prompt` the next attempt asks nothing; add `reprompt`, or `attempts: 1`";
  report({ code: "silent-attempt", severity: "warning", at: kindKey(step), message });
}

function lintTwiml(step: Step<Gather>, report: Report<Code | Shared>): void {
  const { body } = step;
  for (const key of ["prompt", "noInput", "noMatch", "reprompt"] as const) {
    if (!playsKeys(body[key])) continue;
    const message = "tones cannot be played inside a gather; play them in a step before this one";
    const played = step.marks.find(
      ({ mark, path, value }) => mark === "prompt" && path[0] === key && isTones(value),
    );
    report({ code: "twilio-13320", at: played?.node ?? valueAt(step, key) ?? step.bodyNode, message });
  }
}
