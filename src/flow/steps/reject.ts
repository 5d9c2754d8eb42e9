/** `reject`: refuse a call without answering it. */

import { yaml } from "../language/example.ts";
import { Keys, OneOf } from "../language/schema.ts";
import { type Static, Type } from "../language/type.ts";
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
  role: "ends",
  doc: {
    summary: "Refuses the call without answering it, at no cost.",
    text:
      "Use it only before any prompt: after one, the call has been answered, and `check` reports an error. With " +
      "`reject: busy` the caller hears a busy signal, with `rejected` (the default) that the number is not in service.",
    example: yaml`

      steps:
        screen:
          branch:
            - when: caller.hidden
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
  - name: callers who hide their number hear that the line is busy
    from: anonymous
    script:
      - end
  - name: however their carrier writes it
    from: "+266696687"
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
    parameter: "Names and values to send with it.",
  },
  refusesCall: true,
  next: () => "refused",
  compile: (step, compiler) => ({
    enter: [
      compiler.twiml((response) => addNoun(compiler, response, REJECT, attributesOf(step.body))),
      { op: "end" },
    ],
  }),
};
