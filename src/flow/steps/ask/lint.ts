/** The checks of a question by text message beyond its schema. */
import { optOutWord } from "../../../program/opt-out.ts";
import { languagesOf } from "../../analysis/facts.ts";
import type { Node } from "../../language/node.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import { lintMatches } from "../matches.ts";
import { formsOf } from "../phrases.ts";
import { tooLong } from "../sms/message.ts";
import { lintUnheard } from "../unheard.ts";
import { type Ask, isInRange, MOST_NUMBERS, rangeOf, secondsToAnswer, wordsOfKey } from "./body.ts";
import type { Code } from "./findings.ts";

/** The codes of other parts that a question can report. */
export type Shared =
  | "bad-pattern"
  | "slow-pattern"
  | "matches-without-save"
  | "duplicate-choice"
  | "bad-range"
  | "bad-phrase"
  | "long-message"
  | "unheard-attempt";

/** Checks one question. */
export function lint(step: Step<Ask>, flow: Flow, report: Report<Code | Shared>): void {
  const { body } = step;
  if (body.choices === undefined && body.save === undefined && body.picture === undefined) {
    const message = "this question has no use for its answer; add `choices` or `save`";
    report({ code: "ask-nothing", at: kindKey(step), message });
  }
  if (!isInRange(secondsToAnswer(body))) {
    const message = "people can have from 1m to 30d to answer; write such a `timeout`";
    report({ code: "bad-timeout", at: valueAt(step, "timeout") ?? step.bodyNode, message });
  }
  lintMatches(step, flow, report);
  lintRanges(step, report);
  lintWords(step, flow, report);
  lintUnheard(step, ["noMatch"], report);
  lintLength(step, report);
}

function lintRanges(step: Step<Ask>, report: Report<Code | Shared>): void {
  const node = valueAt(step, "choices");
  for (const { key } of node?.type === "map" ? node.pairs : []) {
    const range = rangeOf(key.text);
    if (range === undefined) continue;
    const { from, to } = range;
    if (to < from) {
      const message = `the range ${key.text} runs backwards; write ${to}-${from}`;
      report({ code: "bad-range", at: key, message });
    } else if (to - from >= MOST_NUMBERS) {
      const message = `a range has up to ${MOST_NUMBERS} numbers here; capture the answer with \`save\` and \`matches\``;
      report({ code: "bad-range", at: key, message });
    }
  }
}

/** A word of a choice, and where it is written. */
interface Word {
  choice: string;
  text: string;
  node: Node;
}

function lintWords(step: Step<Ask>, flow: Flow, report: Report<Code | Shared>): void {
  const tags = languagesOf(flow);
  const choiceOf = new Map<string, string>();
  const shared = new Set<Node>();
  for (const { choice, text, node } of wordsIn(step)) {
    const forms = formsOf(text, tags);
    const first = forms.map((form) => choiceOf.get(form)).find((one) => one !== undefined && one !== choice);
    const twilio = optOutWord(forms[0] ?? "");
    if (text.includes("{{") || forms[0] === "") {
      const message = "words are compared verbatim; write letters, digits or emoji that a person can send";
      report({ code: "bad-phrase", at: node, message });
    } else if (twilio !== undefined) {
      const message = `Twilio itself acts on "${text}" ${ACTS[twilio]}, so it never answers a question; use another word`;
      report({ code: "reserved-word", at: node, message });
    } else if (first !== undefined && !shared.has(node)) {
      shared.add(node);
      const message = `"${text}" is already a word of choice ${first}; give each word one choice`;
      report({ code: "duplicate-choice", at: node, message });
    }
    for (const form of forms) if (!choiceOf.has(form)) choiceOf.set(form, choice);
  }
}

const ACTS = {
  stop: "and blocks further messages",
  start: "and allows messages again",
  help: "and explains itself",
} as const;

/** The words of all choices: the keys, and what each adds. */
function wordsIn(step: Step<Ask>): Word[] {
  const node = valueAt(step, "choices");
  if (node?.type !== "map") return [];
  const keys = node.pairs.flatMap(({ key }) =>
    wordsOfKey(key.text).map((text) => ({ choice: key.text, text, node: key })),
  );
  const added = step.marks.flatMap(({ mark, node: one, path: [group, choice = "", words] }): Word[] =>
    mark === "spoken" && group === "choices" && words === "words" && one.type === "scalar"
      ? [{ choice, text: one.text, node: one }]
      : [],
  );
  return [...keys, ...added];
}

function lintLength(step: Step<Ask>, report: Report<Code | Shared>): void {
  const { prompt, noMatch } = step.body;
  for (const [key, text] of [
    ["prompt", prompt] as const,
    ...[noMatch ?? []].flat().map((one) => ["noMatch", one] as const),
  ]) {
    const message = tooLong(text);
    if (message !== undefined)
      report({ code: "long-message", at: valueAt(step, key) ?? step.bodyNode, message });
  }
}
