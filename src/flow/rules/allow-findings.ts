/** The findings on `allow`. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "unknown-country",
    severity: "error",
    summary: "`allow` names an unknown country. Countries are written by their ISO 3166 code, in capitals.",
    bad: yaml`
      steps:
        connect:
          dial: { to: "{{ caller.number }}", allow: [UK], status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        connect:
          dial: { to: "{{ caller.number }}", allow: [GB], status: { else: hangup } }
          next: hangup
    `,
  },
  {
    code: "many-countries",
    severity: "warning",
    summary:
      "An `allow` pattern such as `+1*` lets several countries in. A call to some of them can cost much more: name the countries instead.",
    bad: yaml`
      steps:
        connect:
          dial: { to: "{{ caller.number }}", allow: ["+1*"], status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        connect:
          dial: { to: "{{ caller.number }}", allow: [US, CA], status: { else: hangup } }
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
