/** Paths into an HTTP answer: names and numbers, separated by dots. */

import { yaml } from "../language/example.ts";
import { marksOf } from "../model/flow.ts";
import type { Rule } from "./rule.ts";

export const savedPaths: Rule = {
  name: "saved-paths",
  findings: [
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
  ],
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
