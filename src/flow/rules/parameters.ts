/** Parameters that go along with a stream or to an agent: Twilio takes each up to a length. */
import type { Facts } from "../analysis/facts.ts";
import type { Mark } from "../language/mark.ts";
import { splitText } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";

const flow = (value: string, variables = ""): string =>
  `${variables}steps:\n  agent:\n    connect: { stream: { url: wss://example.com/audio, parameter: { note: ${value} } } }\n    next: hangup\n`;
const NOTE = (maxLength: number): string => `variables:\n  note: { type: string, maxLength: ${maxLength} }\n`;

export const parameters: Rule = {
  findings: [
    {
      code: "long-parameter",
      severity: "error",
      summary:
        "A parameter of a stream or an agent that is too long: its name and its value have fewer than 500 characters together.",
      bad: flow(`a very long note, ${"and on, ".repeat(61)}at last`.replace(/^(.*)$/, '"$1"')),
      good: flow("a short note"),
    },
    {
      code: "growing-parameter",
      severity: "warning",
      summary: "A parameter that becomes too long where its variables are as long as they may be.",
      bad: flow('"{{ vars.note }}"', NOTE(600)),
      good: flow('"{{ vars.note }}"', NOTE(400)),
    },
  ],
  check(context) {
    for (const mark of marksOf(context.flow)) checkParameter(mark, context);
  },
};

function checkParameter({ schema, value, path, node }: Mark, { facts, report }: RuleContext): void {
  const below = schema["x-below"];
  if (below === undefined || typeof value !== "string") return;
  const name = path[path.lastIndexOf("parameter") + 1] ?? "";
  const { written, most } = lengthOf(value, facts);
  const all = name.length + written;
  const advice = `Twilio takes fewer than ${below} of a parameter's name and value`;
  if (all >= below) {
    const message = `this makes ${all} characters, and ${advice}; make it shorter, or send it in two`;
    report({ code: "long-parameter", at: node, message });
  } else if (name.length + most >= below) {
    const message = `this can grow to ${name.length + most} characters, and ${advice}; lower the variables' \`maxLength\`, or cut it by substring()`;
    report({ code: "growing-parameter", severity: "warning", at: node, message });
  }
}

/** The characters that are written, and how many there are where every text variable is as long as it may be. */
function lengthOf(text: string, { variables }: Facts): { written: number; most: number } {
  let written = 0;
  let filled = 0;
  for (const part of splitText(text).parts) {
    if ("words" in part) written += part.words.length;
    else if (!/\bsubstring\(/.test(part.expr)) filled += textsIn(part.expr, variables);
  }
  return { written, most: written + filled };
}

function textsIn(expr: string, variables: Facts["variables"]): number {
  const names = [...expr.matchAll(/\bvars\.([A-Za-z_]\w*)/g)].map(([, name = ""]) => name);
  const lengths = names.map((name) =>
    Object.hasOwn(variables, name) ? (variables[name]?.maxLength ?? 0) : 0,
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}
