/** Menus whose keys leave one out. */

import { overlap } from "../../language/keys.ts";
import type { OfferedChoice } from "../../model/flow.ts";
import { type Advice, menusOf } from "./advice.ts";
import { twoChoices } from "./example-menu.ts";

export const keyGap: Advice = {
  doc: {
    code: "key-gap",
    severity: "advice",
    summary:
      "The keys of a menu leave one out: after 1 and 2 comes 4. Callers count along, and press the missing key.",
    wrong:
      "A key can be kept free because its choice comes and goes. 8, 9, 0, `*` and `#` are not counted: they often have a meaning of their own in all of a company's menus.",
    bad: twoChoices("For opening hours, press 1. For our address, press 3.", "{ 1: hours, 3: address }"),
    good: twoChoices("For opening hours, press 1. For our address, press 2.", "{ 1: hours, 2: address }"),
  },
  check(checked, advise) {
    for (const { question } of menusOf(checked)) {
      const has = (digit: number) => choiceOf(question.choices, String(digit));
      const last = COUNTED.filter(has).length > 1 ? COUNTED.findLast(has) : undefined;
      const missing = COUNTED.find((digit) => last !== undefined && digit < last && !has(digit));
      const after = COUNTED.find((digit) => missing !== undefined && digit > missing && has(digit));
      const at = after === undefined ? undefined : has(after)?.at;
      if (!at) continue;
      const message = `the keys leave out ${missing}, which callers who count along will press; number the choices without a gap`;
      advise(at, message);
    }
  },
};

/** Keys that are numbers of choices; later ones often have a fixed meaning. */
const COUNTED = [1, 2, 3, 4, 5, 6, 7];

function choiceOf(choices: readonly OfferedChoice[], key: string): OfferedChoice | undefined {
  return choices.find(({ keys }) => keys && overlap(keys, { from: key, to: key }));
}
