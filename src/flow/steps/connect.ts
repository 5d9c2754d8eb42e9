/** `connect`: hand the caller to a stream, an AI agent, a room or a conversation, until that is over. */
import Type, { type TSchema } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { keepParams, whenEmpty } from "../compile/compiler.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import { mapValues } from "../language/map-values.ts";
import { Exit, Keys, Saved, Status } from "../language/schema.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../model/flow.ts";
import { addNoun, keyOf, type Noun, neededIn, schemaOf } from "../twiml/noun.ts";
import { AI_SESSION, CONVERSATION_RELAY, CONVERSATION_RELAY_SESSION, SESSIONS } from "../twiml/sessions.ts";
import type { StepKind } from "./kind.ts";
import { checkStream } from "./start-stop.ts";

/** TwiML Connect. */
const CONNECT: Noun = {
  element: "Connect",
  example: "connect: { stream: { url: wss://example.com/audio }, … }",
  attributes: {},
  own: ["action"],
  children: SESSIONS,
};

/** What an agent hands back: JSON in a text, as the agent wrote it (TwiML ConversationRelay, "end session"). */
const HANDOFF = "HandoffData";
/** What can hand something back. */
const AGENTS: readonly Noun[] = [CONVERSATION_RELAY, CONVERSATION_RELAY_SESSION, AI_SESSION];

/** TwiML VirtualAgent, "VirtualAgentStatus"; a ConversationRelay only ends or fails. */
const OUTCOMES = ["failed", "live-agent-handoff", "timeout", "paused"] as const;

/** What an agent hands back: exits by the `reasonCode` in a ConversationRelay's HandoffData. */
type Handoff = Readonly<Record<string, Exit>>;

interface Connect extends Readonly<Record<string, unknown>> {
  save?: Saved;
  handoff?: Handoff;
  status?: Partial<Record<(typeof OUTCOMES)[number] | "hangup" | "else", Exit>>;
}

const nouns: [string, TSchema][] = SESSIONS.map((noun) => [keyOf(noun), Type.Optional(schemaOf(noun))]);
const Body = Keys({
  ...Object.fromEntries(nouns),
  save: Type.Optional(Saved),
  handoff: Type.Optional(Type.Record(Type.String({ minLength: 1 }), Exit, { minProperties: 1 })),
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

/** Where nothing says what to connect to, the session has failed before it begins. */
function unset({ body }: Step<Connect>, to: Compiler): Op[] {
  const needed = named(body).flatMap((one) => neededIn(one.noun, one.body));
  return needed.flatMap((text) => whenEmpty(text, to.outcome(body.status, "failed")));
}

function over(step: Step<Connect>, to: Compiler): Op[] {
  const { status, save, handoff } = step.body;
  const outcomes = Object.fromEntries(OUTCOMES.map((name) => [name, to.outcome(status, name)]));
  const gone = { hangup: to.gone(status, "hangup") };
  return [
    ...keepParams(save, to),
    { op: "switch", on: { param: "SessionStatus" }, cases: { failed: to.outcome(status, "failed") } },
    { op: "switch", on: { param: "VirtualAgentStatus" }, cases: { ...outcomes, ...gone } },
    ...handedBack(handoff, to.exit(step.next ?? "hangup"), to),
  ];
}

/** The exit for what was handed back; `next` where nothing was. */
function handedBack(handoff: Handoff | undefined, next: Op[], to: Compiler): Op[] {
  if (handoff === undefined) return next;
  const { else: _, ...exits } = handoff;
  const cases = mapValues(exits, (exit) => to.exit(exit));
  return [
    { op: "switch", on: { param: HANDOFF }, cases: { "": next } },
    { op: "switch", on: { param: HANDOFF, path: ["reasonCode"] }, cases },
    ...to.outcome({ else: handoff.else }, "what was handed back"),
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
  {
    code: "handoff-where",
    severity: "error",
    summary: "A `handoff` of what hands nothing back: only an AI agent ends a session with a reason.",
    bad: flow("room: { name: standup }, handoff: { live-agent: hangup }"),
    good: flow(
      "conversationRelay: { url: wss://example.com/agent }, handoff: { live-agent: hangup, else: hangup }",
    ),
  },
];

function lint(step: Step<Connect>, _flow: Flow, report: Report): void {
  checkStream(step, report);
  const nouns = named(step.body);
  const handoff = valueAt(step, "handoff");
  if (handoff && nouns.length === 1 && !nouns.some(({ noun }) => AGENTS.includes(noun))) {
    const message = `nothing is handed back here; \`handoff\` goes with ${AGENTS.map(keyOf).join(", ")}`;
    report({ code: "handoff-where", at: handoff, message });
  }
  if (nouns.length === 1) return;
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
      "for one, or what stands in one that is JSON: `HandoffData.reason`. Where a field is missing, " +
      "its variable takes its default. `next` is taken when it ended well. `handoff` has exits for what an AI agent hands back, by the " +
      '`reasonCode` in its handoff data (`{"reasonCode": "live-agent", "reason": "…"}`), and `else` for any other; ' +
      "`next` is then for an agent that hands nothing back. Every other outcome is looked up in `status`.",
    example: `
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
    record: { prompt: Please leave your name and number. }
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
    stream: "The call's audio, both ways, over a websocket.",
    conversationRelay: "An AI agent that reads and writes text over a websocket; Twilio hears and speaks.",
    conversationRelaySession: "A ConversationRelay that is set up at Twilio.",
    virtualAgent: "A virtual agent, by an installed connector.",
    room: "A video room, by its `name`.",
    conversation: "A Twilio Conversation.",
    aiSession: "An AI session that is set up at Twilio.",
    save: "Variables, and the field of the closing webhook that each keeps, or a path into its JSON.",
    handoff: "Exits by the `reasonCode` that an AI agent hands back, with `else`.",
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
    enter: [...unset(step, to), ask(step, to), { op: "wait", block: "over" }],
    over: over(step, to),
  }),
};
