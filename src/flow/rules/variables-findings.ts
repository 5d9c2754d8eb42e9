/** The findings on variables. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** A flow with this assignment, and these variables. */
function counting(set: string, ...variables: readonly string[]): string {
  return yaml`
    variables:
      ${variables.join("\n      ")}
    steps:
      count:
        set: ${set}
        next: greet
      greet:
        say: "{{ vars.tries }}"
        next: hangup
  `;
}

export const FINDINGS = defineFindings([
  {
    code: "undeclared-variable",
    severity: "error",
    summary: "`set`, `takes` or `gives` names a variable that is not declared.",
    bad: counting("{ tires: 1 }", "tries: { type: int }"),
    good: counting("{ tries: 1 }", "tries: { type: int }"),
  },
  {
    code: "wrong-default",
    severity: "error",
    summary: "A default does not fit its variable's type.",
    bad: counting("{ tries: 1 }", "tries: { type: int, default: none }"),
    good: counting("{ tries: 1 }", "tries: { type: int, default: 0 }"),
  },
  {
    code: "wrong-assignment",
    severity: "error",
    summary: "A value does not fit its variable's type.",
    bad: counting("{ tries: many }", "tries: { type: int }"),
    good: counting("{ tries: 1 }", "tries: { type: int }"),
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
    bad: counting("{ tries: 1 }", "tries: { type: int }", "language: { type: string }"),
    good: counting("{ tries: 1 }", "tries: { type: int }", "spoken: { type: string }"),
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
