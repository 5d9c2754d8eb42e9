/** Menus that say the key before its purpose. */

import { PRESS_BEFORE } from "../../language/press-words.ts";
import { type Advice, heardByLanguage, menusOf } from "./advice.ts";
import { twoChoices } from "./example-menu.ts";

const PRESS = [...PRESS_BEFORE].join("|");
/** "Press 1 for …" at the beginning of a sentence. */
const PRESS_FIRST = new RegExp(
  `(?:^|[.;!?:]\\s+|\\b(?:and|or|y|et|und|e|ed|en|och)\\s+)(?:please\\s+)?(?:${PRESS})\\s+(?:\\p{L}+\\s+){0,3}?(?:\\p{Nd}|one|two|three|four|five|six|seven|eight|nine|star|pound|hash|uno|dos|tres|cuatro|cinco|eins|zwei|drei|vier|fünf|deux|trois|quatre|een|één|twee|drie|ett|två|tre|fyra)\\s*,?\\s+(?:for|to|if|para|si|pour|für|um|wenn|se|per|voor|om|als|för)\\s`,
  "gu",
);
/** One could be how the sentence goes; two are how the menu is written. */
const ENOUGH = 2;

export const pressFirst: Advice = {
  doc: {
    code: "press-first",
    severity: "advice",
    summary:
      "A menu says “press 1 for sales” instead of “for sales, press 1”. Callers listen for their purpose, and have forgotten the key once they hear it.",
    wrong:
      "Callers who know the menu wait for the key. A single sentence of this kind is not reported, and sentences of some languages are not recognised.",
    bad: twoChoices("Press 1 for opening hours. Press 2 for our address.", "{ 1: hours, 2: address }"),
    good: twoChoices("For opening hours, press 1. For our address, press 2.", "{ 1: hours, 2: address }"),
  },
  check(checked, advise) {
    for (const { question } of menusOf(checked)) {
      const { prompt, reprompt } = question;
      const reported = new Set<unknown>();
      for (const { heard } of heardByLanguage(checked, [prompt, reprompt])) {
        const found = heard.texts.flatMap((node) =>
          [...node.text.toLowerCase().matchAll(PRESS_FIRST)].map(() => node),
        );
        const [first] = found;
        if (!first || found.length < ENOUGH || reported.has(first)) continue;
        reported.add(first);
        const message =
          "callers hear each key before what it is for, and have forgotten it by then; say the purpose first: “For sales, press 1.”";
        advise(first, message);
      }
    }
  },
};
