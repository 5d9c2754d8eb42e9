/** The check of what is said before later attempts: words that no attempt gets to. */
import { type Report, type Step, valueAt } from "../model/flow.ts";
import { ATTEMPTS } from "./attempts.ts";

/** Checks the words of a question that is asked again: the keys that have one text, or one for each attempt. */
export function lintUnheard(
  step: Step<{ attempts?: number }>,
  keys: readonly string[],
  report: Report<"unheard-attempt">,
): void {
  const { attempts = ATTEMPTS } = step.body;
  const times = ["once", "twice"][attempts - 1] ?? `${attempts} times`;
  for (const key of keys) {
    const node = valueAt(step, key);
    const unheard = attempts === 1 ? node : node?.type === "list" ? node.items[attempts - 1] : undefined;
    if (!unheard) continue;
    const message = `this question is asked only ${times}, so these words of \`${key}\` are never heard; remove them, or raise \`attempts\``;
    report({ code: "unheard-attempt", severity: "warning", at: unheard, message });
  }
}
