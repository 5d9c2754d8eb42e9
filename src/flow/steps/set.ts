/** `set`: assign variables, or the call's language. */

import type { Op } from "../../program/op.ts";
import { sourceOf } from "../compile/compiler.ts";
import { yaml } from "../language/example.ts";
import { CallLanguage, IDENTIFIER, type Literal, Value } from "../language/schema.ts";
import { EVERYWHERE } from "../language/side-roads.ts";
import { textExpression, wholeHole } from "../language/text.ts";
import { Type } from "../language/type.ts";
import type { StepKind } from "./kind.ts";

type Body = Record<string, Literal | string>;

function assign(name: string, literal: Literal | string, isText: boolean): Op {
  if (typeof literal === "string") {
    return { op: "set", to: { language: true }, from: sourceOf({ text: literal, value: literal }, true) };
  }
  const to = { variable: name };
  const partly = isText && literal.text.includes("{{") && !wholeHole(literal.text);
  return { op: "set", to, from: partly ? { expr: textExpression(literal.text) } : sourceOf(literal, isText) };
}

export const set: StepKind<Body> = {
  name: "set",
  does: "silent",
  beside: EVERYWHERE,
  doc: {
    summary: "Assigns variables, then continues.",
    text:
      "Each variable must be declared. A value that is one whole `{{ }}` keeps its type; a text can hold several. " +
      "`language` changes the call's language, with its prompts, voice and speech recognition.",
    example: yaml`

      variables:
        tries: { type: int, default: 0 }
        greeting: { type: string }
      steps:
        count:
          set:
            tries: "{{ vars.tries + 1 }}"
            greeting: "Hello {{ caller.name }}, welcome back."
          next: greet
        greet:
          say: "{{ vars.greeting }}"
          next: hangup
    `,
    calls: `
flow: example
scenarios:
  - name: a caller whose name the carrier knows
    caller: { name: Ada }
    script:
      - hear: Hello Ada, welcome back.
      - end
    expect: { tries: 1 }
`,
  },
  schema: Type.Unsafe<Body>({
    type: "object",
    properties: { language: CallLanguage },
    patternProperties: { [IDENTIFIER]: Value },
    additionalProperties: false,
    minProperties: 1,
    "x-says": "names of letters, digits and underscores",
  }),
  keys: { language: "A language tag: changes the call's language." },
  next: () => "required",
  compile: (step, compiler) => ({
    enter: [
      ...Object.entries(step.body).map(([name, literal]) =>
        assign(name, literal, compiler.facts.variables[name]?.type === "string"),
      ),
      ...compiler.exit(step.next ?? "hangup"),
    ],
  }),
};
