/** The check of comparisons with spoken answers: `==` holds for no sentence that a recogniser writes. */

import { expressionsOf } from "../../analysis/expressions.ts";
import { defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import type { ScalarNode } from "../../language/node.ts";
import type { Flow, Report, Step } from "../../model/flow.ts";
import { answerOf } from "../attempts.ts";
import { type Gather, hearsSpeech } from "./body.ts";

/** The finding of `lintCompared`. */
export const COMPARED_FINDINGS = defineFindings([
  {
    code: "exact-speech",
    severity: "warning",
    summary:
      "An expression compares a spoken answer with words by `==`. Recognisers write a capital letter and a full stop: `Yes.` is not `yes`.",
    bad: yaml`
      steps:
        ask:
          gather: { prompt: Yes or no?, input: speech, save: answer, otherwise: hangup }
          next: decide
        decide:
          branch:
            - { when: vars.answer == "yes", next: ask }
            - next: hangup
    `,
    good: yaml`
      steps:
        ask:
          gather: { prompt: Yes or no?, input: speech, save: answer, otherwise: hangup }
          next: decide
        decide:
          branch: { on: vars.answer, cases: { "yes": ask }, else: hangup }
    `,
  },
]);

/** A variable beside a text with a letter. */
const COMPARED =
  /\bvars\.(\w+)\s*[!=]=\s*(["'])[^"']*\p{L}[^"']*\2|(["'])[^"']*\p{L}[^"']*\3\s*[!=]=\s*vars\.(\w+)/gu;

/** Where a variable is compared, and the gather that reports it. */
interface Comparisons {
  nodes: ScalarNode[];
  by?: string;
}

/** The comparisons of each flow, by variable, read once for all of its gathers. */
const compared = new WeakMap<Flow, Map<string, Comparisons>>();

function comparedIn(flow: Flow): Map<string, Comparisons> {
  let found = compared.get(flow);
  if (!found) {
    found = new Map();
    for (const { text, node } of expressionsOf(flow)) {
      for (const [, left, , , right] of text.matchAll(COMPARED)) {
        const name = left ?? right ?? "";
        found.set(name, { nodes: [...(found.get(name)?.nodes ?? []), node] });
      }
    }
    compared.set(flow, found);
  }
  return found;
}

/** Checks where the answer that a gather captures is compared. Of several gathers with one variable, the first reports. */
export function lintCompared(step: Step<Gather>, flow: Flow, report: Report<"exact-speech">): void {
  const { save } = step.body;
  if (save === undefined || !hearsSpeech(step.body)) return;
  if (answerOf(step.body, flow.settings.variables?.[save]) !== "text") return;
  const comparisons = comparedIn(flow).get(save);
  if (!comparisons) return;
  comparisons.by ??= step.name;
  if (comparisons.by !== step.name) return;
  for (const at of comparisons.nodes) {
    const message = `\`==\` compares "${save}" exactly, and recognisers write "Yes." for yes; use a \`branch\` with \`on: vars.${save}\` and \`cases\``;
    report({ code: "exact-speech", severity: "warning", at, message });
  }
}
