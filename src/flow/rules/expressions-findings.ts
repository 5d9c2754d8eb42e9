/** The findings on expressions, with an example each. */

import { type CodeOf, defineFindings, errorDoc } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

const TRIES = yaml`
  variables:
    tries: { type: int }
`;
const NAMES = yaml`
  variables:
    names: { type: list }
`;
const OFFICE = yaml`
  hours:
    office:
      timezone: America/New_York
      open: { mon-fri: "08:00-18:00" }
`;

/** A flow with this condition. */
function branching(condition: string, head = ""): string {
  const steps = yaml`
    steps:
      decide:
        branch:
          - when: ${condition}
            next: hangup
          - next: greet
      greet:
        say: Hello.
        next: hangup
  `;
  return head + steps;
}

/** A flow with this prompt. */
function speaking(prompt: string, head = ""): string {
  const steps = yaml`
    steps:
      greet:
        say: "${prompt}"
        next: hangup
  `;
  return head + steps;
}

/** The findings on expressions. */
export const FINDINGS = defineFindings([
  errorDoc(
    "bad-expression",
    "An expression is not valid CEL.",
    branching("vars.tries <", TRIES),
    branching("vars.tries < 3", TRIES),
  ),
  errorDoc(
    "unknown-variable",
    "An unknown variable.",
    branching("vars.tires < 3", TRIES),
    branching("vars.tries < 3", TRIES),
  ),
  errorDoc(
    "unknown-field",
    "An unknown field of `caller`, `call` or `input`.",
    speaking("{{ caller.nmae }}"),
    speaking("{{ caller.name }}"),
  ),
  errorDoc(
    "unknown-function",
    "An unknown function.",
    branching('isOpn("office")', OFFICE),
    branching('isOpen("office")', OFFICE),
  ),
  errorDoc(
    "unsupported-expression",
    "An expression uses a part of CEL that Ringflow does not have: timestamps, durations, bytes, `type()`.",
    branching('timestamp("2026-11-26T00:00:00Z") < timestamp("2027-01-01T00:00:00Z")'),
    branching('now("America/New_York").date < "2027-01-01"'),
  ),
  errorDoc(
    "type-mismatch",
    "Types that do not fit together, or a value of the wrong type.",
    branching("vars.tries", TRIES),
    branching("vars.tries > 0", TRIES),
  ),
  errorDoc(
    "unknown-hours",
    "`isOpen` or `holiday` names unknown hours.",
    branching('isOpen("ofice")', OFFICE),
    branching('isOpen("office")', OFFICE),
  ),
  errorDoc(
    "unknown-timezone",
    "An unknown time zone in an expression, or a date in a flow without a time zone.",
    branching('now("New York").hour < 12'),
    branching('now("America/New_York").hour < 12'),
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
    speaking("That costs {{ money(12.5, 'dollars') }}."),
    speaking("That costs {{ money(12.5, 'USD') }}."),
  ),
  errorDoc(
    "plural-forms",
    "The forms of `plural` lack `other`, or have an unknown key.",
    speaking("You have {{ plural(vars.tries, {'one': 'one try', 'more': '{n} tries'}) }}.", TRIES),
    speaking("You have {{ plural(vars.tries, {'one': 'one try', 'other': '{n} tries'}) }}.", TRIES),
  ),
  errorDoc(
    "bad-pattern",
    "A pattern is not a regular expression, or is not a literal.",
    branching('caller.number.matches("[0-9")'),
    branching('caller.number.matches("[+0-9]*")'),
  ),
  errorDoc(
    "slow-pattern",
    "A regular expression could take very long on input that does not match.",
    branching('caller.number.matches("(a+)+b")'),
    branching('caller.number.matches("a+b")'),
  ),
  errorDoc(
    "nested-macro",
    "A list function inside another could take very long.",
    branching("vars.names.exists(n, vars.names.exists(m, m == n))", NAMES),
    branching('vars.names.exists(n, n == "Ada")', NAMES),
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
    speaking("{{ secrets.TOKEN }}"),
    branching("input.digits == secrets.PIN"),
  ),
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
