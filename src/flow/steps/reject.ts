/** `reject`: refuse a call before it is answered. */
import Type, { type Static } from "typebox";
import { Keys, OneOf } from "../language/schema.ts";
import { word } from "../twiml/attributes.ts";
import { addNoun, type Noun, PARAMETERS, PairsOf } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

const REASONS = ["rejected", "busy"] as const;

/** TwiML Reject. */
const REJECT = {
  element: "Reject",
  example: "reject: { … }",
  attributes: { reason: word(REASONS, 13810) },
  pairs: [PARAMETERS],
} satisfies Noun;

const Full = Keys({ ...REJECT.attributes, parameter: Type.Optional(PairsOf) });
const Body = Type.Union([Type.Null(), OneOf(...REASONS), Full]);
type Body = Static<typeof Body>;

function attributesOf(body: Body): Static<typeof Full> {
  if (typeof body === "string") return { reason: body };
  return body ?? {};
}

export const reject: StepKind<Body> = {
  name: "reject",
  does: "silent",
  doc: {
    summary: "Refuses the call without answering it: nobody pays for it.",
    text:
      "Only before anything was heard: behind a prompt the call is answered already, and the checker says so. " +
      "`reject: busy` sounds busy, `rejected` (the default) not in service.",
    example: `
steps:
  screen:
    branch:
      - when: caller.number == "anonymous"
        next: refuse
      - next: greet
  refuse:
    reject: busy
  greet:
    say: Hello.
    next: hangup
`,
    calls: `
flow: example
scenarios:
  - name: who hides the number hears that the line is busy
    from: anonymous
    script:
      - end
  - name: everybody else is greeted
    from: +14155550111
    script:
      - hear: Hello.
      - end
`,
  },
  twiml: [REJECT],
  schema: Body,
  keys: {
    reason: "`rejected` or `busy`.",
    parameter: "Names and values to send along.",
  },
  refusesCall: true,
  next: () => "refused",
  compile: (step, to) => ({
    enter: [to.twiml((response) => addNoun(to, response, REJECT, attributesOf(step.body))), { op: "end" }],
  }),
};
