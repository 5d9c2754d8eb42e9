/** The findings on the graph of steps. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "unreachable-step",
    severity: "warning",
    summary: "No exit leads to a step.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
        closed:
          hangup: We are closed.
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "endless-loop",
    severity: "error",
    summary: "Steps form a loop that never asks the caller anything: the call would never leave it.",
    bad: yaml`
      variables:
        tries: { type: int }
      steps:
        count:
          set: { tries: "{{ vars.tries + 1 }}" }
          next: again
        again:
          branch:
            - when: vars.tries < 3
              next: count
            - next: count
    `,
    good: yaml`
      variables:
        tries: { type: int }
      steps:
        count:
          set: { tries: "{{ vars.tries + 1 }}" }
          next: again
        again:
          branch:
            - when: vars.tries < 3
              next: count
            - next: hangup
    `,
  },
  {
    code: "back-to-nowhere",
    severity: "warning",
    summary: "`back` is used where the call may not have been at a menu yet: there is nothing to go back to.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: back
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "reject-too-late",
    severity: "error",
    summary:
      "`reject` comes after something that is heard: the call has been answered by then, and Twilio cannot reject it.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: screen
        screen:
          branch:
            - when: caller.hidden
              next: refuse
            - next: bye
        refuse:
          reject: busy
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        screen:
          branch:
            - when: caller.hidden
              next: refuse
            - next: bye
        refuse:
          reject: busy
        bye:
          hangup: Goodbye.
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
