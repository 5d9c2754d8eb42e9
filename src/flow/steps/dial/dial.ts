/** `dial`: connect the caller to somebody. */
import type { Op } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { sideStep } from "../../language/schema.ts";
import type { Step } from "../../model/flow.ts";
import { allowed } from "../../numbers/allow.ts";
import type { StepKind } from "../kind.ts";
import { Body, DIAL, type Dial } from "./body.ts";
import { FINDINGS, lint } from "./lint.ts";
import {
  computed,
  NUMBER_SLOT,
  type Room,
  ringNumber,
  ringTurn,
  roomBlocks,
  roomsOf,
  startTurn,
  TURN,
  type Turn,
  turnAfter,
  turnsOf,
  whisperBlocks,
} from "./ring.ts";

/** Where a dial begins: at the only turn, at the first of several, or where an expression says. */
function enter(step: Step<Dial>, to: Compiler, turns: readonly Turn[], rooms: readonly Room[]): Op[] {
  const expr = computed(step.body);
  const [first] = turns;
  if (expr === undefined) {
    if (!first) return to.outcome(step.body.status, "failed");
    return turns.length === 1 ? ringTurn(step, to, first, rooms) : startTurn(first);
  }
  const starts = turns.filter(({ key }) => key.endsWith(".0"));
  const named = starts.map((turn): [string, Op[]] => [turn.key.slice(0, -2), startTurn(turn)]);
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
    { op: "set", to: { slot: NUMBER_SLOT }, from: { expr }, matches, otherwise: failed },
    ...ringNumber(step, to),
  ];
}

function rang(step: Step<Dial>, to: Compiler, turns: readonly Turn[]): Op[] {
  const { status } = step.body;
  const nextTurn = turnAfter(turns);
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

/** A callee who chooses a language chooses it for the whisper: the caller goes on in the caller's own. */
function ownLanguage({ body }: Step<Dial>, to: Compiler): [keep: Op[], restore: Op[]] {
  const { whisper } = body;
  if (!to.facts.speech.multilingual || whisper === undefined || sideStep(whisper) === undefined)
    return [[], []];
  const slot = "language";
  return [
    [{ op: "set", to: { slot }, from: { language: true } }],
    [{ op: "set", to: { language: true }, from: { slot } }],
  ];
}

export const dial: StepKind<Dial> = {
  name: "dial",
  does: "asks",
  heardByOthers: ["whisper"],
  aliases: { number: ["to"], target: ["to"] },
  doc: {
    summary: "Connects the caller to a destination.",
    text:
      "`to` names a destination, or is a number, or a whole `{{ }}` that gives a destination's name. A computed " +
      "number must match one of the `allow` patterns, in which `*` stands for any digits and `?` for one. A premium-rate " +
      "number does so only where the pattern spells it (`+1900*`), and the call ends after an hour unless `timeLimit` " +
      "says otherwise: nobody looked at that number before it was rung. A list " +
      "rings all at once, or in turn with `sequential: true`; then `timeout` holds for each. `next` is taken after " +
      "the conversation; every other outcome is looked up in `status`.",
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
    calls: `
flow: example
scenarios:
  - name: the first does not pick up, the second takes the call
    script:
      - dial: +14155550101
        status: no-answer
      - dial: +14155550102
        callee: [hears: A call for on-call., presses: 1]
      - end
  - name: nobody takes it, so reception rings, and that is busy
    script:
      - dial: +14155550101
        status: no-answer
      - dial: +14155550102
        status: declined
      - dial: reception
        status: busy
      - hear: Nobody is there.
      - end
`,
  },
  twiml: [DIAL],
  schema: Body,
  keys: {
    to: "Who is rung.",
    sequential: "Rings a list one after another instead of all at once.",
    allow: "Patterns that a computed number has to match.",
    whisper:
      "What the callee hears before the two are connected; or `{step}`, which may ask: `return` connects, `hangup` refuses.",
    accept: "The key by which the callee takes the call; without it, picking up is enough.",
    status: "Exits by outcome.",
    timeout: "Seconds of ringing; Twilio's default is 30.",
    timeLimit:
      "Seconds after which the conversation ends; four hours if left out, one hour of a computed number.",
    callerId: "The number shown to the callee; the caller's own if left out.",
    answerOnBridge: "Lets the caller hear ringing until the callee picks up (as the first step of a call).",
    hangupOnStar: "Whether the caller's star key ends the conversation and goes on in the flow.",
    record: "Whether and from when the conversation is recorded.",
    recordingTrack: "`inbound`, `outbound` or `both`.",
    recordingStatusCallback: "Where Twilio tells of the recording, by a webhook of its own.",
    recordingStatusCallbackMethod: "`GET` or `POST`; `POST` if left out.",
    recordingStatusCallbackEvent: "`in-progress`, `completed`, `absent`, or a list of these.",
    recordingConfigurationId: "A recording configuration of the Twilio account.",
    trim: "`trim-silence` or `do-not-trim`.",
    ringTone: "The country whose ringing tone the caller hears.",
    referUrl: "The application that takes over when the other end transfers the call (SIP REFER).",
    referMethod: "How that application is asked: `GET` or `POST`.",
    callReason: "Why you call, in up to 50 characters, for phones that show it.",
    events: "`call-progress-event`.",
    passports: "SHAKEN/STIR passports to send along.",
  },
  outcomes: {
    busy: "Whoever was rung is busy.",
    "no-answer": "Nobody picked up in time.",
    failed:
      "Nobody could be rung: no such number, a Worker's variable that is not set, a computed number that no `allow` matches.",
    canceled: "The ringing was ended before anybody picked up.",
    declined: "Somebody picked up and was not connected: the key of `accept` was not pressed.",
  },
  next: () => "required",
  resumes: "rang",
  findings: FINDINGS,
  lint,
  compile(step, to) {
    const turns = turnsOf(step.body, to);
    const rooms = roomsOf(turns);
    const several = turns.length > 1 || computed(step.body) !== undefined;
    const rings = turns.map((turn): [string, Op[]] => [turn.key, ringTurn(step, to, turn, rooms)]);
    const failed = to.outcome(step.body.status, "failed");
    const [keep, restore] = ownLanguage(step, to);
    return {
      enter: [...keep, ...enter(step, to, turns, rooms)],
      ...(several
        ? { ring: [{ op: "switch", on: { slot: TURN }, cases: Object.fromEntries(rings) }, ...failed] }
        : {}),
      rang: [...restore, ...rang(step, to, turns)],
      unset: [...turnAfter(turns), ...failed],
      ...whisperBlocks(step, to),
      ...roomBlocks(rooms, to),
    };
  },
};
