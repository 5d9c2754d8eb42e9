/** Steps that an importer has marked, because their widget has no counterpart. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { GAP } from "../language/gap.ts";
import type { Rule } from "./rule.ts";

const FINDINGS = defineFindings([
  {
    code: "imported-gap",
    severity: "warning",
    summary:
      "A comment of `ringflow import` marks something that it could not convert. Write what replaces it, and delete the comment.",
    bad: yaml`
      steps:
        # imported-gap: send-to-auto-pilot has no counterpart. Write what replaces it.
        assistant:
          branch: [{ next: hangup }]
    `,
    good: yaml`
      steps:
        assistant:
          gather:
            prompt: For sales, press 1.
            choices: { 1: hangup }
            otherwise: hangup
    `,
  },
]);

export const imported: Rule<CodeOf<typeof FINDINGS>> = {
  name: "imported",
  findings: FINDINGS,
  check({ flow, report }) {
    for (const match of flow.text.matchAll(MARK)) {
      const start = match.index + match[0].length - GAP.length;
      const message = `the import left a gap here: ${match[1]?.trim() ?? ""}`;
      report({
        code: "imported-gap",
        severity: "warning",
        message,
        at: { span: { start, end: start + GAP.length } },
      });
    }
  },
};

/** A line that is such a comment, up to its end of the mark. */
const MARK = new RegExp(`(?<=^[ \\t]*)# ${GAP}(?=(.*)$)`, "gm");
