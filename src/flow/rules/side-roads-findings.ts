/** The findings on side roads. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** A flow with this step on the side road of a hang-up. */
function hangingUp(step: string, next = "return"): string {
  return yaml`
    onHangup: tell
    steps:
      greet:
        hangup: Hello.
      tell:
        ${step}
        next: ${next}
  `;
}

export const FINDINGS = defineFindings([
  {
    code: "not-beside",
    severity: "error",
    summary:
      "A side road leads to a step that cannot run there, for example because nobody can hear it or answer.",
    bad: hangingUp("say: Goodbye."),
    good: hangingUp("sms: { to: +14155550100, body: Somebody hung up. }"),
  },
  {
    code: "only-beside",
    severity: "error",
    summary: "A `leave` outside a queue: Twilio ignores it, and the call ends there.",
    bad: yaml`
      steps:
        greet:
          say: Hello.
          next: out
        out:
          leave:
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hold
        hold:
          enqueue: { queue: support, wait: { step: out }, status: { else: hangup } }
          next: hangup
        out:
          leave:
    `,
  },
  {
    code: "wrong-exit-beside",
    severity: "error",
    summary: "An exit that a side road does not have. Side roads end at `return`.",
    bad: hangingUp("sms: { to: +14155550100, body: Somebody hung up. }", "hangup"),
    good: hangingUp("sms: { to: +14155550100, body: Somebody hung up. }"),
  },
  {
    code: "queue-elsewhere",
    severity: "error",
    summary: "`queue` is read outside a queue, where it would be 0.",
    bad: yaml`
      steps:
        greet:
          say: You are number {{ queue.position }}.
          next: hold
        hold:
          enqueue: { queue: support, wait: "Please hold.", status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hold
        hold:
          enqueue: { queue: support, wait: "You are number {{ queue.position }}.", status: { else: hangup } }
          next: hangup
    `,
  },
  {
    code: "message-elsewhere",
    severity: "error",
    summary: "`message` is read outside `onMessage`, where it would be empty.",
    bad: hangingUp('sms: { to: +14155550100, body: "{{ message.body }}" }'),
    good: hangingUp("sms: { to: +14155550100, body: Somebody hung up. }"),
  },
  {
    code: "delivery-elsewhere",
    severity: "error",
    summary:
      "`call.messageStatus` or `call.errorCode` is read outside `delivered` and `undelivered`, where it would be empty.",
    bad: yaml`
      steps:
        confirm:
          sms: { body: See you tomorrow. }
          next: bye
        bye:
          hangup: "Your text message is {{ call.messageStatus }}."
    `,
    good: yaml`
      steps:
        confirm:
          sms: { body: See you tomorrow., undelivered: tell }
          next: hangup
        tell:
          sms: { to: +14155550100, body: "No text message for {{ caller.number }}: {{ call.errorCode }}" }
          next: return
    `,
  },
  {
    code: "starts-beside",
    severity: "error",
    summary: "The first step of a flow without `start` is on a side road: no call can begin there.",
    bad: yaml`
      onMessage: answer
      steps:
        answer:
          sms: { body: We are open from 8 to 6. }
          next: return
        greet:
          hangup: Hello.
    `,
    good: yaml`
      start: greet
      onMessage: answer
      steps:
        answer:
          sms: { body: We are open from 8 to 6. }
          next: return
        greet:
          hangup: Hello.
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
