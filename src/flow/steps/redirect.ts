/** `redirect`: hand the call to another TwiML application. */
import Type, { type Static } from "typebox";
import type { Op } from "../../program/program.ts";
import { isEnv } from "../prompt.ts";
import { Keys, OneOf, Url } from "../schema.ts";
import { attributesOf } from "../twiml.ts";
import type { StepKind } from "./kind.ts";

const Full = Keys({ url: Url, method: Type.Optional(OneOf("GET", "POST")) });
const Body = Type.Union([Url, Full]);
type Body = Static<typeof Body>;

function isFull(body: Body): body is Static<typeof Full> {
  return typeof body === "object" && "url" in body;
}

// TwiML Redirect: an empty one asks for the same document again, for ever.
function failUnset(url: Url): Op[] {
  if (!isEnv(url)) return [];
  const why = `the Worker's variable ${url.env} is not set`;
  return [{ op: "switch", on: { env: url.env }, cases: { "": [{ op: "fail", why }] } }];
}

export const redirect: StepKind<Body> = {
  name: "redirect",
  does: "asks",
  doc: {
    summary: "Hands the call to another TwiML application, for good.",
    text: "The call leaves Ringflow: what happens next is up to the other side.",
    example: `
steps:
  elsewhere:
    redirect: https://example.com/voice?from={{ caller.number }}
`,
  },
  schema: Body,
  keys: { url: "Where the other application answers.", method: "`GET` or `POST`; `POST` if left out." },
  next: () => "refused",
  compile: (step, to) => {
    const { url, method } = isFull(step.body) ? step.body : { url: step.body };
    return {
      enter: [
        ...failUnset(url),
        to.twiml((response) =>
          response.addChild("Redirect", attributesOf({ method })).addText(to.url(url) ?? ""),
        ),
        { op: "end" },
      ],
    };
  },
};
