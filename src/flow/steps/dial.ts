/** `dial`: connect the caller to somebody. */
import Type, { type Static } from "typebox";
import type { Op, Part } from "../../program/program.ts";
import { allowed } from "../allow.ts";
import type { Compiler } from "../compiler.ts";
import { addLeg, groupsOf, whenUnset } from "../destination.ts";
import { Destination, Keys, type Leg, OneOf, Prompt, Shaped, Status, Text, Whole } from "../schema.ts";
import { wholeHole } from "../text.ts";
import { attributesOf } from "../twiml.ts";
import { FINDINGS, lint } from "./dial-lint.ts";
import type { Step, StepKind } from "./kind.ts";

/** TwiML Dial: the countries whose ringing tone it can play. */
const RING_TONES =
  "at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za".split(
    " ",
  );

const Body = Keys({
  to: Destination,
  sequential: Type.Optional(Type.Boolean()),
  allow: Type.Optional(
    Type.Array(Shaped("^[+0-9*?]+$", "a number with `*` for any digits and `?` for one"), { minItems: 1 }),
  ),
  whisper: Type.Optional(Prompt),
  accept: Type.Optional(Shaped("^[0-9#*]$", "one key")),
  status: Type.Optional(Status("busy", "no-answer", "failed", "canceled", "declined")),
  timeout: Type.Optional(Whole(5, 600)),
  timeLimit: Type.Optional(Whole(1, 86400)),
  callerId: Type.Optional(Text),
  answerOnBridge: Type.Optional(Type.Boolean()),
  hangupOnStar: Type.Optional(Type.Boolean()),
  record: Type.Optional(
    OneOf(
      "do-not-record",
      "record-from-answer",
      "record-from-ringing",
      "record-from-answer-dual",
      "record-from-ringing-dual",
    ),
  ),
  recordingTrack: Type.Optional(OneOf("inbound", "outbound", "both")),
  trim: Type.Optional(OneOf("trim-silence", "do-not-trim")),
  ringTone: Type.Optional(OneOf(...RING_TONES)),
});
export type Dial = Static<typeof Body>;

/** How long a callee may take to press the key that accepts, in seconds. */
const ACCEPT_SECONDS = 10;

/** The name of the slot that says which turn is rung, and the one that keeps a computed number. */
const TURN = "turn";
const NUMBER = "number";

/** What is rung at one turn, and the turn after it when nobody takes the call. */
interface Turn {
  key: string;
  legs: Leg[];
  after?: string;
}

function turnsOf(to: Compiler, name: string, destination: Destination, inTurn: boolean): Turn[] {
  const groups = groupsOf(to.facts.destinations, destination, inTurn);
  return groups.map((legs, index) => {
    const key = `${name}.${index}`;
    return index + 1 < groups.length ? { key, legs, after: `${name}.${index + 1}` } : { key, legs };
  });
}

/** Every turn that a dial may take: of the one destination, or of all that an expression may name. */
function allTurns(body: Dial, to: Compiler): Turn[] {
  const inTurn = body.sequential ?? false;
  if (computed(body) === undefined) return turnsOf(to, "", body.to, inTurn);
  return Object.entries(to.facts.destinations).flatMap(([name, destination]) =>
    turnsOf(to, name, destination, inTurn),
  );
}

function computed(body: Dial): string | undefined {
  return typeof body.to === "string" ? wholeHole(body.to)?.expr : undefined;
}

function ring(step: Step<Dial>, to: Compiler, addLegs: (dial: Parameters<typeof addLeg>[1]) => void): Op[] {
  const { body } = step;
  const dial = to.twiml((response) =>
    addLegs(
      response.addChild(
        "Dial",
        attributesOf({
          action: to.link("rang"),
          timeout: body.timeout,
          timeLimit: body.timeLimit,
          callerId: to.text(body.callerId),
          answerOnBridge: body.answerOnBridge,
          hangupOnStar: body.hangupOnStar,
          record: body.record,
          recordingTrack: body.recordingTrack,
          trim: body.trim,
          ringTone: body.ringTone,
        }),
      ),
    ),
  );
  return [dial, { op: "wait", block: "rang" }];
}

function shared(body: Dial, to: Compiler): { url?: string } {
  return body.whisper === undefined ? {} : { url: to.link("whisper", "aside") };
}

function ringTurn(step: Step<Dial>, to: Compiler, { legs }: Turn): Op[] {
  const { body } = step;
  const unset = whenUnset(legs, [{ op: "goto", step: step.name, block: "unset" }]);
  return [
    ...unset,
    ...ring(step, to, (dial) => {
      for (const leg of legs) addLeg(to, dial, leg, shared(body, to));
    }),
  ];
}

function ringNumber(step: Step<Dial>, to: Compiler): Op[] {
  const number: Part = { hole: { slot: NUMBER }, as: "xml" };
  return ring(step, to, (dial) =>
    dial.addChild("Number", attributesOf(shared(step.body, to))).addText(to.mark(number)),
  );
}

function startTurn(turn: Turn, step: Step<Dial>): Op[] {
  return [
    { op: "set", to: { slot: TURN }, from: { value: turn.key } },
    { op: "goto", step: step.name, block: "ring" },
  ];
}

/** Where a dial begins: at the only turn, at the first of several, or where an expression says. */
function enter(step: Step<Dial>, to: Compiler, turns: Turn[]): Op[] {
  const expr = computed(step.body);
  const [first] = turns;
  if (expr === undefined) {
    if (!first) return to.outcome(step.body.status, "failed");
    return turns.length === 1 ? ringTurn(step, to, first) : startTurn(first, step);
  }
  const starts = turns.filter(({ key }) => key.endsWith(".0"));
  const named = starts.map((turn): [string, Op[]] => [turn.key.slice(0, -2), startTurn(turn, step)]);
  return [
    { op: "set", to: { slot: TURN }, from: { value: "" } },
    { op: "switch", on: { expr }, cases: Object.fromEntries(named) },
    ...numberOps(step, to, expr),
  ];
}

