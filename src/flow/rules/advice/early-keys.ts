/** Keys that are said before the menu listens: a caller who presses one at once is not heard. */

import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";
import { heardAt } from "../../analysis/heard.ts";
import { yaml } from "../../language/example.ts";
import { overlap } from "../../language/keys.ts";
import type { ScalarNode } from "../../language/node.ts";
import { keysAsked } from "../../language/spoken-keys.ts";
import type { Question, Step } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";

export const earlyKeys: Advice = {
  doc: {
    code: "early-keys",
    severity: "advice",
    summary:
      "A step says the keys of a menu before the menu listens. Keys pressed during that step are lost.",
    wrong:
      "A step that prepares callers for keys that the menu says again loses only the keys of the quickest of them.",
    bad: yaml`
      steps:
        welcome:
          say: For opening hours, press 1. For our address, press 2.
          next: menu
        menu:
          gather:
            prompt: Please choose.
            choices: { 1: hours, 2: address }
            reprompt: For opening hours, press 1. For our address, press 2.
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
        address:
          hangup: We are at 12 Main Street. Goodbye.
    `,
    good: yaml`
      steps:
        welcome:
          say: Welcome to Acme.
          next: menu
        menu:
          gather:
            prompt: For opening hours, press 1. For our address, press 2.
            choices: { 1: hours, 2: address }
            noMatch: I did not get that.
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
        address:
          hangup: We are at 12 Main Street. Goodbye.
    `,
  },
  check(checked, advise) {
    const { flow, graph } = checked;
    for (const step of flow.steps) {
      if (step.kind.does !== "speaks" || !graph.main.has(step.name)) continue;
      for (const [text, language] of textsOf(checked, step)) {
        const asked = keysAsked(text.text, language);
        const menu = asked.length > 0 ? menuAfter(checked, step) : undefined;
        const key = asked.find(({ key }) => menu && hasKey(menu.question, key))?.key;
        if (!menu || key === undefined) continue;
        const message = `a caller who presses ${key} here is not heard: keys count only from the menu on; say it in the prompt of "${menu.name}"`;
        advise(text, message);
      }
    }
  },
};

/** The texts that a step speaks, each with its language. */
function textsOf({ facts }: Checked, step: Step): Map<ScalarNode, string> {
  const texts = facts.languages.flatMap((language) =>
    heardAt(step, language, facts.language).texts.map((text): [ScalarNode, string] => [text, language]),
  );
  // A text without a variant in other languages is in the flow's own, which is the first.
  return new Map(texts.toReversed());
}

function hasKey({ choices }: Question, key: string): boolean {
  return choices.some(({ keys }) => keys && overlap(keys, { from: key, to: key }));
}

/** The menu that follows a step, with nothing between them that waits for somebody. */
function menuAfter({ graph }: Checked, step: Step): { name: string; question: Question } | undefined {
  const seen = new Set<string>();
  const waiting = [step.name];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const one = seen.has(name) ? undefined : graph.steps.get(name);
    if (!one) continue;
    seen.add(name);
    const question = one.kind.question?.(one);
    if (question?.hears.keys && question.choices.length > 0) return { name, question };
    if (one.kind.does === "asks") continue;
    waiting.push(...(graph.edges.get(name) ?? []).flatMap((edge) => targetOf(edge) ?? []));
  }
  return undefined;
}
