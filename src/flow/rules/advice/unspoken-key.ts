/** Keys that a menu has and no prompt says: no caller presses them. */

import { normalise } from "../../../program/speech.ts";
import type { Heard } from "../../analysis/heard.ts";
import { LANGUAGES } from "../../language/number-words.ts";
import { keysNamed } from "../../language/spoken-keys.ts";
import { offersRange } from "../../language/spoken-range.ts";
import type { OfferedChoice } from "../../model/flow.ts";
import { type Advice, type Asked, heardByLanguage, inLanguage, menusOf } from "./advice.ts";
import { twoChoices } from "./example-menu.ts";

export const unspokenKey: Advice = {
  doc: {
    code: "unspoken-key",
    severity: "advice",
    summary: "A menu has a key that its prompt does not say, in one of the flow's languages.",
    wrong:
      "A key that only insiders know is right as it is. 0 is not reported, because callers press it unasked, nor is a menu whose recording has no `text`.",
    bad: twoChoices("For opening hours, press 1.", "{ 1: hours, 2: address }"),
    good: twoChoices("For opening hours, press 1. For our address, press 2.", "{ 1: hours, 2: address }"),
  },
  check(checked, advise) {
    for (const asked of menusOf(checked)) {
      const { prompt, reprompt } = asked.question;
      const reported = new Set<OfferedChoice>();
      for (const { language, heard } of heardByLanguage(checked, [prompt, reprompt])) {
        for (const choice of unspoken(asked, heard, language)) {
          if (reported.has(choice)) continue;
          reported.add(choice);
          const key = choice.at.text;
          const message = `no prompt says${inLanguage(checked, language)} what key ${key} is for, so callers do not press it; add it to the prompt, or remove the choice`;
          advise(choice.at, message);
        }
      }
    }
  },
};

/** The choices of single keys that nothing in a language says; none if what callers hear is not known well enough. */
function unspoken({ question }: Asked, heard: Heard, language: string): OfferedChoice[] {
  if (!question.hears.keys || !heard.isWhole || heard.texts.length === 0) return [];
  const texts = heard.texts.map(({ text }) => text);
  if (texts.some(offersRange)) return [];
  const named = new Set(texts.flatMap((text) => [...keysNamed(text, language)]));
  const single = question.choices.filter(({ keys }) => keys?.from === keys?.to && keys?.from.length === 1);
  const isRead = single.some(({ at }) => named.has(at.text));
  // Without any key in sight, the prompt may name them in words or in a hole that cannot be read here.
  if (!isRead && (!isKnown(language) || question.hears.speech || texts.some((text) => text.includes("{{"))))
    return [];
  // Only the names of digits are the same in every language.
  const readable = single.filter(({ at }) => isKnown(language) || /^\d$/.test(at.text));
  const said = ` ${normalise(texts.join(" "))} `;
  return readable.filter(
    ({ at, phrases, language: chosen }) =>
      chosen !== language &&
      at.text !== "0" &&
      !named.has(at.text) &&
      !phrases.some((phrase) => said.includes(` ${phrase} `)),
  );
}

function isKnown(language: string): boolean {
  return Object.hasOwn(LANGUAGES, language.toLowerCase().split("-")[0] ?? "");
}
