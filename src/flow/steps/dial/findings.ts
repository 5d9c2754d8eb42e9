/** The findings of a dial, with an example each. */

import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { COMPUTED_RECEIVER, TOO_MANY } from "./targets.ts";

/** The findings of a dial. */
export const FINDINGS = defineFindings([
  {
    code: "accept-without-whisper",
    severity: "error",
    summary: "A dial has `accept` without `whisper`: the callee does not know which key to press.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: reception
            accept: 1
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: reception
            whisper: Press 1 to take the call.
            accept: 1
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "accept-with-step",
    severity: "error",
    summary: "A dial has `accept`, and its `whisper` is a step, which asks for keys itself.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: reception
            whisper: { step: screen }
            accept: 1
            status: { else: hangup }
          next: hangup
        screen:
          gather:
            prompt: To take the call, press 1.
            choices: { 1: return }
            otherwise: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: reception
            whisper: { step: screen }
            status: { else: hangup }
          next: hangup
        screen:
          gather:
            prompt: To take the call, press 1.
            choices: { 1: return }
            otherwise: hangup
    `,
  },
  {
    code: "partly-computed",
    severity: "error",
    summary: "Only a part of `to` is computed. A computed number is checked as a whole.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: "+1{{ input.digits }}"
            allow: ["+1415*"]
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: "{{ '+1' + input.digits }}"
            allow: ["+1415*"]
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "accept-in-queue",
    severity: "error",
    summary: "A dial to a queue has `accept`: Twilio cannot ask a caller in a queue for a key.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { queue: support }
            whisper: Here we are.
            accept: 1
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { queue: support }
            whisper: Here we are.
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "whisper-in-queue",
    severity: "error",
    summary:
      "A dial to a queue has a `whisper` step that asks or hangs up: a caller who leaves a queue can only listen.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { queue: support }
            whisper: { step: screen }
            status: { else: hangup }
          next: hangup
        screen:
          gather:
            prompt: To take the call, press 1.
            choices: { 1: return }
            otherwise: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { queue: support }
            whisper: { step: screen }
            status: { else: hangup }
          next: hangup
        screen:
          say: Here we are.
          next: return
    `,
  },
  {
    code: "whisper-in-conference",
    severity: "warning",
    summary: "A dial to a conference has a `whisper`: nobody is called who could hear it.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { conference: standup }
            whisper: A call.
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { conference: standup }
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "two-whispers",
    severity: "error",
    summary: "A dial has a `whisper`, and a leg has its own `url`: only one can be heard.",
    bad: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { client: ada, url: https://example.com/hello }
            whisper: A call.
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      destinations:
        reception: +14155550100
      steps:
        connect:
          dial:
            to: { client: ada }
            whisper: A call.
            status: { else: hangup }
          next: hangup
    `,
  },
  TOO_MANY,
  COMPUTED_RECEIVER,
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
