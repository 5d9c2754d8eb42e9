/** `connect`: hand the caller to a stream, an AI agent, a room or a conversation, until that is over. */
import Type, { type TSchema } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compiler.ts";
import type { FindingDoc } from "../findings/diagnostic.ts";
import { keepParams } from "../saved.ts";
import { type Exit, Keys, Saved, Status } from "../schema.ts";
import { addNoun, keyOf, type Noun, schemaOf } from "../twiml/noun.ts";
import { SESSIONS } from "../twiml/sessions.ts";
import { checkStream } from "./beside.ts";
import { type Flow, kindKey, type Report, type Step, type StepKind } from "./kind.ts";

/** TwiML Connect. */
const CONNECT: Noun = {
  element: "Connect",
  example: "connect: { stream: { url: wss://example.com/audio }, … }",
  attributes: {},
  own: ["action"],
  children: SESSIONS,
};

/** TwiML VirtualAgent, "VirtualAgentStatus"; a ConversationRelay only ends or fails. */
const OUTCOMES = ["failed", "live-agent-handoff", "timeout", "paused"] as const;

interface Connect extends Readonly<Record<string, unknown>> {
  save?: Saved;
  status?: Partial<Record<(typeof OUTCOMES)[number] | "hangup" | "else", Exit>>;
}

const nouns: [string, TSchema][] = SESSIONS.map((noun) => [keyOf(noun), Type.Optional(schemaOf(noun))]);
const Body = Keys({
  ...Object.fromEntries(nouns),
  save: Type.Optional(Saved),
  status: Type.Optional(Status(...OUTCOMES, "hangup")),
});

/** The nouns that a body names, with what stands behind them. */
function named(body: Connect): { noun: Noun; body: object }[] {
  return SESSIONS.flatMap((noun) => {
    const inner = body[keyOf(noun)];
    return typeof inner === "object" && inner !== null ? [{ noun, body: inner }] : [];
  });
}

function ask({ body }: Step<Connect>, to: Compiler): Op {
  return to.twiml((response) => {
    const connect = response.addChild(CONNECT.element, { action: to.link("over") });
    for (const one of named(body)) addNoun(to, connect, one.noun, one.body);
  });
}

function over(step: Step<Connect>, to: Compiler): Op[] {
  const { status, save } = step.body;
  const outcomes = Object.fromEntries(OUTCOMES.map((name) => [name, to.outcome(status, name)]));
  const gone = { hangup: to.gone(status, "hangup") };
  return [
    ...keepParams(save),
    { op: "switch", on: { param: "SessionStatus" }, cases: { failed: to.outcome(status, "failed") } },
    { op: "switch", on: { param: "VirtualAgentStatus" }, cases: { ...outcomes, ...gone } },
    ...to.exit(step.next ?? "hangup"),
  ];
}

const flow = (nouns: string): string => `steps:\n  agent:\n    connect: { ${nouns} }\n    next: hangup\n`;

const FINDINGS: readonly FindingDoc[] = [
  {
    code: "connect-one",
    severity: "error",
    summary: "A `connect` to nothing, or to several at once: Twilio takes one.",
    bad: flow("room: { name: standup }, aiSession: { aiConnector: agent }"),
    good: flow("room: { name: standup }"),
  },
];

function lint(step: Step<Connect>, _flow: Flow, report: Report): void {
  checkStream(step, report);
  if (named(step.body).length === 1) return;
  const message = `connect the caller to one of ${SESSIONS.map(keyOf).join(", ")}`;
  report({ code: "connect-one", at: kindKey(step), message });
}

export const connect: StepKind<Connect> = {
  name: "connect",
  does: "asks",
  doc: {
    summary: "Hands the caller to an AI agent, a stream, a video room or a conversation until that is over.",
    text:
      "What is connected stands under TwiML's own name with a small first letter, its attributes below it, parameters " +
      "as a map `parameter`. `save` keeps fields of the webhook that Twilio sends at the end: an agent's `HandoffData`, " +
      "for one. `next` is taken when it ended well; every other outcome is looked up in `status`.",
    example: `
variables:
  handoff: { type: string, maxLength: 400 }
steps:
  agent:
    connect:
      conversationRelay:
        url: wss://example.com/agent
        welcomeGreeting: Hello, how can I help?
        language: [{ code: en-US, voice: Polly.Joanna-Neural }]
        parameter: { number: "{{ caller.number }}" }
      save: { handoff: HandoffData }
      status: { failed: reception }
    next: wanted
  wanted:
    branch:
      - when: vars.handoff.contains("person")
        next: reception
      - next: hangup
  reception:
    dial: { to: +14155550100, status: { else: hangup } }
    next: hangup
`,
    calls: `
flow: example
scenarios:
  - name: the agent is enough
    script:
      - connect: {}
      - end
  - name: the caller wants a person
    script:
      - connect: { HandoffData: "a person, please" }
      - dial: +14155550100
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
    stream: "The call's audio, both ways, over a websocket.",
    conversationRelay: "An AI agent that reads and writes text over a websocket; Twilio hears and speaks.",
    conversationRelaySession: "A ConversationRelay that is set up at Twilio.",
    virtualAgent: "A virtual agent, by an installed connector.",
    room: "A video room, by its `name`.",
    conversation: "A Twilio Conversation.",
    aiSession: "An AI session that is set up at Twilio.",
    save: "Variables, and the field of the closing webhook that each keeps.",
    status: "Exits by outcome.",
  },
  outcomes: {
    failed: "The session could not begin, or broke off.",
    "live-agent-handoff": "A virtual agent wants a person to go on.",
    timeout: "A virtual agent's time ran out.",
    paused: "A virtual agent paused.",
    hangup: "The caller hung up. Nobody is there to hear more: only an exit of its own goes on.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, to) => ({
    enter: [ask(step, to), { op: "wait", block: "over" }],
    over: over(step, to),
  }),
};
