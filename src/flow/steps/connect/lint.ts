/** What the schema of a `connect` cannot say: that it has one session, and which can hand something back. */

import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import { keyOf } from "../../twiml/noun.ts";
import { SESSIONS } from "../../twiml/sessions.ts";
import { checkStream } from "../start-stop.ts";
import { AGENTS, type Connect, named } from "./body.ts";

/** The findings of a `connect`. */
export const FINDINGS = defineFindings([
  {
    code: "connect-one",
    severity: "error",
    summary: "A `connect` to nothing, or to several at once: Twilio accepts exactly one.",
    bad: yaml`
      steps:
        agent:
          connect: { room: { name: standup }, aiSession: { aiConnector: agent } }
          next: hangup
    `,
    good: yaml`
      steps:
        agent:
          connect: { room: { name: standup } }
          next: hangup
    `,
  },
  {
    code: "handoff-where",
    severity: "error",
    summary: "A `handoff` without an AI agent: only an agent ends a session with a reason.",
    bad: yaml`
      steps:
        agent:
          connect: { room: { name: standup }, handoff: { live-agent: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        agent:
          connect: { conversationRelay: { url: wss://example.com/agent }, handoff: { live-agent: hangup, else: hangup } }
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;

/** Reports a `connect` without exactly one session, and a `handoff` that none can make. */
export function lint(step: Step<Connect>, _flow: Flow, report: Report<Code | "stream-where">): void {
  checkStream(step, report);
  const nouns = named(step.body);
  const handoff = valueAt(step, "handoff");
  if (handoff && nouns.length === 1 && !nouns.some(({ noun }) => AGENTS.includes(noun))) {
    const message = `only ${AGENTS.map(keyOf).join(", ")} can hand something back; remove \`handoff\``;
    report({ code: "handoff-where", at: handoff, message });
  }
  if (nouns.length === 1) return;
  const message = `connect the caller to exactly one of ${SESSIONS.map(keyOf).join(", ")}`;
  report({ code: "connect-one", at: kindKey(step), message });
}
