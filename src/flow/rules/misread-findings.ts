/** The findings on texts that mean something elsewhere. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "spoken-tag",
    severity: "warning",
    summary:
      "A tag that is not one of Twilio's SSML elements, such as `<speak>` or `<b>`: callers would hear it.",
    bad: yaml`
      steps:
        greet:
          say: <speak>Hello.</speak>
          next: hangup
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "liquid-tag",
    severity: "warning",
    summary: "A tag of Liquid, such as `{% if … %}`. In flows, steps decide.",
    bad: yaml`
      steps:
        greet:
          say: "{% if known %}Welcome back.{% endif %}"
          next: hangup
    `,
    good: yaml`
      steps:
        who:
          branch:
            - when: caller.name != ""
              next: greet
            - next: hangup
        greet:
          say: Welcome back.
          next: hangup
    `,
  },
  {
    code: "spoken-exit",
    severity: "warning",
    summary: "A prompt is the name of an exit or of a step: callers would hear the word.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            noInput: hangup
            otherwise: hangup
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            attempts: 1
            otherwise: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
