/** The findings of a question by text message, with an example each. */
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";

const flow = (ask: string): string => yaml`
  onMessage: question
  steps:
    greet:
      hangup: Please send us a text message.
    question:
      ask: ${ask}
    thanks:
      sms: { body: Thank you. }
      next: return
`;

/** The findings of a question by text message. */
export const FINDINGS = defineFindings([
  {
    code: "ask-nothing",
    severity: "error",
    summary: "An `ask` has neither `choices` nor `save`, so its answer has no use.",
    bad: yaml`
      onMessage: question
      steps:
        greet:
          hangup: Please send us a text message.
        question:
          ask: { prompt: Are you coming? }
          next: thanks
        thanks:
          sms: { body: Thank you. }
          next: return
    `,
    good: flow("{ prompt: Are you coming?, choices: { coming: thanks } }"),
  },
  {
    code: "reserved-word",
    severity: "error",
    summary:
      "A choice by text message has a word that Twilio itself acts on: STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT, START, UNSTOP, HELP or INFO.",
    bad: flow("{ prompt: Reply CANCEL to cancel., choices: { CANCEL: thanks } }"),
    good: flow("{ prompt: Reply NO to cancel., choices: { NO: thanks } }"),
  },
  {
    code: "bad-timeout",
    severity: "error",
    summary: "The `timeout` of an `ask` is less than a minute, or more than 30 days.",
    bad: flow("{ prompt: Are you coming?, choices: { coming: thanks }, timeout: 60d }"),
    good: flow("{ prompt: Are you coming?, choices: { coming: thanks }, timeout: 20d }"),
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
