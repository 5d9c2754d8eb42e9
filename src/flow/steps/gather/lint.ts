/** What a gather can get wrong beyond its shape: keys, phrases, patterns, and what Twilio takes inside a Gather. */
import { normalise } from "../../../program/speech.ts";
import type { FindingDoc } from "../../language/diagnostic.ts";
import { begins, type KeyRange, overlap, readKeys } from "../../language/keys.ts";
import { patternProblem } from "../../language/pattern.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import { playsKeys } from "../../twiml/prompt.ts";
import { ATTEMPTS, type Gather } from "./body.ts";
import { DEAD_CHOICE, lintChoices } from "./lint-choices.ts";
import { lintSpeech, SPEECH_FINDINGS } from "./lint-speech.ts";

const menu = (choices: string, more = ""): string =>
  `steps:\n  menu:\n    gather:\n      prompt: Press 1 or say sales.\n${choices}${more}      otherwise: bye\n  bye:\n    hangup: Goodbye.\n`;
const choices = (written: string): string => `      choices: ${written}\n`;
const ask = (more: string): string =>
  `steps:\n  ask:\n    gather:\n      prompt: Your account?\n${more}      otherwise: bye\n    next: bye\n  bye:\n    hangup: Goodbye.\n`;

/** The findings that only a gather makes. */
export const FINDINGS: readonly FindingDoc[] = [
  {
    code: "gather-nothing",
    severity: "error",
    summary: "A gather with neither `choices` nor `save`: no answer could lead anywhere.",
    bad: ask(""),
    good: ask("      save: account\n"),
  },
  {
    code: "matches-without-save",
    severity: "error",
    summary: "A gather with `matches` and without `save`: no answer is kept that could match.",
    bad: menu(choices("{ 1: bye }"), '      matches: "[0-9]"\n'),
    good: menu(choices("{ 1: bye }")),
  },
  DEAD_CHOICE,
  {
    code: "bad-range",
    severity: "error",
    summary: "A range of keys that runs backwards, or whose ends differ in length.",
    bad: menu(choices("{ 9-1: bye }")),
    good: menu(choices("{ 1-9: bye }")),
  },
  {
    code: "duplicate-choice",
    severity: "error",
    summary: "Two choices share a key or a phrase: nobody could tell which is meant.",
    bad: menu(choices("{ 1-5: bye, 3: repeat }")),
    good: menu(choices("{ 1-2: bye, 3: repeat, 4-5: bye }")),
  },
  {
    code: "slow-choice",
    severity: "warning",
    summary:
      "A choice that also begins a longer one: the shorter is taken only after the `timeout`. `numDigits` says that this is meant.",
    bad: menu(choices("{ 1: bye, 12: repeat }")),
    good: menu(choices("{ 11: bye, 12: repeat }")),
  },
  {
    code: "bad-phrase",
    severity: "error",
    summary: "A phrase without a letter or digit, or with a hole: phrases are matched as they are written.",
    bad: menu(choices('{ 1: { next: bye, speech: "{{ caller.city }}" } }')),
    good: menu(choices("{ 1: { next: bye, speech: sales } }")),
  },
  {
    code: "deaf-choice",
    severity: "warning",
    summary: "A choice with `speech` in a gather whose `input` is keys only.",
    bad: menu(choices("{ 1: { next: bye, speech: sales } }"), "      input: dtmf\n"),
    good: menu(choices("{ 1: { next: bye, speech: sales } }")),
  },
  {
    code: "twilio-13320",
    severity: "error",
    summary: "Keys played as tones while an answer is awaited: Twilio does not play them inside a Gather.",
    bad: menu(choices("{ 1: bye }"), '      noMatch: { play: { digits: "9" } }\n'),
    good: menu(choices("{ 1: bye }"), "      noMatch: { play: https://example.com/beep.mp3 }\n"),
  },
  ...SPEECH_FINDINGS,
];

