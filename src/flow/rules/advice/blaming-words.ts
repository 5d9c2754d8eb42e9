/** Prompts that blame the caller: "invalid entry". */
import { yaml } from "../../language/example.ts";
import { maskHoles } from "../../language/text.ts";
import { locate } from "../../yaml/locate.ts";
import { type Advice, heardByLanguage, questionsOf } from "./advice.ts";

const BLAME =
  /(?<!\p{L})(?:invalid|incorrect|wrong|illegal|not (?:a )?valid|inválid[oa]s?|incorrect[oa]s?|equivocad[oa]s?|no (?:es )?válid[oa]s?|invalides?|incorrectes?|erronée?s?|ungültig\p{L}*|falsch\p{L}*|fehleingabe|falscheingabe|incorret[oa]s?|errad[oa]s?|non valid[oa]|sbagliat[oa]|errat[oa]|scorrett[oa]|ongeldig\p{L}*|foutiev\p{L}*|ogiltigt?|felaktigt?|ugyldigt?|nieprawidłow\p{L}*|neplatn\p{L}*|неверн\p{L}*|неправильн\p{L}*|geçersiz)(?!\p{L})|無効な|無效|无效|誤った|잘못된/giu;
/** "If this is wrong, press 2": the answer is the caller's to judge. */
const CONDITION = /(?<!\p{L})(?:if|si|s['’](?:ils?|elles?)|wenn|falls|se|als)(?!\p{L})[^.;:!?]*$/iu;

export const blamingWords: Advice = {
  doc: {
    code: "blaming-words",
    severity: "advice",
    summary:
      "After silence or a wrong answer, a prompt speaks of an “invalid”, “wrong” or “incorrect” entry. That tells callers off, and not what they can do.",
    wrong: "The word can be about something else than the caller's answer, such as a wrong delivery.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 1.
            choices: { 1: hours }
            noMatch: Invalid entry.
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
            noMatch: I did not get that.
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
    `,
  },
  check(checked, advise) {
    for (const { question } of questionsOf(checked)) {
      const { noInput, noMatch, reprompt } = question;
      const all = heardByLanguage(checked, [noInput, noMatch, reprompt]);
      for (const node of new Set(all.flatMap(({ heard }) => heard.texts))) {
        const words = maskHoles(node.text);
        const matches = [...words.matchAll(BLAME)];
        const match = matches.find(({ index }) => !CONDITION.test(words.slice(0, index)));
        if (!match) continue;
        const [word] = match;
        const start = locate(node, match.index, checked.flow.text);
        const end = locate(node, match.index + word.length - 1, checked.flow.text) + 1;
        const message = `"${word}" blames the caller; say what can be answered instead, such as "I did not get that."`;
        advise({ span: { start, end } }, message);
      }
    }
  },
};
