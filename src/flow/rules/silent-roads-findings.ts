/** The findings on silent side roads. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "unheard-prompt",
    severity: "warning",
    summary: "A prompt on a silent side road, where nobody can hear it.",
    bad: yaml`
      onHangup: tell
      steps:
        greet:
          hangup: Hello.
        tell:
          request: { url: "https://crm.example.com/lost", meanwhile: One moment., status: { else: return } }
          next: return
    `,
    good: yaml`
      onHangup: tell
      steps:
        greet:
          hangup: Hello.
        tell:
          request: { url: "https://crm.example.com/lost", status: { else: return } }
          next: return
    `,
  },
  {
    code: "spoken-message",
    severity: "error",
    summary: "A prompt in a step that answers a text message: a text message has no speech.",
    bad: yaml`
      onMessage: tell
      steps:
        greet:
          hangup: Hello.
        tell:
          request: { url: "https://crm.example.com/lost", meanwhile: One moment., status: { else: return } }
          next: return
    `,
    good: yaml`
      onMessage: tell
      steps:
        greet:
          hangup: Hello.
        tell:
          request: { url: "https://crm.example.com/lost", status: { else: return } }
          next: return
    `,
  },
  {
    code: "lost-variable",
    severity: "warning",
    summary:
      "A variable that a call reads is set only on a silent side road. `notify`, `delivered`, " +
      "`onHangup` and `onMessage` run on a copy of the variables.",
    bad: yaml`
      onHangup: note
      variables:
        lost: { type: bool }
      steps:
        greet:
          say: "{{ vars.lost }}"
          next: hangup
        note:
          set: { lost: true }
          next: return
    `,
    good: yaml`
      onHangup: note
      variables:
        lost: { type: bool, keep: caller }
      steps:
        greet:
          say: "{{ vars.lost }}"
          next: hangup
        note:
          set: { lost: true }
          next: return
    `,
  },
  {
    code: "message-to-part",
    severity: "warning",
    summary:
      "`onMessage` in a sub-flow: text messages are answered by the flow that the number is configured with.",
    bad: yaml`
      takes: [name]
      onMessage: answer
      variables:
        name: { type: string }
      steps:
        greet:
          say: "{{ vars.name }}"
          next: return
        answer:
          sms: { body: Hello. }
          next: return
    `,
    good: yaml`
      takes: [name]
      variables:
        name: { type: string }
      steps:
        greet:
          say: "{{ vars.name }}"
          next: return
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
