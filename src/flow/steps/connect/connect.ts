/** `connect`: hand the caller to a stream, an AI agent, a room or a conversation until it ends. */

import type { Op } from "../../../program/op.ts";
import { type Compiler, captureParams, whenEmpty } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import { mapValues } from "../../language/map-values.ts";
import type { Step } from "../../model/flow.ts";
import { addNoun, neededIn } from "../../twiml/noun.ts";
import type { StepKind } from "../kind.ts";
import { Body, CONNECT, type Connect, type Handoff, named, OUTCOMES } from "./body.ts";
import { type Code, FINDINGS, lint } from "./lint.ts";

/** The JSON text that an agent hands back (TwiML ConversationRelay, "end session"). */
const HANDOFF = "HandoffData";

function ask({ body }: Step<Connect>, compiler: Compiler): Op {
  return compiler.twiml((response) => {
    const connect = response.addChild(CONNECT.element, { action: compiler.link("over") });
    for (const one of named(body)) addNoun(compiler, connect, one.noun, one.body);
  });
}

/** If a required value is empty, the session fails before it begins. */
function unset({ body }: Step<Connect>, compiler: Compiler): Op[] {
  const needed = named(body).flatMap((one) => neededIn(one.noun, one.body));
  return needed.flatMap((text) => whenEmpty(text, compiler.outcome(body.status, "failed")));
}

function over(step: Step<Connect>, compiler: Compiler): Op[] {
  const { status, save, handoff } = step.body;
  const outcomes = Object.fromEntries(OUTCOMES.map((name) => [name, compiler.outcome(status, name)]));
  const gone = { hangup: compiler.gone(status, "hangup") };
  return [
    ...captureParams(save, compiler),
    { op: "switch", on: { param: "SessionStatus" }, cases: { failed: compiler.outcome(status, "failed") } },
    { op: "switch", on: { param: "VirtualAgentStatus" }, cases: { ...outcomes, ...gone } },
    ...handedBack(handoff, compiler.exit(step.next ?? "hangup"), compiler),
  ];
}

/** The exit for the reason handed back; `next` if nothing was. */
function handedBack(handoff: Handoff | undefined, next: Op[], compiler: Compiler): Op[] {
  if (handoff === undefined) return next;
  const { else: _, ...exits } = handoff;
  const cases = mapValues(exits, (exit) => compiler.exit(exit));
  return [
    { op: "switch", on: { param: HANDOFF }, cases: { "": next } },
    { op: "switch", on: { param: HANDOFF, path: ["reasonCode"] }, cases },
    ...compiler.outcome({ else: handoff.else }, "what was handed back"),
  ];
}

export const connect: StepKind<Connect, Code, "stream-where"> = {
  name: "connect",
  does: "asks",
  role: "connects",
  handsOver: true,
  doc: {
    summary: "Hands the caller to an AI agent, a stream, a video room or a conversation until it ends.",
    text:
      "Name the TwiML noun with a small first letter, with its attributes below it and its parameters as a map " +
      "`parameter`. `save` captures fields of the webhook that Twilio sends at the end, such as an agent's " +
      "`HandoffData`, or a path into a field that holds JSON, such as `HandoffData.reason`. If a field is missing, " +
      "its variable takes its default. `next` is taken when the session ended well. `handoff` has exits by the " +
      '`reasonCode` that an AI agent hands back (`{"reasonCode": "live-agent", "reason": "…"}`), and `else` for any ' +
      "other; `next` is then taken if the agent hands nothing back. Every other outcome is looked up in `status`.",
    example: yaml`

      variables:
        reason: { type: string }
      steps:
        agent:
          connect:
            conversationRelay:
              url: wss://example.com/agent
              welcomeGreeting: Hello, how can I help?
              language: [{ code: en-US, voice: Polly.Joanna-Neural }]
              parameter: { number: "{{ caller.number }}" }
            save: { reason: HandoffData.reason }
            handoff: { live-agent: reception, callback: message, else: bye }
            status: { failed: reception }
          next: bye
        reception:
          dial:
            to: +14155550100
            whisper: "A caller who says: {{ vars.reason }}"
            status: { else: message }
          next: hangup
        message:
          record: { prompt: Please leave your name and number., save: message }
          next: bye
        bye: { hangup: Goodbye. }
    `,
    calls: `
flow: example
scenarios:
  - name: the agent is enough
    script:
      - connect: {}
      - hear: Goodbye
      - end
  - name: the caller wants a person
    script:
      - connect: { HandoffData: '{"reasonCode": "live-agent", "reason": "my bill is wrong"}' }
      - dial: +14155550100
        callee: [hears: my bill is wrong]
      - end
  - name: the caller wants to be called back
    script:
      - connect: { HandoffData: '{"reasonCode": "callback"}' }
      - hear: leave your name
      - record: 10
      - end
  - name: the agent fails
    script:
      - connect: { SessionStatus: failed }
      - dial: +14155550100
      - end
`,
  },
  twiml: [CONNECT],
  schema: Body,
  keys: {
    stream: "The call's audio in both directions, over a websocket.",
    conversationRelay:
      "An AI agent that reads and writes text over a websocket; Twilio recognises and speaks it.",
    conversationRelaySession: "A ConversationRelay that is configured at Twilio.",
    virtualAgent: "A virtual agent of an installed connector.",
    room: "A video room, by its `name`.",
    conversation: "A Twilio Conversation.",
    aiSession: "An AI session that is configured at Twilio.",
    save: "Variables, and the field of the closing webhook that each captures, or a path into its JSON.",
    handoff: "Exits by the `reasonCode` that an AI agent hands back, with `else`.",
    status: "Exits by outcome.",
  },
  outcomes: {
    failed: "The session could not begin, or was interrupted.",
    "live-agent-handoff": "A virtual agent asks for a person to continue.",
    timeout: "A virtual agent timed out.",
    paused: "A virtual agent paused.",
    hangup:
      "The caller hung up. Only an exit for this outcome itself is taken, because nobody is there to hear more.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => ({
    enter: [...unset(step, compiler), ask(step, compiler), { op: "wait", block: "over" }],
    over: over(step, compiler),
  }),
};
