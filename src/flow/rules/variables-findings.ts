/** The findings on variables. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "undeclared-variable",
    severity: "error",
    summary: "`set`, `takes` or `gives` names a variable that is not declared.",
    bad: yaml`
      variables:
        tries: { type: int }
      steps:
        count:
          set: { tires: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
    good: yaml`
      variables:
        tries: { type: int }
      steps:
        count:
          set: { tries: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
  },
  {
    code: "wrong-default",
    severity: "error",
    summary: "A default does not fit its variable's type.",
    bad: yaml`
      variables:
        tries: { type: int, default: none }
      steps:
        count:
          set: { tries: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
    good: yaml`
      variables:
        tries: { type: int, default: 0 }
      steps:
        count:
          set: { tries: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
  },
  {
    code: "wrong-assignment",
    severity: "error",
    summary: "A value does not fit its variable's type.",
    bad: yaml`
      variables:
        tries: { type: int }
      steps:
        count:
          set: { tries: many }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
    good: yaml`
      variables:
        tries: { type: int }
      steps:
        count:
          set: { tries: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
  },
  {
    code: "kept-secret",
    severity: "error",
    summary: "A sensitive variable with `keep`: persistent variables are stored indefinitely, in plain text.",
    bad: yaml`
      variables:
        account: { type: string, sensitive: true, keep: caller }
      steps:
        ask:
          gather: { prompt: Your account?, save: account, otherwise: hangup }
          next: hangup
    `,
    good: yaml`
      variables:
        account: { type: string, keep: caller }
      steps:
        ask:
          gather: { prompt: Your account?, save: account, otherwise: hangup }
          next: hangup
    `,
  },
  {
    code: "reserved-variable",
    severity: "error",
    summary:
      "A variable has a reserved name: `language` (`set` changes the call's language with it), a CEL keyword, or a property of every map.",
    bad: yaml`
      variables:
        tries: { type: int }
        language: { type: string }
      steps:
        count:
          set: { tries: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
    good: yaml`
      variables:
        tries: { type: int }
        spoken: { type: string }
      steps:
        count:
          set: { tries: 1 }
          next: greet
        greet:
          say: "{{ vars.tries }}"
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
