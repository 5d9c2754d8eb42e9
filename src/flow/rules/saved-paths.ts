/** Paths into an HTTP answer: names and numbers, separated by dots. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { marksOf } from "../model/flow.ts";
import type { Rule } from "./rule.ts";

const FINDINGS = defineFindings([
  {
    code: "saved-path",
    severity: "warning",
    summary:
      "A path into an answer uses the syntax of JavaScript or JSONPath. Here, names and numbers are separated by dots.",
    bad: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            save: { id: "$.items[0].id" }
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            save: { id: "items.0.id" }
            status: { else: hangup }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const savedPaths: Rule<Code> = {
  name: "saved-paths",
  findings: FINDINGS,
  check({ flow, report }) {
    for (const { mark, node } of marksOf(flow)) {
      if (mark !== "saved" || node.type !== "scalar") continue;
      const meant = withDots(node.text);
      if (meant === node.text) continue;
      const message = `separate the parts of a path with dots; write ${meant}`;
      report({ code: "saved-path", severity: "warning", at: node, message });
    }
  },
};

function withDots(path: string): string {
  return path
    .replace(/^\$\./, "")
    .replaceAll(/\.?\[["']?([^\]"']+)["']?\]/g, (_, name, at) => `${at > 0 ? "." : ""}${name}`);
}
