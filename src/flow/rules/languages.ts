/** Languages: every text has a variant for each language that the call can be in. */

import type { Facts } from "../analysis/facts.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { MapNode } from "../language/node.ts";
import { isEnv } from "../language/schema.ts";
import { marksOf, type Report } from "../model/flow.ts";
import type { Rule } from "./rule.ts";
import { untranslated } from "./untranslated.ts";

const FINDINGS = defineFindings([
  {
    code: "missing-translation",
    severity: "warning",
    summary:
      "A text has no variant for a language that the call can be in. Callers in that language hear the variant of the flow's own language, or the text as it is.",
    bad: yaml`
      language: en-US
      steps:
        language:
          gather:
            prompt: Press 1 for English. Para español, oprima 2.
            choices:
              1: { next: greet, language: en-US }
              2: { next: greet, language: es-US }
            otherwise: greet
        greet:
          say: { en-US: Hello. }
          next: hangup
    `,
    good: yaml`
      language: en-US
      steps:
        language:
          gather:
            prompt: Press 1 for English. Para español, oprima 2.
            choices:
              1: { next: greet, language: en-US }
              2: { next: greet, language: es-US }
            otherwise: greet
        greet:
          say: { en-US: Hello., es-US: Hola. }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const languages: Rule<Code> = {
  name: "languages",
  findings: FINDINGS,
  check(context) {
    const { flow, facts, report } = context;
    for (const { node, languages } of untranslated(context)) {
      const variants = [facts.language, ...languages].map((tag) => `${tag}: …`).join(", ");
      const message = `callers in ${languages.join(" or ")} hear this text too; translate it with { ${variants} }`;
      report({ code: "missing-translation", severity: "warning", at: node, message });
    }
    for (const { mark, node, value } of marksOf(flow)) {
      // A misplaced environment variable has its own finding.
      if (mark === "variants" && node.type === "map" && !isEnv(value)) checkVariants(node, facts, report);
    }
  },
};

function checkVariants(node: MapNode, { languages }: Facts, report: Report<Code>): void {
  const there = new Set(node.pairs.map(({ key }) => key.text));
  const missing = languages.filter((tag) => !there.has(tag));
  const [first] = node.pairs;
  if (missing.length === 0 || !first) return;
  const message = `this text has no ${missing.join(", ")} variant, and the call can be in that language; add one`;
  report({ code: "missing-translation", severity: "warning", at: first.key, message });
}