/** Looks at one gather. */
export function lint(step: Step<Gather>, flow: Flow, report: Report): void {
  lintAnswer(step, report);
  lintKeys(step, report);
  lintChoices(step, report);
  lintPhrases(step, report);
  lintTwiml(step, report);
  lintSpeech(step, flow, report);
}

function lintAnswer(step: Step<Gather>, report: Report): void {
  const { body } = step;
  const at = kindKey(step);
  if (body.choices === undefined && body.save === undefined) {
    report({
      code: "gather-nothing",
      at,
      message: "a gather needs `choices`, or `save` for an answer of its own",
    });
  }
  if (body.matches !== undefined) lintMatches(step, body.matches, report);
  if (body.otherwise === undefined) {
    const often = body.attempts ?? ATTEMPTS;
    const attempts = often === 1 ? "one attempt" : `${often} attempts`;
    report({
      code: "missing-key",
      at,
      message: `\`gather\` needs \`otherwise\`: where to go after ${attempts}`,
    });
  }
}

function lintMatches(step: Step<Gather>, pattern: string, report: Report): void {
  const at = valueAt(step, "matches") ?? step.bodyNode;
  const problem = patternProblem(pattern);
  if (problem) report({ ...problem, at });
  if (step.body.save !== undefined) return;
  const message = "`matches` checks the answer that `save` keeps; name a variable in `save`";
  report({ code: "matches-without-save", at, message });
}

function lintKeys(step: Step<Gather>, report: Report): void {
  const node = valueAt(step, "choices");
  if (node?.type !== "map") return;
  const seen: { keys: KeyRange; text: string }[] = [];
  for (const { key } of node.pairs) {
    const keys = readKeys(key.text);
    if (typeof keys === "string") {
      report({ code: "bad-range", at: key, message: keys });
      continue;
    }
    const first = seen.find((one) => one.text !== key.text && overlap(one.keys, keys));
    if (first) {
      const message = `\`${key.text}\` shares keys with \`${first.text}\`; give each key one choice`;
      report({ code: "duplicate-choice", at: key, message });
    }
    seen.push({ keys, text: key.text });
  }
  const slow = seen.find((one) => seen.some((other) => begins(one.keys, other.keys)));
  if (slow !== undefined && step.body.numDigits === undefined) {
    const message = `\`${slow.text}\` also begins a longer choice, so it is taken only after the timeout; give all choices the same length`;
    report({ code: "slow-choice", severity: "warning", at: node, message });
  }
}

function lintPhrases({ marks, body }: Step<Gather>, report: Report): void {
  const choiceOf = new Map<string, string>();
  for (const { mark, node, path } of marks) {
    const [choices, key = "", speech] = path;
    if (mark !== "spoken" || choices !== "choices" || speech !== "speech" || node.type !== "scalar") continue;
    if (body.input === "dtmf") {
      const message = "`input: dtmf` hears no speech; leave `input` out, or the phrases";
      report({ code: "deaf-choice", severity: "warning", at: node, message });
    }
    const phrase = normalise(node.text);
    const first = choiceOf.get(phrase) ?? key;
    if (node.text.includes("{{") || phrase === "") {
      const message = "a phrase is matched as it is written; write words that a caller may say";
      report({ code: "bad-phrase", at: node, message });
    } else if (first !== key) {
      const message = `"${node.text}" is a phrase of choice ${first} already; give each phrase one choice`;
      report({ code: "duplicate-choice", at: node, message });
    }
    choiceOf.set(phrase, first);
  }
}

function isTones(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("play" in value)) return false;
  return typeof value.play === "object" && value.play !== null && "digits" in value.play;
}

function lintTwiml(step: Step<Gather>, report: Report): void {
  const { body } = step;
  for (const key of ["prompt", "noInput", "noMatch", "reprompt"] as const) {
    if (!playsKeys(body[key])) continue;
    const message = "keys cannot be played while an answer is awaited; play them in a step before this one";
    const played = step.marks.find(
      ({ mark, path, value }) => mark === "prompt" && path[0] === key && isTones(value),
    );
    report({ code: "twilio-13320", at: played?.node ?? valueAt(step, key) ?? step.bodyNode, message });
  }
}
