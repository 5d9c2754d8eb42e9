/** The findings of speech recognition, with an example each. */

import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { HINT_LENGTH, MOST_HINTS } from "./speech.ts";

/** A flow with a gather that listens, with these keys. */
function hearing(...keys: readonly string[]): string {
  return yaml`
    steps:
      ask:
        gather:
          prompt: Your account?
          save: account
          input: speech
          ${keys.join("\n          ")}
          otherwise: bye
        next: bye
      bye:
        hangup: Goodbye.
  `;
}

/** The findings of speech recognition. */
export const SPEECH_FINDINGS = defineFindings([
  {
    code: "twilio-13330",
    severity: "warning",
    summary: `A gather has more than ${MOST_HINTS} hints, including the phrases of choices, or a hint has more than ${HINT_LENGTH} characters.`,
    bad: hearing(
      "hints: a very long hint a very long hint a very long hint a very long hint a very long hint a very long hint a very long hint",
    ),
    good: hearing("hints: a short hint"),
  },
  {
    code: "twilio-13331",
    severity: "error",
    summary:
      "The language `multi` needs the model `deepgram_nova-3`; other models recognise one language at a time.",
    bad: hearing("language: multi"),
    good: hearing("language: multi", "speechModel: deepgram_nova-3"),
  },
  {
    code: "twilio-13335",
    severity: "error",
    summary:
      "`speechTimeout: auto` is used with a `speechModel`, for which Twilio needs a number of seconds.",
    bad: hearing("speechModel: phone_call", "speechTimeout: auto"),
    good: hearing("speechModel: phone_call", "speechTimeout: 2"),
  },
  {
    code: "model-language",
    severity: "warning",
    summary: "A speech model does not support the gather's language: Twilio may refuse to listen.",
    bad: hearing("speechModel: phone_call", "language: it-IT"),
    good: hearing("speechModel: phone_call", "language: fr-FR"),
  },
]);

/** The codes that the list declares. */
export type SpeechCode = CodeOf<typeof SPEECH_FINDINGS>;
