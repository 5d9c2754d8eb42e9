/** Where in an answer something is found: names and numbers, with points between them. */
import { marksOf } from "../model/flow.ts";
import type { Rule } from "./rule.ts";

const look = (place: string): string =>
  `steps:\n  ask:\n    request:\n      url: https://crm.example.com/callers\n      save: { id: "${place}" }\n      status: { else: hangup }\n    next: hangup\n`;

export const savedPaths: Rule = {
  findings: [
    {
      code: "saved-path",
      severity: "warning",
      summary:
        "A place in an answer that is written as in JavaScript or JSONPath: here, names and numbers stand with points between them.",
      bad: look("$.items[0].id"),
      good: look("items.0.id"),
    },
  ],
  check({ flow, report }) {
    for (const { mark, node } of marksOf(flow)) {
      if (mark !== "saved" || node.type !== "scalar") continue;
      const meant = withPoints(node.text);
      if (meant === node.text) continue;
      const message = `only points part the names of a place in the answer; write ${meant}`;
      report({ code: "saved-path", severity: "warning", at: node, message });
    }
  },
};

function withPoints(place: string): string {
  return place
    .replace(/^\$\./, "")
    .replaceAll(/\.?\[["']?([^\]"']+)["']?\]/g, (_, name, at) => `${at > 0 ? "." : ""}${name}`);
}
