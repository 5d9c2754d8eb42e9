/** `start`: begin a background session. */
import { yaml } from "../language/example.ts";
import { BESIDES } from "../twiml/besides.ts";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";
import { checkStream, nameOf, type Sessions, STREAM_WHERE, sessionsOf, writeSessions } from "./start-stop.ts";

/** TwiML Start. */
const START: Noun = {
  element: "Start",
  example: "start: { recording: {} }",
  attributes: {},
  children: BESIDES,
};

export const start: StepKind<Sessions, "stream-where"> = {
  name: "start",
  does: "speaks",
  role: "reaches",
  recordsCall: ({ recording }) => recording !== undefined,
  startsRecording: ({ recording }) => (recording === undefined ? undefined : (nameOf(recording) ?? "")),
  doc: {
    summary:
      "Begins a background session (a stream, a recording, a transcription or SIPREC), then continues at once.",
    text:
      "It runs until the call ends, or until a `stop` names it. Its results go to the URLs that you give it, not to the " +
      "flow.",
    example: yaml`

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
  schema: sessionsOf(BESIDES),
  keys: {
    stream: "The call's audio, to a websocket.",
    siprec: "The call, to a SIPREC recorder of an installed connector.",
    transcription: "A live transcript, sent to a webhook.",
    recording: "A recording, reported by a webhook.",
  },
  next: () => "required",
  findings: [STREAM_WHERE],
  lint: (step, _flow, report) => checkStream(step, report),
  compile: (step, compiler) => ({ enter: writeSessions(step, START.element, BESIDES, compiler) }),
};
