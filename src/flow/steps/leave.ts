/** `leave`: go out of the queue that the caller waits in. */
import Type from "typebox";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Leave. */
const LEAVE: Noun = { element: "Leave", example: "leave:", attributes: {} };

export const leave: StepKind<null> = {
  name: "leave",
  does: "asks",
  beside: ["queue"],
  doc: {
    summary: "Takes a waiting caller out of the queue.",
    text:
      "Only beside a call that waits in a queue: the call then goes on where its `enqueue` says, at the `leave` of its " +
      "`status`. Where nobody waits, Twilio passes over it and the call ends.",
    example: `
steps:
  enough:
    leave:
`,
  },
  twiml: [LEAVE],
  schema: Type.Null(),
  keys: {},
  next: () => "refused",
  compile: (_step, to) => ({
    enter: [to.twiml((response) => response.addChild(LEAVE.element, {})), { op: "end" }],
  }),
};
