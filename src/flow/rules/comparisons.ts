/** Comparisons with a field of the call that no call makes true, such as `call.direction == "outbound"`. */
import type { ASTNode } from "@marcbachmann/cel-js";
import { expressionsIn, expressionsOf, literalText, spanIn, walk } from "../analysis/expressions.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { Mark } from "../language/mark.ts";
import type { Rule, RuleContext } from "./rule.ts";

const FINDINGS = defineFindings([
  {
    code: "never-equal",
    severity: "warning",
    summary:
      'A field of the call is compared with a value that it never has, such as `call.direction == "outbound"` or `call.answeredBy == "machine"`.',
    bad: yaml`
      steps:
        who:
          branch:
            - { when: 'call.direction == "outbound"', next: remind }
            - next: hangup
        remind:
          say: Your appointment is tomorrow.
          next: hangup
    `,
    good: yaml`
      steps:
        who:
          branch:
            - { when: 'call.direction == "outbound-api"', next: remind }
            - next: hangup
        remind:
          say: Your appointment is tomorrow.
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

/** A field's values, and what to write. */
interface Field {
  values: RegExp;
  write: string;
}

const FIELDS: Readonly<Record<string, Field>> = {
  "call.direction": {
    values: /^(inbound|outbound-api|outbound-dial)$/,
    write: 'it is "inbound", or "outbound-api" if Twilio made the call',
  },
  "call.channel": {
    values: /^(voice|sms|whatsapp|rcs|messenger)$/,
    write: "it is `voice` for a call, else `sms`, `whatsapp`, `rcs` or `messenger`",
  },
  // Twilio, "Answering Machine Detection": AnsweredBy.
  "call.answeredBy": {
    values: /^(|human|fax|unknown|machine_start|machine_end_(beep|silence|other))$/,
    write: 'it is "human", "fax", "unknown" or begins with "machine": call.answeredBy.startsWith("machine")',
  },
  "call.messageStatus": {
    values: /^(|delivered|undelivered|failed)$/,
    write: "it is `delivered`, `undelivered` or `failed`",
  },
  "caller.attestation": { values: /^[ABC]?$/, write: 'it is "A", "B", "C" or ""' },
  // What carriers write for a withheld number is read as `anonymous`.
  "caller.number": {
    values:
      /^(?!$|(?:Anonymous|[Rr]estricted|[Uu]nknown|[Uu]navailable|[Pp]rivate|[Bb]locked|\+?266696687)$)/,
    write: "a caller who hides the number is `caller.hidden`",
  },
};

export const comparisons: Rule<Code> = {
  name: "comparisons",
  findings: FINDINGS,
  check(context) {
    const { flow, facts, report } = context;
    for (const written of expressionsOf(flow)) {
      if (!facts.environment.check(written.text).valid) continue;
      walk(facts.environment.parse(written.text).ast, (node) => {
        const message = comparedWith(node);
        if (message === undefined) return;
        const at = { span: spanIn(written, flow.text, node.start, node.end) };
        report({ code: "never-equal", severity: "warning", at, message });
      });
    }
    for (const { marks } of [...flow.steps, ...flow.broken]) {
      for (const mark of marks) if (mark.mark === "cases") checkCases(mark, marks, context);
    }
  },
};

function comparedWith(node: ASTNode): string | undefined {
  if (node.op !== "==" && node.op !== "!=") return undefined;
  const [left, right] = node.args;
  const text = literalText(right) ?? literalText(left);
  const field = fieldOf(left) ?? fieldOf(right);
  return text === undefined || field === undefined ? undefined : problemOf(field, text);
}

function checkCases({ node, path }: Mark, marks: readonly Mark[], { report }: RuleContext<Code>): void {
  if (node.type !== "map") return;
  const on = [...path.slice(0, -1), "on"].join(".");
  const value = marks.find((one) => one.mark === "expression" && one.path.join(".") === on);
  const [written] = value ? expressionsIn(value) : [];
  if (!written) return;
  for (const { key } of node.pairs) {
    const message = problemOf(written.text.trim(), key.text);
    if (message !== undefined) report({ code: "never-equal", severity: "warning", at: key, message });
  }
}

/** A field as an author writes it: `call.direction`. */
function fieldOf(node: ASTNode): string | undefined {
  if (node.op !== "." && node.op !== "[]") return undefined;
  const [object, key] = node.args;
  const name = typeof key === "string" ? key : literalText(key);
  return object.op === "id" && name !== undefined ? `${object.args}.${name}` : undefined;
}

function problemOf(name: string, text: string): string | undefined {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field === undefined || field.values.test(text)) return undefined;
  return `\`${name}\` is never "${text}"; ${field.write}`;
}
