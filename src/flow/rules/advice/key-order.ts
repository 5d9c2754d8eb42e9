/** Menus that say their keys in an order other than that in which callers count. */
import { yaml } from "../../language/example.ts";
import type { ScalarNode } from "../../language/node.ts";
import { keysAsked } from "../../language/spoken-keys.ts";
import { type Advice, heardByLanguage, menusOf } from "./advice.ts";

/** Fewer keys are remembered in any order. */
const FEWEST = 3;

export const keyOrder: Advice = {
  doc: {
    code: "key-order",
    severity: "advice",
    summary:
      "A menu says its keys in an order other than 1, 2, 3. Callers count along, and lose their place.",
    wrong:
      "A menu that keeps an old numbering for its regular callers, and puts the most wanted choice first, has a reason. 8, 9, 0, `*` and `#` can come anywhere, and so can keys that are said twice.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 2. For our address, press 3. For a message, press 1.
            choices: { 1: message, 2: hours, 3: address }
            noMatch: I did not get that.
            otherwise: message
        hours: { hangup: We are open from 9 to 5. Goodbye. }
        address: { hangup: We are at 12 Main Street. Goodbye. }
        message:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 1. For our address, press 2. For a message, press 3.
            choices: { 1: hours, 2: address, 3: message }
            noMatch: I did not get that.
            otherwise: message
        hours: { hangup: We are open from 9 to 5. Goodbye. }
        address: { hangup: We are at 12 Main Street. Goodbye. }
        message:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
    `,
  },
  check(checked, advise) {
    for (const { question } of menusOf(checked)) {
      const reported = new Set<ScalarNode>();
      for (const { language, heard } of heardByLanguage(checked, [question.prompt])) {
        const said = heard.texts.flatMap((node) =>
          keysAsked(node.text, language).flatMap(({ key }) =>
            /^[1-7]$/.test(key) && question.choices.some(({ at }) => at.text === key) ? [{ key, node }] : [],
          ),
        );
        const isOnce = new Set(said.map(({ key }) => key)).size === said.length;
        const wrong = said.find(({ key }, index) => key < (said[index - 1]?.key ?? ""));
        if (!isOnce || said.length < FEWEST || !wrong || reported.has(wrong.node)) continue;
        reported.add(wrong.node);
        const order = said.map(({ key }) => key).join(", ");
        advise(
          wrong.node,
          `callers hear the keys in the order ${order}; number the choices as they are said`,
        );
      }
    }
  },
};
