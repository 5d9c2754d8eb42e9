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
  onlyBeside: true,
  doc: {
    summary: "Takes a waiting caller out of the queue.",
    text:
      "Only in steps that are heard while a call waits in a queue: those that the `wait: {step}` of an `enqueue` begins. " +
      "The call then goes on where the `enqueue` says, at the `leave` of its `status`. Where nobody waits, Twilio passes " +
      "over it and the call ends.",
    example: `
steps:
  hold:
    enqueue:
      queue: support
      wait: { step: offer }
      status: { leave: message, else: sorry }
    next: hangup
  offer:
    gather:
      prompt: Please hold. To leave a message instead, press 1.
      choices: { 1: enough }
      attempts: 1
      otherwise: return
  enough:
    leave:
  message:
    record: { prompt: Please leave a message after the tone. }
    next: hangup
  sorry:
    hangup: We could not put you through. Please call again later.
`,
    calls: `
flow: example
scenarios:
  - name: the caller has waited enough, and leaves a message
    script:
      - hear: Please hold.
      - press: 1
      - hear: leave a message
      - record: 12
      - end
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
