/** `reject`: refuse a call before it is answered. */
import Type, { type Static } from "typebox";
import { Keys, OneOf } from "../schema.ts";
import { attributesOf } from "../twiml.ts";
import type { StepKind } from "./kind.ts";

const Reason = OneOf("rejected", "busy");
const Body = Type.Union([Type.Null(), Reason, Keys({ reason: Type.Optional(Reason) })]);
type Body = Static<typeof Body>;

function reasonOf(body: Body): string | undefined {
  return typeof body === "string" ? body : body?.reason;
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
  },
  schema: Body,
  keys: { reason: "`rejected` or `busy`." },
  refusesCall: true,
  next: () => "refused",
  compile: (step, to) => ({
    enter: [
      to.twiml((response) => response.addChild("Reject", attributesOf({ reason: reasonOf(step.body) }))),
      { op: "end" },
    ],
  }),
};
