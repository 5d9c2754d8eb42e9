/** `redirect`: hand the call to another TwiML application. */
import Type, { type Static } from "typebox";
import { Keys, OneOf, Url } from "../schema.ts";
import { attributesOf } from "../twiml.ts";
import type { StepKind } from "./kind.ts";

const Full = Keys({ url: Url, method: Type.Optional(OneOf("GET", "POST")) });
const Body = Type.Union([Url, Full]);
type Body = Static<typeof Body>;

function isFull(body: Body): body is Static<typeof Full> {
  return typeof body === "object" && "url" in body;
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
        to.twiml((response) =>
          response.addChild("Redirect", attributesOf({ method })).addText(to.url(url) ?? ""),
        ),
        { op: "end" },
      ],
    };
  },
};
