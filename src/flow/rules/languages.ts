/** Languages: a text that differs by language has a variant for each that the call can have. */

import type { Facts } from "../analysis/facts.ts";
import type { MapNode } from "../language/node.ts";
import { isEnv } from "../language/schema.ts";
import { marksOf, type Report } from "../model/flow.ts";
import type { Rule } from "./rule.ts";
import { untranslated } from "./untranslated.ts";

const flow = (choices: string): string =>
  `language: en-US\nsteps:\n  language:\n    gather:\n      prompt: Press 1 for English. Para español, oprima 2.\n      choices:\n        1: { next: greet, language: en-US }\n        2: { next: greet, language: es-US }\n      otherwise: greet\n  greet:\n    say: ${choices}\n    next: hangup\n`;

export const languages: Rule = {
  findings: [
    {
      code: "missing-translation",
      severity: "warning",
      summary:
        "A text lacks a language that the call can have: of one that differs by language, the flow's own would be heard; any other is heard as it is.",
      bad: flow("{ en-US: Hello. }"),
      good: flow("{ en-US: Hello., es-US: Hola. }"),
    },
  ],
  check(context) {
    const { flow, facts, report } = context;
    for (const { node, languages } of untranslated(context)) {
      const variants = [facts.language, ...languages].map((tag) => `${tag}: …`).join(", ");
      const message = `a caller whose language is ${languages.join(" or ")} hears this text too, as it is; write { ${variants} }`;
      report({ code: "missing-translation", severity: "warning", at: node, message });
    }
    for (const { mark, node, value } of marksOf(flow)) {
      // One of the Worker's variables in the wrong place is told by its shape.
      if (mark === "variants" && node.type === "map" && !isEnv(value)) checkVariants(node, facts, report);
    }
  },
};

function checkVariants(node: MapNode, { languages }: Facts, report: Report): void {
  const there = new Set(node.pairs.map(({ key }) => key.text));
  const missing = languages.filter((tag) => !there.has(tag));
  const [first] = node.pairs;
  if (missing.length === 0 || !first) return;
  const message = `this text has no ${missing.join(", ")}, which the call can be in; add it`;
  report({ code: "missing-translation", severity: "warning", at: first.key, message });
}
