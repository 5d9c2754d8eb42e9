/** Menus that say the same again and again after wrong answers. */
import type { Checked } from "../../analysis/checked.ts";
import { yaml } from "../../language/example.ts";
import type { Node } from "../../language/node.ts";
import { type Advice, heardByLanguage, menusOf } from "./advice.ts";

/** Attempts with the same prompt: a second one is heard as a repetition. */
const OFTEN = 3;

export const samePrompt: Advice = {
  doc: {
    code: "same-prompt",
    severity: "advice",
    summary:
      "A menu says the same at three attempts, or its `reprompt` is its `prompt`. Callers who did not understand it once need other words, or at least to hear that they were not understood.",
    wrong: "A prompt that is only a short question, such as “yes or no?”, can bear to be repeated.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 1.
            choices: { 1: hours }
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 1.
            choices: { 1: hours }
            noMatch: I did not get that. The only key is 1, for our opening hours.
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
    `,
  },
  check(checked, advise) {
    for (const { question } of menusOf(checked)) {
      const { prompt, reprompt, noMatch, attempts } = question;
      if (!prompt || attempts === 1 || noMatch) continue;
      if (reprompt ? said(checked, reprompt) !== said(checked, prompt) : attempts < OFTEN) continue;
      const message =
        "after wrong answers callers hear the same again and again; add `noMatch`, or a `reprompt` in other words";
      advise(reprompt ?? prompt, message);
    }
  },
};

/** All that is heard of a prompt, to be compared. */
function said(checked: Checked, prompt: Node): string {
  const all = heardByLanguage(checked, [prompt]);
  return all.map(({ heard }) => heard.texts.map(({ text }) => text.trim()).join(" ")).join("\n");
}
