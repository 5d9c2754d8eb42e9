/** The findings on how promises are written. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "ambiguous-promise",
    severity: "warning",
    summary:
      "A promise names a step that is called like a kind of other steps. It counts for that step alone; list the other steps too, or rename it.",
    bad: yaml`
      promises:
        - never: record
      steps:
        record:
          say: This call is recorded.
          next: message
        message:
          record: { prompt: Leave a message., save: words, empty: hangup, maxLength: 60 }
          next: hangup
    `,
    good: yaml`
      promises:
        - always: notice
          before: record
      steps:
        notice:
          say: This call is recorded.
          next: message
        message:
          record: { prompt: Leave a message., save: words, empty: hangup, maxLength: 60 }
          next: hangup
    `,
  },
  {
    code: "wrong-promise",
    severity: "error",
    summary:
      "`hangup` or `apology` in a place of a promise that only a step can have: the call is over there.",
    bad: yaml`
      promises:
        - reach: desk
          from: hangup
      steps:
        greet:
          say: Hello.
          next: desk
        desk:
          hangup: Goodbye.
    `,
    good: yaml`
      promises:
        - reach: desk
          from: greet
      steps:
        greet:
          say: Hello.
          next: desk
        desk:
          hangup: Goodbye.
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
