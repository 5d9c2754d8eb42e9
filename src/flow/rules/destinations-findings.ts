/** The findings on destinations. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** A flow that dials this destination, and names these. */
function dialling(to: string, ...destinations: readonly string[]): string {
  return yaml`
    destinations:
      ${destinations.join("\n      ")}
    steps:
      connect:
        dial: { to: ${to}, status: { else: hangup } }
        next: hangup
  `;
}

export const FINDINGS = defineFindings([
  {
    code: "unknown-destination",
    severity: "error",
    summary: "An unknown destination.",
    bad: dialling("receptoin", "reception: +14155550100"),
    good: dialling("reception", "reception: +14155550100"),
  },
  {
    code: "bad-number",
    severity: "error",
    summary:
      "An invalid phone number. Twilio dials numbers in E.164 format: a plus, the country code and the number, without a zero between them.",
    bad: dialling("reception", "reception: +1415555"),
    good: dialling("reception", "reception: +14155550100"),
  },
  {
    code: "emergency-number",
    severity: "error",
    summary:
      "An emergency number, also as a WhatsApp number or in a SIP address. Help is sent to the location of the calling phone, and a flow has none: callers must dial it themselves.",
    bad: dialling("police", "police: 911"),
    good: yaml`
      steps:
        greet:
          say: If this is an emergency, hang up and dial 9 1 1.
          next: hangup
    `,
  },
  {
    code: "premium-number",
    severity: "error",
    summary:
      "A premium-rate or satellite number is dialled directly. To dial it on purpose, name it under `destinations`.",
    bad: yaml`
      steps:
        connect:
          dial: { to: +19002555555, status: { else: hangup } }
          next: hangup
    `,
    good: dialling("horoscope", "horoscope: +19002555555"),
  },
  {
    code: "unassigned-number",
    severity: "warning",
    summary:
      "No country's numbering plan has this number or this `allow` pattern, though it has the right length. New area codes can be missing from the plans that Ringflow knows.",
    bad: dialling("reception", "reception: +19114206969"),
    good: dialling("reception", "reception: +14154206969"),
  },
  {
    code: "circular-destination",
    severity: "error",
    summary: "A destination refers to itself, directly or through others.",
    bad: dialling("reception", "reception: oncall", "oncall: reception"),
    good: dialling("reception", "reception: oncall", "oncall: +14155550101"),
  },
  {
    code: "twilio-13243",
    severity: "error",
    summary: "An invalid SIP address.",
    bad: dialling("reception", "reception: { sip: desk }"),
    good: dialling("reception", "reception: { sip: sip:desk@example.com }"),
  },
  {
    code: "not-allowed",
    severity: "error",
    summary: "A computed destination in a flow that neither names destinations nor allows any numbers.",
    bad: yaml`
      steps:
        connect:
          dial: { to: "{{ caller.number }}", status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        connect:
          dial: { to: "{{ caller.number }}", allow: ["+1415*"], status: { else: hangup } }
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
