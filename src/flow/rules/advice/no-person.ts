/** Lines on which nobody can be reached. */
import type { Checked } from "../../analysis/checked.ts";
import { yaml } from "../../language/example.ts";
import { kindKey, type OfferedChoice } from "../../model/flow.ts";
import { type Advice, menusOf, optionsOf } from "./advice.ts";

export const noPerson: Advice = {
  doc: {
    code: "no-person",
    severity: "advice",
    summary:
      "The menus of a flow have at least so many options, and none of them leads to a person, a mailbox, a queue or another flow.",
    wrong:
      "A line that only gives information may need nobody. A step kind of your own that hands the call to a person is not known as one, and a flow that calls people is not advised. Questions with one exit, such as those of a survey, do not count.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 1. For our address, press 2. For parking, press 3.
            choices: { 1: hours, 2: address, 3: parking }
            noMatch: I did not get that.
            otherwise: hours
        hours: { hangup: We are open from 9 to 5. Goodbye. }
        address: { hangup: We are at 12 Main Street. Goodbye. }
        parking: { hangup: You can park behind the house. Goodbye. }
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For opening hours, press 1. For our address, press 2. To leave a message, press 3.
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
  check(checked, advise, limit) {
    const { flow, graph } = checked;
    if (flow.settings.allow !== undefined || !graph.isEntry || handsOver(checked)) return;
    const menus = menusOf(checked).filter(
      ({ step, question }) => graph.main.has(step.name) && optionsOf(question.choices).length > 1,
    );
    const options = new Set(menus.flatMap(({ question }) => optionsOf(question.choices).map(targetText)));
    const [first] = menus;
    if (!first || options.size < limit) return;
    const message =
      "no caller of this line reaches a person or a mailbox; add a choice that does, and lead callers there who cannot answer";
    advise(kindKey(first.step), message);
  },
};

function handsOver({ graph }: Checked): boolean {
  return [...graph.reached].some((name) => graph.steps.get(name)?.kind.handsOver === true);
}

function targetText({ next }: OfferedChoice): string {
  return typeof next === "string" ? next : next.retry;
}
