/** The checks of a gather beyond its schema: keys, phrases, patterns, and what Twilio accepts inside a Gather. */

import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import { playsKeys } from "../../twiml/prompt.ts";
import { ATTEMPTS } from "../attempts.ts";
import { lintMatches } from "../matches.ts";
import { lintUnheard } from "../unheard.ts";
import { finishOnKeyOf } from "./ask.ts";
import type { Gather } from "./body.ts";
import type { Code } from "./findings.ts";
import { lintChoices } from "./lint-choices.ts";
import { lintCompared } from "./lint-compared.ts";
import { lintKeys } from "./lint-keys.ts";
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
  lintCompared(step, flow, report);
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
  lintMatches(step, flow, report);
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

function isTones(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("play" in value)) return false;
  return typeof value.play === "object" && value.play !== null && "digits" in value.play;
}

function isEndless(value: unknown): boolean {
  return typeof value === "object" && value !== null && "loop" in value && value.loop === 0;
}

function lintPrompts(step: Step<Gather>, report: Report<Code | Shared>): void {
  lintUnheard(step, ["noInput", "noMatch", "reprompt"], report);
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
