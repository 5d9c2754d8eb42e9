/** Messages that are recorded before anybody has told the caller to speak. */

import { yaml } from "../../language/example.ts";
import { kindKey, valueAt } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";
import { arrivesSilent, sourcesOf } from "./silence.ts";

export const silentRecord: Advice = {
  doc: {
    code: "silent-record",
    severity: "advice",
    summary:
      "A message is recorded, and callers hear nothing before the tone: neither the step's own prompt nor one of the step before it.",
    wrong:
      "What callers heard before they were handed over, such as in the queue that they left, can have told them.",
    bad: yaml`
      steps:
        welcome:
          gather:
            prompt: To leave a message, press 1.
            choices: { 1: message }
            noMatch: I did not get that.
            otherwise: message
        message:
          record: { save: message }
          next: hangup
    `,
    good: yaml`
      steps:
        welcome:
          gather:
            prompt: To leave a message, press 1.
            choices: { 1: message }
            noMatch: I did not get that.
            otherwise: message
        message:
          record: { prompt: Please speak after the tone., save: message }
          next: hangup
    `,
  },
  check(checked, advise) {
    const sources = sourcesOf(checked.graph);
    for (const step of checked.flow.steps) {
      const { messageAfter } = step.kind;
      if (messageAfter === undefined || valueAt(step, messageAfter)) continue;
      if (!checked.graph.main.has(step.name) || !arrivesSilent(checked, step.name, sources, "silence"))
        continue;
      const message = `callers can get here without a word about the tone; add \`${messageAfter}\`, or a step before it that says what to do`;
      advise(kindKey(step), message);
    }
  },
};
