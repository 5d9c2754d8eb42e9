/** Questions that cut the call off without a word after the last attempt. */
import { yaml } from "../../language/example.ts";
import { type Advice, questionsOf } from "./advice.ts";

export const abruptEnd: Advice = {
  doc: {
    code: "abrupt-end",
    severity: "advice",
    summary:
      "After the last attempt, a question hangs up without a word. Callers who could not answer need a person, a mailbox, or at least a sentence.",
    wrong:
      "A flow that calls people is not advised, because there may be nobody on the line. A line that machines call can hang up on them as well.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: To hear our opening hours, press 1.
            choices: { 1: hours }
            attempts: 1
            otherwise: hangup
        hours:
          hangup: We are open from 9 to 5. Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: To hear our opening hours, press 1.
            choices: { 1: hours }
            attempts: 1
            otherwise: bye
        hours:
          hangup: We are open from 9 to 5. Goodbye.
        bye:
          hangup: Thank you for calling. Goodbye.
    `,
  },
  check(checked, advise) {
    if (checked.flow.settings.allow !== undefined) return;
    // A callee who does not answer a whisper is not to hear a goodbye.
    const asked = questionsOf(checked).filter(({ step }) => checked.graph.main.has(step.name));
    for (const { question } of asked) {
      const { attempts, failed, failedAt } = question;
      if (!failedAt || (failed.silence !== "hangup" && failed.else !== "hangup")) continue;
      const after = attempts === 1 ? "the only attempt" : `${attempts} attempts`;
      const message = `after ${after} the call ends without a word; lead to a person, a mailbox, or a step that says goodbye`;
      advise(failedAt, message);
    }
  },
};
