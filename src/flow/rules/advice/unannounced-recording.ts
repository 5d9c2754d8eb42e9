/** Calls that are recorded without a word. */

import type { Checked } from "../../analysis/checked.ts";
import { heardAt } from "../../analysis/heard.ts";
import { yaml } from "../../language/example.ts";
import { kindKey } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";
import { SAYS_SO } from "./recording-words.ts";

export const unannouncedRecording: Advice = {
  doc: {
    code: "unannounced-recording",
    severity: "advice",
    summary:
      "A call is recorded, and no prompt of the flow says so. In many countries and states that is against the law.",
    wrong:
      "The announcement can be made elsewhere: in a flow that runs this one, or in a recording whose text is not in the flow. A flow that plays one, or that others run, is not advised.",
    bad: yaml`
      destinations: { desk: +14155550100 }
      steps:
        connect:
          dial: { to: desk, record: record-from-answer, status: { else: bye } }
          next: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      destinations: { desk: +14155550100 }
      steps:
        greet:
          say: This call is recorded.
          next: connect
        connect:
          dial: { to: desk, record: record-from-answer, status: { else: bye } }
          next: bye
        bye:
          hangup: Goodbye.
    `,
  },
  check(checked, advise) {
    const { flow, graph } = checked;
    const recording = flow.steps.filter(
      ({ name, kind, body }) => graph.main.has(name) && kind.recordsCall?.(body),
    );
    if (recording.length === 0 || graph.isPart || saysSo(checked)) return;
    const message = "this records the call, and no prompt says so; say it in a step before this one";
    for (const step of recording) advise(kindKey(step), message);
  },
};

/** Whether a prompt says that the call is recorded, or may say so. */
function saysSo({ flow, facts }: Checked): boolean {
  return flow.steps.some((step) =>
    facts.languages.some((language) => {
      const { texts, isWhole } = heardAt(step, language, facts.language);
      return !isWhole || texts.some(({ text }) => SAYS_SO.test(text));
    }),
  );
}
