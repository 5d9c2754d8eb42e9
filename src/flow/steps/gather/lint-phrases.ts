/** The checks of the phrases of choices: words that can be said, each for one choice. */

import { languagesOf } from "../../analysis/facts.ts";
import { isChoiceName, type KeyRange, overlap, readKeys } from "../../language/keys.ts";
import type { ScalarNode } from "../../language/node.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { formsOf } from "../phrases.ts";
import { type Gather, keysOf, keyToSay } from "./body.ts";
import type { Code } from "./findings.ts";
import { answeredIn } from "./speech.ts";

/** Checks the phrases of a gather's choices. */
export function lintPhrases(step: Step<Gather>, flow: Flow, report: Report<Code>): void {
  const { marks, body } = step;
  lintPrompt(step, report);
  const tags = answeredIn(body, languagesOf(flow));
  const keyed = keysOf(body);
  const choiceOf = new Map<string, string>();
  for (const { mark, node, path } of marks) {
    const [group, key = "", speech] = path;
    if (mark !== "spoken" || group !== "choices" || speech !== "speech" || node.type !== "scalar") continue;
    if (body.input === "dtmf" && !isChoiceName(key)) {
      const message = "`input: dtmf` ignores speech; remove `input`, or the phrases";
      report({ code: "deaf-choice", severity: "warning", at: node, message });
    }
    const forms = formsOf(node.text, tags);
    const first = forms.map((form) => choiceOf.get(form)).find((one) => one !== undefined && one !== key);
    if (node.text.includes("{{") || forms[0] === "") {
      const message = "phrases are matched verbatim; write words that a caller can say";
      report({ code: "bad-phrase", at: node, message });
    } else if (first !== undefined) {
      const message = `"${node.text}" is already a phrase of choice ${first}; give each phrase one choice`;
      report({ code: "duplicate-choice", at: node, message });
    } else lintNumber(node, key, forms, keyed, report);
    for (const form of forms) if (!choiceOf.has(form)) choiceOf.set(form, key);
  }
}

function lintPrompt(step: Step<Gather>, report: Report<Code>): void {
  const key = step.body.input === "dtmf" ? keyToSay(step.body) : undefined;
  if (key === undefined) return;
  const message = `\`input: dtmf\` ignores speech, although callers are asked to say ${key}; remove \`input\`, or ask only to press it`;
  report({ code: "deaf-choice", severity: "warning", at: valueAt(step, "input") ?? step.bodyNode, message });
}

function lintNumber(
  node: ScalarNode,
  key: string,
  forms: readonly string[],
  keyed: readonly KeyRange[],
  report: Report<Code>,
): void {
  const digits = forms.find((form) => /^\d+$/.test(form));
  if (digits === undefined) return;
  const said = { from: digits, to: digits };
  const own = readKeys(key);
  if (typeof own !== "string" && overlap(own, said)) return;
  if (!keyed.some((keys) => overlap(keys, said))) return;
  const message = `callers who say "${node.text}" get choice ${key}, although ${digits} is another choice; use another phrase`;
  report({ code: "other-key", severity: "warning", at: node, message });
}
