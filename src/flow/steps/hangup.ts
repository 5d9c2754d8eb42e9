/** `hangup`: a last prompt, and the end of the call. */

import { yaml } from "../language/example.ts";
import { Prompt } from "../language/prompt-schema.ts";
import { Keys } from "../language/schema.ts";
import { ANSWERED } from "../language/side-roads.ts";
import { type Static, Type } from "../language/type.ts";
import { addNoun, type Noun, PARAMETERS, PairsOf } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Hangup. */
const HANGUP: Noun = {
  element: "Hangup",
  example: "hangup: { parameter: { name: value } }",
  attributes: {},
  pairs: [PARAMETERS],
};

const Full = Keys({ prompt: Type.Optional(Prompt), parameter: PairsOf });
type Full = Static<typeof Full>;
const Body = Type.Union([Type.Null(), Prompt, Full]);
type Body = Prompt | Full | null;

function isFull(body: Body): body is Full {
  return typeof body === "object" && body !== null && "parameter" in body;
}

export const hangup: StepKind<Body> = {
  name: "hangup",
  does: "speaks",
  role: "ends",
  beside: ANSWERED,
  doc: {
    summary: "Speaks a last prompt, if any, and ends the call.",
    text: "The exit `hangup` ends the call without a prompt.",
    example: yaml`

      steps:
        bye:
          hangup: Thank you for calling. Goodbye.
    `,
    calls: `
flow: example
scenarios:
  - name: a last word
    script:
      - hear: Thank you for calling. Goodbye.
      - end
`,
  },
  twiml: [HANGUP],
  schema: Body,
  keys: {
    prompt: "The last prompt, if there are also parameters.",
    parameter: "Names and values to send with it.",
  },
  next: () => "refused",
  compile: ({ body }, compiler) => {
    const prompt = isFull(body) ? body.prompt : body;
    const hangUp = compiler.twiml((response) =>
      addNoun(compiler, response, HANGUP, isFull(body) ? body : {}),
    );
    const last = prompt === null || prompt === undefined ? [] : [compiler.prompt(prompt)];
    return { enter: [...last, hangUp, { op: "end" }] };
  },
};
