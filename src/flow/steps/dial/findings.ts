/** The findings of a dial, with an example each. */

import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { COMPUTED_RECEIVER, TOO_MANY } from "./targets.ts";

/** A flow with a dial that has these keys. */
function dialling(...keys: readonly string[]): string {
  return yaml`
    destinations:
      reception: +14155550100
    steps:
      connect:
        dial:
          ${keys.join("\n          ")}
          status: { else: hangup }
        next: hangup
  `;
}

/** A step after it, at which the callee is asked. */
const SCREEN = `  screen:
    gather:
      prompt: To take the call, press 1.
      choices: { 1: return }
      otherwise: hangup
`;
/** The same step for a callee who can only listen. */
const LISTEN = `  screen:
    say: Here we are.
    next: return
`;

/** The findings of a dial. */
export const FINDINGS = defineFindings([
  {
    code: "accept-without-whisper",
    severity: "error",
    summary: "A dial has `accept` without `whisper`: the callee does not know which key to press.",
    bad: dialling("to: reception", "accept: 1"),
    good: dialling("to: reception", "whisper: Press 1 to take the call.", "accept: 1"),
  },
  {
    code: "accept-with-step",
    severity: "error",
    summary: "A dial has `accept`, and its `whisper` is a step, which asks for keys itself.",
    bad: dialling("to: reception", "whisper: { step: screen }", "accept: 1") + SCREEN,
    good: dialling("to: reception", "whisper: { step: screen }") + SCREEN,
  },
  {
    code: "partly-computed",
    severity: "error",
    summary: "Only a part of `to` is computed. A computed number is checked as a whole.",
    bad: dialling('to: "+1{{ input.digits }}"', 'allow: ["+1415*"]'),
    good: dialling(`to: "{{ '+1' + input.digits }}"`, 'allow: ["+1415*"]'),
  },
  {
    code: "accept-in-queue",
    severity: "error",
    summary: "A dial to a queue has `accept`: Twilio cannot ask a caller in a queue for a key.",
    bad: dialling("to: { queue: support }", "whisper: Here we are.", "accept: 1"),
    good: dialling("to: { queue: support }", "whisper: Here we are."),
  },
  {
    code: "whisper-in-queue",
    severity: "error",
    summary:
      "A dial to a queue has a `whisper` step that asks or hangs up: a caller who leaves a queue can only listen.",
    bad: dialling("to: { queue: support }", "whisper: { step: screen }") + SCREEN,
    good: dialling("to: { queue: support }", "whisper: { step: screen }") + LISTEN,
  },
  {
    code: "whisper-in-conference",
    severity: "warning",
    summary: "A dial to a conference has a `whisper`: nobody is called who could hear it.",
    bad: dialling("to: { conference: standup }", "whisper: A call."),
    good: dialling("to: { conference: standup }"),
  },
  {
    code: "two-whispers",
    severity: "error",
    summary: "A dial has a `whisper`, and a leg has its own `url`: only one can be heard.",
    bad: dialling("to: { client: ada, url: https://example.com/hello }", "whisper: A call."),
    good: dialling("to: { client: ada }", "whisper: A call."),
  },
  TOO_MANY,
  COMPUTED_RECEIVER,
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
