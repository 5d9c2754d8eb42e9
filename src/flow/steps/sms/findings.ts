/** The findings of a text message, with an example each. */
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";

/** The findings of a text message. */
export const FINDINGS = defineFindings([
  {
    code: "mixed-channels",
    severity: "error",
    summary: "A text message is sent from one channel, such as WhatsApp, to another.",
    bad: yaml`
      steps:
        tell:
          sms: { to: "+14155550100", from: "whatsapp:+14155550122", body: Hello. }
          next: hangup
    `,
    good: yaml`
      steps:
        tell:
          sms: { to: "+14155550100", from: "+14155550122", body: Hello. }
          next: hangup
    `,
  },
  {
    code: "long-message",
    severity: "error",
    summary: "A text message has more than 1,600 characters, Twilio's limit.",
    good: yaml`
      steps:
        confirm:
          sms: { body: See you tomorrow. }
          next: hangup
    `,
  },
  {
    code: "sms-to-nobody",
    severity: "error",
    summary: "The `to` of a text message is neither a number nor a destination with exactly one number.",
    bad: yaml`
      destinations:
        desk: +14155550100
      steps:
        tell:
          sms: { to: dsk, body: Hello. }
          next: hangup
    `,
    good: yaml`
      destinations:
        desk: +14155550100
      steps:
        tell:
          sms: { to: desk, body: Hello. }
          next: hangup
    `,
  },
  {
    code: "delivery-circle",
    severity: "error",
    summary: "The `delivered` or `undelivered` of a text message leads to the same message, without an end.",
    bad: yaml`
      steps:
        confirm:
          sms: { body: See you tomorrow., undelivered: again }
          next: hangup
        again:
          sms: { body: See you tomorrow., undelivered: again }
          next: return
    `,
    good: yaml`
      steps:
        confirm:
          sms: { body: See you tomorrow., undelivered: again }
          next: hangup
        again:
          sms: { body: See you tomorrow. }
          next: return
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
