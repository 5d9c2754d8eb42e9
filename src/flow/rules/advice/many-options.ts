/** Menus with more options than callers remember. */
import { yaml } from "../../language/example.ts";
import { type Advice, menusOf, optionsOf } from "./advice.ts";

export const manyOptions: Advice = {
  doc: {
    code: "many-options",
    severity: "advice",
    summary:
      "A menu has more options than callers remember. A range of keys, `repeat`, `back`, and keys that lead to the same step count once or not at all.",
    wrong:
      "Callers who know the menu, or who choose from a list that they have before them, cope with more. Broad menus still do better than deep ones: do not hide the rest behind “more options”.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For A press 1. For B press 2. For C press 3. For D press 4. For E press 5. For F press 6.
            choices: { 1: a, 2: b, 3: c, 4: d, 5: e, 6: f }
            noMatch: I did not get that.
            otherwise: a
        a:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
        b: { hangup: B. }
        c: { hangup: C. }
        d: { hangup: D. }
        e: { hangup: E. }
        f: { hangup: F. }
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For A press 1. For B press 2. For C press 3. For D press 4. For everything else press 5.
            choices: { 1: a, 2: b, 3: c, 4: d, 5: e }
            noMatch: I did not get that.
            otherwise: a
        a:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
        b: { hangup: B. }
        c: { hangup: C. }
        d: { hangup: D. }
        e: { hangup: Everything else. }
    `,
  },
  check(checked, advise, limit) {
    for (const { question } of menusOf(checked)) {
      const options = optionsOf(question.choices);
      const [first] = options.slice(limit);
      if (!first) continue;
      const message = `this menu has ${options.length} options, and callers remember about ${limit}; join some, or ask in two steps`;
      advise(first.at, message);
    }
  },
};
