/** The findings on placed calls. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "never-placed",
    severity: "warning",
    summary: "`onMachine` or `onUnanswered` without `allow`: no call can be placed with this flow.",
    bad: yaml`
      onMachine: leave-word
      steps:
        greet:
          hangup: Hello.
        leave-word:
          hangup: Please call us back.
    `,
    good: yaml`
      allow: [US]
      onMachine: leave-word
      steps:
        greet:
          hangup: Hello.
        leave-word:
          hangup: Please call us back.
    `,
  },
  {
    code: "outbound-part",
    severity: "warning",
    summary:
      "`allow`, `onMachine` or `onUnanswered` in a sub-flow: calls are placed with the flow that runs it.",
    bad: yaml`
      allow: [US]
      gives: [name]
      variables:
        name: { type: string }
      steps:
        ask:
          set: { name: Ada }
          next: return
    `,
    good: yaml`
      gives: [name]
      variables:
        name: { type: string }
      steps:
        ask:
          set: { name: Ada }
          next: return
    `,
  },
  {
    code: "retry-too-late",
    severity: "warning",
    summary: "A time of `retry` that `until` rules out: the call would be placed again on another day.",
    bad: yaml`
      allow: [US]
      onUnanswered: { retry: { after: [10m, 24h], until: "20:00" } }
      steps:
        greet:
          hangup: Hello.
    `,
    good: yaml`
      allow: [US]
      onUnanswered: { retry: { after: [10m, 2h], until: "20:00" } }
      steps:
        greet:
          hangup: Hello.
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
