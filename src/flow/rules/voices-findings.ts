/** The findings on voices and languages. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "twilio-13511",
    severity: "error",
    summary: "An unknown voice. Twilio's voices begin with `Polly.` or `Google.`, or are `man` and `woman`.",
    bad: yaml`
      voice: Joanna
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      voice: Polly.Joanna-Neural
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "unknown-voice",
    severity: "warning",
    summary: "A voice that is not in Twilio's SDK. It may be newer than the SDK.",
    bad: yaml`
      voice: Polly.Johanna-Neural
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      voice: Polly.Joanna-Neural
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "unknown-language",
    severity: "warning",
    summary: "A language that is not in Twilio's SDK. It may be newer than the SDK.",
    bad: yaml`
      language: en-UK
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      language: en-GB
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "twilio-13512",
    severity: "error",
    summary: "A Google voice is used for a language that is not its own.",
    bad: yaml`
      voice: Google.en-GB-Neural2-A
      language: en-US
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      voice: Google.en-US-Neural2-A
      language: en-US
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "twilio-13520",
    severity: "error",
    summary: "SSML with a basic voice (`man`, `woman`, `alice`): only Polly and Google voices support it.",
    bad: yaml`
      voice: woman
      steps:
        greet:
          say: Hello <break/> there.
          next: hangup
    `,
    good: yaml`
      voice: Polly.Joanna-Neural
      steps:
        greet:
          say: Hello <break/> there.
          next: hangup
    `,
  },
  {
    code: "unspoken-markup",
    severity: "warning",
    summary:
      "SSML that the voice does not support. `<emphasis>` and `<prosody pitch>` are for Polly's standard voices; with neural and generative ones Twilio may say nothing at all (13520).",
    bad: yaml`
      voice: Polly.Joanna-Neural
      steps:
        greet:
          say: We are <emphasis>glad</emphasis> you called.
          next: hangup
    `,
    good: yaml`
      voice: Polly.Joanna
      steps:
        greet:
          say: We are <emphasis>glad</emphasis> you called.
          next: hangup
    `,
  },
  {
    code: "twilio-13521",
    severity: "error",
    summary:
      "A text is too long for its voice. Polly voices take 3,000 characters, Google voices 5,000, others 4,000.",
    good: yaml`
      voice: Polly.Joanna-Neural
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
