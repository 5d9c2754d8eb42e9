/** `leave`: take the caller out of the queue. */

import { yaml } from "../language/example.ts";
import { Type } from "../language/type.ts";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Leave. */
const LEAVE: Noun = { element: "Leave", example: "leave:", attributes: {} };

export const leave: StepKind<null> = {
  name: "leave",
  does: "asks",
  role: "connects",
  beside: ["queue"],
  onlyBeside: true,
  doc: {
    summary: "Takes a waiting caller out of the queue.",
    text:
      "Use it only in the steps of a queue, which the `wait: {step}` of an `enqueue` begins. The call continues at the " +
      "exit `leave` in the `status` of the `enqueue`. Outside a queue Twilio ignores it, and the call ends.",
    example: yaml`

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
          record: { prompt: Please leave a message after the tone., save: message }
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
  compile: (_step, compiler) => ({
    enter: [compiler.twiml((response) => response.addChild(LEAVE.element, {})), { op: "end" }],
  }),
};
