/** The findings on audio files. */

import { MOST_BYTES } from "../language/audio.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { audioOf } from "../language/example-audio.ts";

const HOLD = "audio/hold.mp3";
const WELCOME = "audio/welcome.mp3";

/** A flow that plays this file. */
function playing(file: string): string {
  return yaml`
    steps:
      greet:
        play: ${file}
        next: hangup
  `;
}

export const FINDINGS = defineFindings([
  {
    code: "missing-audio",
    severity: "error",
    summary: "An audio file does not exist.",
    bad: playing("audio/welcom.mp3"),
    good: playing(WELCOME),
    audio: audioOf({ [WELCOME]: {} }),
  },
  {
    code: "audio-path",
    severity: "error",
    summary:
      "An audio file is outside `flows/`. Paths are relative to the flow's own folder, and files must be in `flows/` or a folder in it.",
    bad: playing("/audio/welcome.mp3"),
    good: playing(WELCOME),
    audio: audioOf({ [WELCOME]: {} }),
  },
  {
    code: "twilio-13420",
    severity: "error",
    summary: "Twilio does not play audio files of this format. It plays mp3, wav, aiff, gsm and ulaw.",
    bad: playing("audio/welcome.ogg"),
    good: playing(WELCOME),
    audio: audioOf({ [WELCOME]: {}, "audio/welcome.ogg": { format: "Ogg" } }),
  },
  {
    code: "bad-audio",
    severity: "error",
    summary: "An audio file is empty or damaged, or its content does not match its extension.",
    bad: playing(HOLD),
    good: playing(WELCOME),
    audio: audioOf({ [WELCOME]: {}, [HOLD]: { format: "wav" } }),
  },
  {
    code: "large-audio",
    severity: "error",
    summary: "An audio file has more than 25 MiB, the most that Cloudflare serves.",
    bad: playing(HOLD),
    good: playing(WELCOME),
    audio: audioOf({ [WELCOME]: {}, [HOLD]: { size: MOST_BYTES + 1, format: "", seconds: 0 } }),
  },
  {
    code: "long-audio",
    severity: "warning",
    summary: "An audio file is longer than 40 minutes: Twilio may drop a call that plays it.",
    bad: playing(HOLD),
    good: playing(WELCOME),
    audio: audioOf({ [WELCOME]: {}, [HOLD]: { seconds: 3000 } }),
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
