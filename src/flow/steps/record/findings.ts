/** The findings of a record, with an example each. */

import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";

/** TwiML Record: only recordings over 2 and up to 120 seconds are transcribed. */
export const MOST_TRANSCRIBED = 120;

/** The findings of a record. */
export const FINDINGS = defineFindings([
  {
    code: "twilio-13615",
    severity: "warning",
    summary: `A recording with \`transcribe\` can be longer than ${MOST_TRANSCRIBED} seconds: Twilio does not transcribe longer ones.`,
    bad: yaml`
      steps:
        voicemail:
          record:
            save: message
            maxLength: 180
            transcribe: true
          next: hangup
    `,
    good: yaml`
      steps:
        voicemail:
          record:
            save: message
            maxLength: 120
            transcribe: true
          next: hangup
    `,
  },
  {
    code: "transcribe-language",
    severity: "warning",
    summary:
      "A recording with `transcribe` is in a language other than English, the only one that Twilio transcribes.",
    bad: yaml`
      language: es-MX
      steps:
        voicemail:
          record: { save: message, transcribe: true }
          next: hangup
    `,
    good: yaml`
      language: es-MX
      steps:
        voicemail:
          record: { save: message }
          next: hangup
    `,
  },
  {
    code: "unused-recording",
    severity: "warning",
    summary: "A message is recorded, but the flow neither captures it nor sends it anywhere.",
    bad: yaml`
      steps:
        voicemail:
          record: { prompt: Please leave a message. }
          next: hangup
    `,
    good: yaml`
      steps:
        voicemail:
          record: { prompt: Please leave a message., save: message }
          next: hangup
    `,
  },
  {
    code: "callback-without-transcribe",
    severity: "error",
    summary: "A recording has a `transcribeCallback` but is not transcribed.",
    bad: yaml`
      steps:
        voicemail:
          record: { save: message, transcribeCallback: https://example.com/words }
          next: hangup
    `,
    good: yaml`
      steps:
        voicemail:
          record: { transcribe: true, transcribeCallback: https://example.com/words }
          next: hangup
    `,
  },
  {
    code: "notify-without-save",
    severity: "error",
    summary: "A recording has `notify` without `save`, so the notified step cannot read the recording.",
    bad: yaml`
      steps:
        voicemail:
          record: { notify: tell }
          next: hangup
        tell:
          sms: { to: +14155550100, body: A message has come. }
          next: return
    `,
    good: yaml`
      steps:
        voicemail:
          record: { save: message, notify: tell }
          next: hangup
        tell:
          sms: { to: +14155550100, body: A message has come. }
          next: return
    `,
  },
  {
    code: "short-recording",
    severity: "error",
    summary: "A recording ends before its `minLength`, so every message would count as empty.",
    bad: yaml`
      steps:
        voicemail:
          record: { save: message, minLength: 20, maxLength: 10 }
          next: hangup
    `,
    good: yaml`
      steps:
        voicemail:
          record: { save: message, minLength: 2, maxLength: 10 }
          next: hangup
    `,
  },
  {
    code: "two-callbacks",
    severity: "error",
    summary:
      "A recording has `notify` and also sets one of the callbacks that `notify` uses. Twilio reports to one URL only.",
    bad: yaml`
      steps:
        voicemail:
          record: { save: message, notify: tell, recordingStatusCallback: https://example.com/recorded }
          next: hangup
        tell:
          sms: { to: +14155550100, body: A message has come. }
          next: return
    `,
    good: yaml`
      steps:
        voicemail:
          record: { save: message, notify: tell }
          next: hangup
        tell:
          sms: { to: +14155550100, body: A message has come. }
          next: return
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
