/** Texts that fit as written, and become too long when their variables are full: what is too much is cut off. */

import { lengthOf } from "../analysis/growth.ts";
import { spokenTexts } from "../analysis/spoken.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { Node } from "../language/node.ts";
import { marksOf } from "../model/flow.ts";
import { MOST_CHARACTERS, providerOf } from "../twiml/voices.ts";
import type { Rule, RuleContext } from "./rule.ts";

const FINDINGS = defineFindings([
  {
    code: "growing-text",
    severity: "warning",
    summary:
      "A text becomes too long for its voice, or for a text message, when its variables have their maximum length. A call cuts it at the end of a word.",
    bad: yaml`
      variables:
        note: { type: string, maxLength: 900 }
      steps:
        tell:
          sms: { to: "+14155550100", body: "{{ vars.note }} Again: {{ vars.note }}" }
          next: hangup
    `,
    good: yaml`
      variables:
        note: { type: string, maxLength: 700 }
      steps:
        tell:
          sms: { to: "+14155550100", body: "{{ vars.note }} Again: {{ vars.note }}" }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const growingTexts: Rule<Code> = {
  name: "growing-texts",
  findings: FINDINGS,
  check(context) {
    const { flow, facts } = context;
    for (const { node, said } of spokenTexts(flow, facts)) {
      const limits = said.map(({ voice }) => MOST_CHARACTERS[providerOf(voice?.text ?? "") ?? "basic"]);
      checkText(node, node.text, Math.min(...limits), "its voice takes", context);
    }
    for (const { schema, value, node } of marksOf(flow)) {
      const limit = schema["x-most"];
      if (limit !== undefined && typeof value === "string")
        checkText(node, value, limit, "a text message can have", context);
    }
  },
};

function checkText(
  at: Node,
  text: string,
  limit: number,
  who: string,
  { facts, report }: RuleContext<Code>,
): void {
  const { written, most } = lengthOf(text, facts);
  // A text that is too long as written has a finding of its own.
  if (written > limit || most <= limit) return;
  const message = `this can grow to ${most} characters, and ${who} ${limit}, so the rest would be cut off; lower the variables' \`maxLength\`, or cut one with substring()`;
  report({ code: "growing-text", severity: "warning", at, message });
}
