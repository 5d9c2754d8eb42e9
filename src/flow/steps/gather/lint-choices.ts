/** Choices that no caller can make. */
import type { FindingDoc } from "../../language/diagnostic.ts";
import { readKeys } from "../../language/keys.ts";
import { patternProblem } from "../../language/pattern.ts";
import { type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Gather } from "./body.ts";

const menu = (more: string): string =>
  `steps:\n  menu:\n    gather:\n      prompt: Press 1, or star.\n      choices: { 1: bye, "*": repeat }\n${more}      otherwise: bye\n  bye:\n    hangup: Goodbye.\n`;

/** The finding that `lintChoices` makes. */
export const DEAD_CHOICE: FindingDoc = {
  code: "dead-choice",
  severity: "error",
  summary:
    "A choice that no caller can make: its keys do not match `matches`, are more than `numDigits`, or end the answer by `finishOnKey`; or `input: speech` hears none, and it has no `speech`.",
  bad: menu('      save: account\n      matches: "[0-9]"\n'),
  good: menu('      save: account\n      matches: "[0-9*]"\n'),
};

/** Looks at each choice. */
export function lintChoices(step: Step<Gather>, report: Report): void {
  const node = valueAt(step, "choices");
  for (const { key } of node?.type === "map" ? node.pairs : []) {
    const message = deadBecause(key.text, step.body);
    if (message) report({ code: "dead-choice", at: key, message });
  }
}

function deadBecause(text: string, body: Gather): string | undefined {
  const keys = readKeys(text);
  if (typeof keys === "string") return undefined;
  const { finishOnKey, numDigits, matches } = body;
  if (body.input === "speech") return unheard(text, body);
  const ends = [keys.from, keys.to];
  if (typeof finishOnKey === "string" && finishOnKey !== "" && keys.from.includes(finishOnKey)) {
    return `${finishOnKey} ends the answer here and is no part of it, so this choice cannot be made; write another key, or finishOnKey: ""`;
  }
  if (typeof numDigits === "number" && keys.from.length > numDigits) {
    return `the answer ends after ${numDigits} of these keys, so this choice cannot be made; raise \`numDigits\``;
  }
  // A pattern that is none is told by itself.
  if (matches === undefined || patternProblem(matches)) return undefined;
  const missed = ends.find((one) => !new RegExp(`^(?:${matches})$`, "u").test(one));
  return (
    missed && `\`matches\` does not let ${missed} through, so this choice cannot be made; let it match too`
  );
}

function unheard(text: string, body: Gather): string | undefined {
  const choice = body.choices?.[text];
  if (typeof choice === "object" && "speech" in choice) return undefined;
  return "`input: speech` hears no keys, so this choice cannot be made; give it `speech`, or leave `input` out";
}
