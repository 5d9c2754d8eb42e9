/** `start`: begin something that runs beside the call. */
import { BESIDES } from "../twiml/besides.ts";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";
import { type Besides, besidesOf, checkStream, STREAM_WHERE, writeBesides } from "./start-stop.ts";

/** TwiML Start. */
const START: Noun = {
  element: "Start",
  example: "start: { recording: {} }",
  attributes: {},
  children: BESIDES,
};

export const start: StepKind<Besides> = {
  name: "start",
  does: "speaks",
  doc: {
    summary:
      "Begins a stream, a recording, a transcription or a SIPREC session beside the call, and goes on at once.",
    text:
      "It runs until the call ends, or until a `stop` names it. What comes of it goes to the addresses that it is " +
      "given, not to the flow.",
    example: `
steps:
  listen:
    start:
      recording: { name: whole, channels: dual, recordingStatusCallback: https://example.com/recorded }
      transcription:
        name: words
        languageCode: en-US
        statusCallbackUrl: https://example.com/words
    next: greet
  greet:
    say: This call is recorded.
    next: enough
  enough:
    stop: { recording: { name: whole } }
    next: hangup
`,
    calls: `
flow: example
scenarios:
  - name: the call is recorded, and written down
    script:
      - hear: This call is recorded.
      - end
`,
  },
  twiml: [START],
  schema: besidesOf(BESIDES),
  keys: {
    stream: "The call's audio, to a websocket.",
    siprec: "The call, to a SIPREC recorder, by an installed connector.",
    transcription: "What is said, as text, to a webhook.",
    recording: "A recording, told of by a webhook.",
  },
  next: () => "required",
  findings: [STREAM_WHERE],
  lint: (step, _flow, report) => checkStream(step, report),
  compile: (step, to) => ({ enter: writeBesides(step, START.element, BESIDES, to) }),
};
