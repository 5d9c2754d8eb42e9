/** Keys that a prompt asks for and the menu does not have. */

import { overlap } from "../../language/keys.ts";
import type { ScalarNode } from "../../language/node.ts";
import { keysAsked, type SpokenKey } from "../../language/spoken-keys.ts";
import type { Question } from "../../model/flow.ts";
import { locate } from "../../yaml/locate.ts";
import { type Advice, type Asked, heardByLanguage, menusOf } from "./advice.ts";
import { twoChoices } from "./example-menu.ts";

export const unmappedKey: Advice = {
  doc: {
    code: "unmapped-key",
    severity: "advice",
    summary: "A prompt asks callers to press a key that its menu does not have.",
    wrong:
      "A prompt can speak of a key for later, such as one to press after the call is connected. A number is reported only if it has as many digits as one of the menu's keys, so `dial 911` is not.",
    bad: twoChoices(
      "For opening hours, press 1. For our address, press 2. To hear this again, press 3.",
      "{ 1: hours, 2: address }",
    ),
    good: twoChoices(
      "For opening hours, press 1. For our address, press 2. To hear this again, press 3.",
      "{ 1: hours, 2: address, 3: repeat }",
    ),
  },
  check(checked, advise) {
    for (const asked of menusOf(checked)) {
      for (const [node, language] of heardTexts(checked, asked)) {
        for (const spoken of keysAsked(node.text, language).filter(
          ({ key }) => !takes(asked.question, key),
        )) {
          const start = locate(node, spoken.at, checked.flow.text);
          const end = locate(node, spoken.end - 1, checked.flow.text) + 1;
          advise({ span: { start, end } }, messageOf(spoken));
        }
      }
    }
  },
};

function messageOf({ key }: SpokenKey): string {
  return `callers are asked to press ${key}, and this menu has no such choice; add it, or correct the prompt`;
}

/** The texts of all prompts of a question, each once, with its language. */
function heardTexts(checked: Parameters<typeof menusOf>[0], { question }: Asked): Map<ScalarNode, string> {
  const { prompt, reprompt, noInput, noMatch } = question;
  const all = heardByLanguage(checked, [prompt, reprompt, noInput, noMatch]);
  const texts = all.flatMap(({ language, heard }) =>
    heard.texts.map((text): [ScalarNode, string] => [text, language]),
  );
  // A text without a variant in other languages is in the flow's own, which is the first.
  return new Map(texts.toReversed());
}

/** Whether a question takes a key, or is not a question for it. */
function takes({ choices, finishKey, hears }: Question, key: string): boolean {
  if (!hears.keys || key === finishKey) return true;
  const keys = choices.flatMap((choice) => choice.keys ?? []);
  if (!keys.some(({ from }) => from.length === key.length)) return true;
  return keys.some((one) => overlap(one, { from: key, to: key }));
}
