/** Choices whose phrases sound alike. */
import { distance } from "fastest-levenshtein";
import { yaml } from "../../language/example.ts";
import type { OfferedChoice } from "../../model/flow.ts";
import { type Advice, menusOf } from "./advice.ts";

/** Shorter phrases differ by a letter as words do: "yes" and "yet" are not offered together. */
const SHORTEST = 4;

/** Long lists, such as those of names, always have some that are alike. */
const MOST = 50;

export const similarPhrases: Advice = {
  doc: {
    code: "similar-phrases",
    severity: "advice",
    summary: "Two choices of a menu have phrases that differ by one letter, which a recogniser confuses.",
    wrong:
      "Spelling is compared, not sound: phrases that are spelt alike can sound different, and the other way round.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For billing, press 1 or say billing. For a filling, press 2 or say filling.
            choices:
              1: { next: accounts, speech: billing }
              2: { next: dentist, speech: filling }
            noMatch: I did not get that.
            otherwise: dentist
        accounts: { hangup: Billing. }
        dentist: { hangup: Dentist. }
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For invoices, press 1 or say invoices. For a filling, press 2 or say filling.
            choices:
              1: { next: accounts, speech: invoices }
              2: { next: dentist, speech: filling }
            noMatch: I did not get that.
            otherwise: dentist
        accounts: { hangup: Billing. }
        dentist: { hangup: Dentist. }
    `,
  },
  check(checked, advise) {
    for (const { question } of menusOf(checked)) {
      if (question.choices.length > MOST) continue;
      question.choices.forEach((choice, index) => {
        const [pair] = question.choices.slice(0, index).flatMap((other) => alike(choice, other));
        if (!pair) return;
        const [one, other] = pair;
        const message = `"${one}" and "${other}" of another choice sound alike to a recogniser; use another word for one of them`;
        advise(choice.at, message);
      });
    }
  },
};

function alike(choice: OfferedChoice, other: OfferedChoice): [string, string][] {
  if (JSON.stringify(choice.next) === JSON.stringify(other.next)) return [];
  return choice.phrases.flatMap((one) =>
    other.phrases.flatMap((two): [string, string][] =>
      Math.min(one.length, two.length) >= SHORTEST && !/\d/.test(one + two) && distance(one, two) === 1
        ? [[one, two]]
        : [],
    ),
  );
}
