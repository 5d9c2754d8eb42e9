/** `stop`: end what a `start` began. */
import { ENDED } from "../twiml/besides.ts";
import type { Noun } from "../twiml/noun.ts";
import { type Besides, besidesOf, writeBesides } from "./beside.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Stop. */
const STOP: Noun = {
  element: "Stop",
  example: "stop: { recording: { name: whole } }",
  attributes: {},
  children: ENDED,
};

export const stop: StepKind<Besides> = {
  name: "stop",
  does: "speaks",
  doc: {
    summary: "Ends what a `start` began, by its name, and goes on.",
    text: "What nothing of that name runs, Twilio passes over.",
    example: `
steps:
  listen:
    start: { stream: { name: main, url: wss://example.com/audio } }
    next: greet
  greet:
    say: Somebody listens to this.
    next: enough
  enough:
    stop: { stream: { name: main } }
    next: private
  private:
    hangup: Nobody listens to this. Goodbye.
`,
    calls: `
flow: example
scenarios:
  - name: the stream ends before the call does
    script:
      - hear: Somebody listens to this.
      - hear: Nobody listens to this.
      - end
`,
  },
  twiml: [STOP],
  schema: besidesOf(ENDED),
  keys: {
    stream: "The stream's `name`.",
    siprec: "The SIPREC session's `name`.",
    transcription: "The transcription's `name`.",
    recording: "The recording's `name`.",
  },
  next: () => "required",
  compile: (step, to) => ({ enter: writeBesides(step, STOP.element, ENDED, to) }),
};
