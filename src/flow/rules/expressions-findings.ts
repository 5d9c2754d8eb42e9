/** The findings on expressions. */

import { type CodeOf, defineFindings, errorDoc } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  errorDoc(
    "bad-expression",
    "An expression is not valid CEL.",
    yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch:
            - when: vars.tries <
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch:
            - when: vars.tries < 3
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "unknown-variable",
    "An unknown variable.",
    yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch:
            - when: vars.tires < 3
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch:
            - when: vars.tries < 3
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "unknown-field",
    "An unknown field of `caller`, `call` or `input`.",
    yaml`
      steps:
        greet:
          say: "{{ caller.nmae }}"
          next: hangup
    `,
    yaml`
      steps:
        greet:
          say: "{{ caller.name }}"
          next: hangup
    `,
  ),
  errorDoc(
    "unknown-function",
    "An unknown function.",
    yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
      steps:
        decide:
          branch:
            - when: isOpn("office")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "unsupported-expression",
    "An expression uses a part of CEL that Ringflow does not have: timestamps, durations, bytes, `type()`.",
    yaml`
      steps:
        decide:
          branch:
            - when: timestamp("2026-11-26T00:00:00Z") < timestamp("2027-01-01T00:00:00Z")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      steps:
        decide:
          branch:
            - when: now("America/New_York").date < "2027-01-01"
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "type-mismatch",
    "Types that do not fit together, or a value of the wrong type.",
    yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch:
            - when: vars.tries
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      variables:
        tries: { type: int }
      steps:
        decide:
          branch:
            - when: vars.tries > 0
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "unknown-hours",
    "`isOpen` or `holiday` names unknown hours.",
    yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
      steps:
        decide:
          branch:
            - when: isOpen("ofice")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "unknown-timezone",
    "An unknown time zone in an expression, or a date in a flow without a time zone.",
    yaml`
      steps:
        decide:
          branch:
            - when: now("New York").hour < 12
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      steps:
        decide:
          branch:
            - when: now("America/New_York").hour < 12
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "not-a-date",
    "An expression contains a text that is not a date or a time, or adds a number to a date.",
    yaml`
      timezone: America/New_York
      steps:
        greet:
          say: "We are closed on {{ spokenDate('11/26/2026') }}."
          next: hangup
    `,
    yaml`
      timezone: America/New_York
      steps:
        greet:
          say: "We are closed on {{ spokenDate('2026-11-26') }}."
          next: hangup
    `,
  ),
  errorDoc(
    "not-a-duration",
    "A `link` to a recording is good for something that is not a duration.",
    yaml`
      variables:
        message: { type: recording }
      steps:
        take:
          record: { save: message, empty: hangup }
          next: tell
        tell:
          sms: { to: +14155550100, body: "A message: {{ link(vars.message, 'a week') }}" }
          next: hangup
    `,
    yaml`
      variables:
        message: { type: recording }
      steps:
        take:
          record: { save: message, empty: hangup }
          next: tell
        tell:
          sms: { to: +14155550100, body: "A message: {{ link(vars.message, '7d') }}" }
          next: hangup
    `,
  ),
  errorDoc(
    "unknown-currency",
    "An expression names an unknown currency.",
    yaml`
      steps:
        greet:
          say: "That costs {{ money(12.5, 'dollars') }}."
          next: hangup
    `,
    yaml`
      steps:
        greet:
          say: "That costs {{ money(12.5, 'USD') }}."
          next: hangup
    `,
  ),
  errorDoc(
    "plural-forms",
    "The forms of `plural` lack `other`, or have an unknown key.",
    yaml`
      variables:
        tries: { type: int }
      steps:
        greet:
          say: "You have {{ plural(vars.tries, {'one': 'one try', 'more': '{n} tries'}) }}."
          next: hangup
    `,
    yaml`
      variables:
        tries: { type: int }
      steps:
        greet:
          say: "You have {{ plural(vars.tries, {'one': 'one try', 'other': '{n} tries'}) }}."
          next: hangup
    `,
  ),
  errorDoc(
    "bad-pattern",
    "A pattern is not a regular expression, or is not a literal.",
    yaml`
      steps:
        decide:
          branch:
            - when: caller.number.matches("[0-9")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      steps:
        decide:
          branch:
            - when: caller.number.matches("[+0-9]*")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "slow-pattern",
    "A regular expression could take very long on input that does not match.",
    yaml`
      steps:
        decide:
          branch:
            - when: caller.number.matches("(a+)+b")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      steps:
        decide:
          branch:
            - when: caller.number.matches("a+b")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "nested-macro",
    "A list function inside another could take very long.",
    yaml`
      variables:
        names: { type: list }
      steps:
        decide:
          branch:
            - when: vars.names.exists(n, vars.names.exists(m, m == n))
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    yaml`
      variables:
        names: { type: list }
      steps:
        decide:
          branch:
            - when: vars.names.exists(n, n == "Ada")
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "sensitive-leak",
    "A sensitive variable would be spoken or sent.",
    yaml`
      variables:
        pin: { type: string, sensitive: true }
      steps:
        greet:
          say: "Your PIN is {{ vars.pin }}."
          next: hangup
    `,
    yaml`
      variables:
        pin: { type: string, sensitive: true }
      steps:
        greet:
          say: "Your PIN is {{ digits(reveal(vars.pin)) }}."
          next: hangup
    `,
  ),
  errorDoc(
    "misplaced-secret",
    "A secret is used where it could be heard or seen.",
    yaml`
      steps:
        greet:
          say: "{{ secrets.TOKEN }}"
          next: hangup
    `,
    yaml`
      steps:
        decide:
          branch:
            - when: input.digits == secrets.PIN
              next: hangup
            - next: greet
        greet:
          say: Hello.
          next: hangup
    `,
  ),
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
