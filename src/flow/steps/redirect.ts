/** `redirect`: hand the call to another TwiML application. */

import Type, { type Static } from "typebox";
import { failEmpty } from "../compile/compiler.ts";
import { yaml } from "../language/example.ts";
import { Keys, Url } from "../language/schema.ts";
import { method } from "../twiml/attributes.ts";
import { addNoun, type Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Redirect. */
const REDIRECT = {
  element: "Redirect",
  example: "redirect: { url: https://example.com/voice, … }",
  text: { key: "url", schema: Url, url: true },
  attributes: { method: method(13710) },
} satisfies Noun;

const Full = Keys({ url: Url, ...REDIRECT.attributes });
const Body = Type.Union([Url, Full]);
type Body = Static<typeof Body>;

function isFull(body: Body): body is Static<typeof Full> {
  return typeof body === "object" && "url" in body;
}

export const redirect: StepKind<Body> = {
  name: "redirect",
  does: "asks",
  doc: {
    summary: "Hands the call to another TwiML application.",
    text: "The call leaves Ringflow and does not come back.",
    example: yaml`

      steps:
        elsewhere:
          redirect: https://example.com/voice?from={{ caller.number }}
    `,
    calls: `
flow: example
scenarios:
  - name: the other application takes the call, and says nothing here
    from: +14155550111
    script:
      - end
`,
  },
  twiml: [REDIRECT],
  schema: Body,
  keys: { url: "The URL of the other application.", method: "`GET` or `POST`; `POST` if left out." },
  next: () => "refused",
  compile: (step, compiler) => {
    const body = isFull(step.body) ? step.body : { url: step.body };
    const redirect = compiler.twiml((response) => addNoun(compiler, response, REDIRECT, body));
    // TwiML Redirect: an empty one requests the same document again, forever.
    return { enter: [...failEmpty(body.url), redirect, { op: "end" }] };
  },
};
