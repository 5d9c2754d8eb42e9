/** The check for choices that no caller can make. */

import type { FindingDoc } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { isChoiceName, readKeys } from "../../language/keys.ts";
import { patternProblem } from "../../language/pattern.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Gather } from "./body.ts";

/** The finding of `lintChoices`. */
export const DEAD_CHOICE: FindingDoc<"dead-choice"> = {
  code: "dead-choice",
  severity: "error",
  summary:
    "No caller can make a choice: its keys do not fit `matches`, `numDigits` or `finishOnKey`, or it is `*` or `#`, has no `speech`, and the `input` is `speech`.",
  bad: yaml`
    steps:
      menu:
        gather:
          prompt: Press 1, or star.
          choices: { 1: bye, "*": repeat }
          save: account
          matches: "[0-9]"
          otherwise: bye
      bye:
        hangup: Goodbye.
  `,
  good: yaml`
    steps:
      menu:
        gather:
          prompt: Press 1, or star.
          choices: { 1: bye, "*": repeat }
          save: account
          matches: "[0-9*]"
          otherwise: bye
      bye:
        hangup: Goodbye.
  `,
};

/** Checks each choice. */
export function lintChoices(step: Step<Gather>, flow: Flow, report: Report<"dead-choice">): void {
  const node = valueAt(step, "choices");
  for (const { key } of node?.type === "map" ? node.pairs : []) {
    const message = deadBecause(key.text, step.body, flow);
    if (message) report({ code: "dead-choice", at: key, message });
  }
}

function deadBecause(text: string, body: Gather, flow: Flow): string | undefined {
  if (isChoiceName(text)) {
    return body.input === "dtmf"
      ? "`input: dtmf` ignores speech, so this choice cannot be made; remove `input`"
      : undefined;
  }
  const keys = readKeys(text);
  if (typeof keys === "string") return undefined;
  const { finishOnKey, numDigits, matches } = body;
  if (body.input === "speech") return /^\d/.test(keys.from) ? undefined : unheard(text, body);
  const ends = [keys.from, keys.to];
  if (typeof finishOnKey === "string" && finishOnKey !== "" && keys.from.includes(finishOnKey)) {
    return `the key ${finishOnKey} ends the answer, so this choice cannot be made; use another key, \`finishOnKey: ""\`, or \`skip\` for this key alone`;
  }
  if (typeof numDigits === "number" && keys.from.length > numDigits) {
    return `the answer ends after ${numDigits} keys, so this choice cannot be made; raise \`numDigits\``;
  }
  // Invalid patterns have their own finding.
  if (matches === undefined || patternProblem(matches, flow)) return undefined;
  const missed = ends.find((one) => !new RegExp(`^(?:${matches})$`, "u").test(one));
  return missed && `\`matches\` does not match ${missed}, so this choice cannot be made; extend the pattern`;
}

function unheard(text: string, body: Gather): string | undefined {
  const choice = body.choices?.[text];
  if (typeof choice === "object" && "speech" in choice) return undefined;
  return "`input: speech` ignores keys, so this choice cannot be made; add `speech` to it, or remove `input`";
}
