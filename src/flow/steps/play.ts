/** `play`: play a recording, or keys as tones. */

import { yaml } from "../language/example.ts";
import { audioOf } from "../language/example-audio.ts";
import { DtmfTones, Loop, type PlayPart, RecordedWords } from "../language/prompt-schema.ts";
import { Keys } from "../language/schema.ts";
import { HEARD } from "../language/side-roads.ts";
import { Played } from "../language/text-schema.ts";
import { type Static, Type } from "../language/type.ts";
import { PLAY } from "../twiml/prompt-nouns.ts";
import type { StepKind } from "./kind.ts";

const loop = Type.Optional(Loop(13410));
const Tones = Keys({ digits: DtmfTones, loop });
const Recording = Keys({ url: Played, loop, text: Type.Optional(RecordedWords) });
const Body = Type.Union([Played, Recording, Tones]);
type Body = Static<typeof Body>;

function isTones(body: Body): body is Static<typeof Tones> {
  return typeof body === "object" && "digits" in body;
}

function promptOf(body: Body): PlayPart {
  if (isTones(body))
    return { ...(body.loop !== undefined && { loop: body.loop }), play: { digits: body.digits } };
  if (isRecording(body)) return { ...(body.loop !== undefined && { loop: body.loop }), play: body.url };
  return { play: body };
}

function isRecording(body: Body): body is Static<typeof Recording> {
  return typeof body === "object" && "url" in body;
}

export const play: StepKind<Body> = {
  name: "play",
  does: "speaks",
  plays: true,
  beside: HEARD,
  doc: {
    summary: "Plays a recording, or keys as tones, then continues.",
    text:
      "`play` takes an audio file in the flow's folder, a URL, `{url, loop, text}` with either of them, or `{digits}`, in which " +
      "`w` waits half a second and `W` a second. See [Recordings](#recordings) for files.",
    example: yaml`

      steps:
        greet:
          play: audio/welcome.mp3
          next: jingle
        jingle:
          play: https://example.com/jingle.mp3
          next: extension
        extension:
          play: { digits: ww1234# }
          next: hangup
    `,
    audio: audioOf({ "audio/welcome.mp3": {} }),
    calls: `
flow: example
scenarios:
  - name: two recordings, then the tones
    script:
      - hear: welcome.mp3
      - hear: jingle.mp3
      - end
`,
  },
  twiml: [PLAY],
  schema: Body,
  keys: {
    url: "The recording: a file in the flow's folder, or a URL, which can hold `{{ }}` in its path and query.",
    digits: "Keys to play as tones.",
    text: "The words of the recording, for readers and for the checker's advice.",
    loop: "How often it is played; 0 repeats until the caller hangs up (Twilio stops after 1,000).",
  },
  next: () => "required",
  compile: (step, compiler) => ({
    enter: [compiler.prompt(promptOf(step.body)), ...compiler.exit(step.next ?? "hangup")],
  }),
};
