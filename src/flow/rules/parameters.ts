/** Parameters of streams and agents: Twilio limits their length. */

import { lengthOf } from "../analysis/growth.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { Mark } from "../language/mark.ts";
import { marksOf } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";

const LONG_NOTE = `a very long note, ${"and on, ".repeat(61)}at last`;

const FINDINGS = defineFindings([
  {
    code: "long-parameter",
    severity: "error",
    summary:
      "A parameter of a stream or an agent is too long: its name and value together must have fewer than 500 characters.",
    bad: yaml`
      steps:
        agent:
          connect:
            stream:
              url: wss://example.com/audio
              parameter:
                note: "${LONG_NOTE}"
          next: hangup
    `,
    good: yaml`
      steps:
        agent:
          connect: { stream: { url: wss://example.com/audio, parameter: { note: a short note } } }
          next: hangup
    `,
  },
  {
    code: "growing-parameter",
    severity: "warning",
    summary: "A parameter becomes too long when its variables have their maximum length.",
    bad: yaml`
      variables:
        note: { type: string, maxLength: 600 }
      steps:
        agent:
          connect: { stream: { url: wss://example.com/audio, parameter: { note: "{{ vars.note }}" } } }
          next: hangup
    `,
    good: yaml`
      variables:
        note: { type: string, maxLength: 400 }
      steps:
        agent:
          connect: { stream: { url: wss://example.com/audio, parameter: { note: "{{ vars.note }}" } } }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const parameters: Rule<Code> = {
  name: "parameters",
  findings: FINDINGS,
  check(context) {
    for (const mark of marksOf(context.flow)) checkParameter(mark, context);
  },
};

function checkParameter({ schema, value, path, node }: Mark, { facts, report }: RuleContext<Code>): void {
  const below = schema["x-below"];
  if (below === undefined || typeof value !== "string") return;
  const name = path[path.lastIndexOf("parameter") + 1] ?? "";
  const { written, most } = lengthOf(value, facts);
  const all = name.length + written;
  const limit = `a parameter's name and value must have fewer than ${below} together`;
  if (all >= below) {
    const message = `this makes ${all} characters, and ${limit}; shorten it, or split it into two parameters`;
    report({ code: "long-parameter", at: node, message });
  } else if (name.length + most >= below) {
    const message = `this can grow to ${name.length + most} characters, and ${limit}; lower the variables' \`maxLength\`, or cut it with substring()`;
    report({ code: "growing-parameter", severity: "warning", at: node, message });
  }
}
