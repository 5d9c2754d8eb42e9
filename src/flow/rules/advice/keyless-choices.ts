/** Menus by speech alone. */
import { yaml } from "../../language/example.ts";
import { kindKey } from "../../model/flow.ts";
import { type Advice, menusOf } from "./advice.ts";

export const keylessChoices: Advice = {
  doc: {
    code: "keyless-choices",
    severity: "advice",
    summary:
      "A menu can be answered by speech alone. Recognition fails in noise and for some voices, and then no key helps.",
    wrong: "Callers whose hands are never free, such as drivers, cannot press keys anyway.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: Say hours or address.
            choices:
              hours: { next: hours, speech: hours }
              address: { next: address, speech: address }
            noMatch: I did not get that.
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
        address:
          hangup: We are at 12 Main Street. Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For our hours, press 1 or say hours. For our address, press 2 or say address.
            choices:
              1: { next: hours, speech: hours }
              2: { next: address, speech: address }
            noMatch: I did not get that.
            otherwise: hours
        hours:
          hangup: We are open from 9 to 5. Goodbye.
        address:
          hangup: We are at 12 Main Street. Goodbye.
    `,
  },
  check(checked, advise) {
    for (const { step, question } of menusOf(checked)) {
      const { choices, hears } = question;
      if (hears.keys && choices.some(({ keys }) => keys)) continue;
      const message = "this menu can only be answered by speech; give each choice a key as well";
      advise(kindKey(step), message);
    }
  },
};
