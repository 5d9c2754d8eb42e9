/** The findings on exits. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "unknown-step",
    severity: "error",
    summary: "An exit names an unknown step.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: recepton
        reception:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: reception
        reception:
          hangup: Goodbye.
    `,
  },
  {
    code: "not-a-gather",
    severity: "error",
    summary: "`retry` names a step that is not a gather.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: { retry: greet }
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "missing-next",
    severity: "error",
    summary: "A step has no exit.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "needless-next",
    severity: "error",
    summary: "A step that contains its own exits, or ends the call, also has a `next`.",
    bad: yaml`
      steps:
        bye:
          hangup: Goodbye.
          next: bye
    `,
    good: yaml`
      steps:
        bye:
          hangup: Goodbye.
    `,
  },
  {
    code: "return-outside",
    severity: "error",
    summary: "`return` leaves a sub-flow or a side road; the main road of a call has nothing to return to.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: return
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "wrong-start",
    severity: "error",
    summary: "`start`, `onError` and the settings that begin a side road must name a step.",
    bad: yaml`
      start: hangup
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      start: greet
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
