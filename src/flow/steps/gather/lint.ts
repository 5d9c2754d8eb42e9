/** The checks of a gather beyond its schema: keys, phrases, patterns, and what Twilio accepts inside a Gather. */

import { normalise } from "../../../program/speech.ts";
import { begins, type KeyRange, overlap, readKeys } from "../../language/keys.ts";
import { patternProblem } from "../../language/pattern.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import { playsKeys } from "../../twiml/prompt.ts";
import { ATTEMPTS, type Gather } from "./body.ts";
import { lintChoices } from "./lint-choices.ts";
import { lintSpeech } from "./lint-speech.ts";

/** Checks one gather. */
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
      message: "this gather has no use for its answer; add `choices` or `save`",
    });
  }
  if (body.matches !== undefined) lintMatches(step, body.matches, report);
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

function lintMatches(step: Step<Gather>, pattern: string, report: Report): void {
  const at = valueAt(step, "matches") ?? step.bodyNode;
  const problem = patternProblem(pattern);
  if (problem) report({ ...problem, at });
  if (step.body.save !== undefined) return;
  const message = "`matches` checks the answer that `save` captures; name a variable in `save`";
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
    const message = `\`${slow.text}\` is also the beginning of a longer choice, so it is taken only after the timeout; give all choices the same length`;
    report({ code: "slow-choice", severity: "warning", at: node, message });
  }
}

function lintPhrases({ marks, body }: Step<Gather>, report: Report): void {
  const choiceOf = new Map<string, string>();
  for (const { mark, node, path } of marks) {
    const [choices, key = "", speech] = path;
    if (mark !== "spoken" || choices !== "choices" || speech !== "speech" || node.type !== "scalar") continue;
    if (body.input === "dtmf") {
      const message = "`input: dtmf` ignores speech; remove `input`, or the phrases";
      report({ code: "deaf-choice", severity: "warning", at: node, message });
    }
    const phrase = normalise(node.text);
    const first = choiceOf.get(phrase) ?? key;
    if (node.text.includes("{{") || phrase === "") {
      const message = "phrases are matched verbatim; write words that a caller can say";
      report({ code: "bad-phrase", at: node, message });
    } else if (first !== key) {
      const message = `"${node.text}" is already a phrase of choice ${first}; give each phrase one choice`;
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
    const message = "tones cannot be played inside a gather; play them in a step before this one";
    const played = step.marks.find(
      ({ mark, path, value }) => mark === "prompt" && path[0] === key && isTones(value),
    );
    report({ code: "twilio-13320", at: played?.node ?? valueAt(step, key) ?? step.bodyNode, message });
  }
}