function numberOps(step: Step<Dial>, to: Compiler, expr: string): Op[] {
  const failed = to.outcome(step.body.status, "failed");
  const { allow } = step.body;
  if (allow === undefined) return failed;
  const matches = allowed(allow);
  return [
    { op: "set", to: { slot: NUMBER }, from: { expr }, matches, otherwise: failed },
    ...ringNumber(step, to),
  ];
}

function rang(step: Step<Dial>, to: Compiler, turns: Turn[]): Op[] {
  const { status } = step.body;
  const nextTurn = turnAfter(step, turns);
  const taken: Op[] = [
    {
      op: "switch",
      on: { param: "DialBridged" },
      cases: { false: [...nextTurn, ...to.outcome(status, "declined")] },
    },
    ...to.exit(step.next ?? "hangup"),
  ];
  const outcomes = ["busy", "no-answer", "failed", "canceled"].map((name) => [
    name,
    to.outcome(status, name),
  ]);
  return [
    { op: "switch", on: { param: "DialCallStatus" }, cases: { completed: taken, answered: taken } },
    ...nextTurn,
    { op: "switch", on: { param: "DialCallStatus" }, cases: Object.fromEntries(outcomes) },
    ...to.outcome(status, "failed"),
  ];
}

/** The ops that go on to the next turn, where there is one. */
function turnAfter(step: Step<Dial>, turns: Turn[]): Op[] {
  const cases = turns.flatMap(({ key, after }): [string, Op[]][] => {
    const next = turns.find((turn) => turn.key === after);
    return next ? [[key, startTurn(next, step)]] : [];
  });
  return cases.length === 0 ? [] : [{ op: "switch", on: { slot: TURN }, cases: Object.fromEntries(cases) }];
}

/** What the callee hears before the two are connected, and the key that accepts. */
function whisper({ body }: Step<Dial>, to: Compiler): Record<string, Op[]> {
  const { accept, whisper: prompt } = body;
  if (prompt === undefined) return {};
  if (accept === undefined) return { whisper: [to.prompt(prompt), { op: "end" }] };
  const ask = to.twiml((response) => {
    const action = to.link("accepted", "aside");
    const attributes = attributesOf({ action, numDigits: 1, finishOnKey: "", timeout: ACCEPT_SECONDS });
    to.speak(response.addChild("Gather", attributes), prompt);
    response.addChild("Hangup", {});
  });
  const refuse = to.twiml((response) => response.addChild("Hangup", {}));
  return {
    whisper: [ask, { op: "wait", block: "accepted" }],
    accepted: [
      { op: "switch", on: { param: "Digits" }, cases: { [accept]: [{ op: "end" }] } },
      refuse,
      { op: "end" },
    ],
  };
}

export const dial: StepKind<Dial> = {
  name: "dial",
  does: "asks",
  doc: {
    summary: "Connects the caller to a destination.",
    text:
      "`to` names a destination, or is a number, or a whole `{{ }}` that gives a destination's name. A computed " +
      "number must match one of the `allow` patterns, in which `*` stands for any digits and `?` for one. A list " +
      "rings all at once, or in turn with `sequential: true`; then `timeout` holds for each. `next` is taken after " +
      "the conversation; every other outcome is looked up in `status`: `busy`, `no-answer`, `failed`, `canceled`, " +
      "`declined` (picked up, not accepted), `else`.",
    example: `
destinations:
  reception: +14155550100
  oncall: [+14155550101, +14155550102]
steps:
  connect:
    dial:
      to: oncall
      sequential: true
      timeout: 20
      whisper: A call for on-call. Press 1 to take it.
      accept: 1
      status: { else: reception }
    next: hangup
  reception:
    dial: { to: reception, status: { else: bye } }
    next: hangup
  bye:
    hangup: Nobody is there. Goodbye.
`,
  },
  schema: Body,
  keys: {
    to: "Who is rung.",
    sequential: "Rings a list one after another instead of all at once.",
    allow: "Patterns that a computed number has to match.",
    whisper: "What the callee hears before the two are connected.",
    accept: "The key by which the callee takes the call; without it, picking up is enough.",
    status: "Exits by outcome.",
    timeout: "Seconds of ringing; Twilio's default is 30.",
    timeLimit: "Seconds after which the conversation ends; Twilio's default is four hours.",
    callerId: "The number shown to the callee; the caller's own if left out.",
    answerOnBridge: "Lets the caller hear ringing until the callee picks up (as the first step of a call).",
    hangupOnStar: "Whether the caller's star key ends the conversation and goes on in the flow.",
    record: "Whether and from when the conversation is recorded.",
    recordingTrack: "`inbound`, `outbound` or `both`.",
    trim: "`trim-silence` or `do-not-trim`.",
    ringTone: "The country whose ringing tone the caller hears.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile(step, to) {
    const turns = allTurns(step.body, to);
    const several = turns.length > 1 || computed(step.body) !== undefined;
    const rings = turns.map((turn): [string, Op[]] => [turn.key, ringTurn(step, to, turn)]);
    const failed = to.outcome(step.body.status, "failed");
    return {
      enter: enter(step, to, turns),
      ...(several
        ? { ring: [{ op: "switch", on: { slot: TURN }, cases: Object.fromEntries(rings) }, ...failed] }
        : {}),
      rang: rang(step, to, turns),
      unset: [...turnAfter(step, turns), ...failed],
      ...whisper(step, to),
    };
  },
};
