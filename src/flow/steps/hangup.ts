/** `hangup`: a last prompt, and the end of the call. */
import Type, { type Static } from "typebox";
import { Keys, Prompt } from "../language/schema.ts";
import { ANSWERED } from "../language/side-roads.ts";
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
  beside: ANSWERED,
  doc: {
    summary: "Says a last prompt, if there is one, and ends the call.",
    text: "The exit `hangup` does the same without a prompt.",
    example: `
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
    prompt: "What is heard last, where there are parameters besides.",
    parameter: "Names and values to send along.",
  },
  next: () => "refused",
  compile: ({ body }, to) => {
    const prompt = isFull(body) ? body.prompt : body;
    const hangUp = to.twiml((response) => addNoun(to, response, HANGUP, isFull(body) ? body : {}));
    const last = prompt === null || prompt === undefined ? [] : [to.prompt(prompt)];
    return { enter: [...last, hangUp, { op: "end" }] };
  },
};
