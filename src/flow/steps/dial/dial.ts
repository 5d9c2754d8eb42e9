/** `dial`: connect the caller to somebody. */

import type { Op } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import { sideStep } from "../../language/prompt-schema.ts";
import type { Step } from "../../model/flow.ts";
import { allowed } from "../../numbers/allow.ts";
import type { StepKind } from "../kind.ts";
import { Body, DIAL, type Dial } from "./body.ts";
import { captureOf, metBlocks } from "./callee.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { lint, type Shared } from "./lint.ts";
import { type Room, ringNumber, ringTurn, roomBlocks, roomsOf, whisperBlocks } from "./ring.ts";
import { computed, NUMBER_SLOT, startTurn, TURN, type Turn, turnAfter, turnsOf } from "./turns.ts";

/** Begins at the only turn, at the first of several, or at the one that an expression names. */
function enter(step: Step<Dial>, compiler: Compiler, turns: readonly Turn[], rooms: readonly Room[]): Op[] {
  const expr = computed(step.body);
  const [first] = turns;
  if (expr === undefined) {
    if (!first) return ended(step, compiler, turns, "failed");
    return turns.length === 1 ? ringTurn(step, compiler, first, rooms) : startTurn(first);
  }
  const starts = turns.filter(({ key }) => key.endsWith(".0"));
  const named = starts.map((turn): [string, Op[]] => [turn.key.slice(0, -2), startTurn(turn)]);
  return [
    { op: "set", to: { slot: TURN }, from: { value: "" } },
    { op: "switch", on: { expr }, cases: Object.fromEntries(named) },
    ...numberOps(step, compiler, turns, expr),
  ];
}

function numberOps(step: Step<Dial>, compiler: Compiler, turns: readonly Turn[], expr: string): Op[] {
  const failed = ended(step, compiler, turns, "failed");
  const { allow } = step.body;
  if (allow === undefined) return failed;
  const matches = allowed(allow);
  return [
    { op: "set", to: { slot: NUMBER_SLOT }, from: { expr }, matches, otherwise: failed },
    ...ringNumber(step, compiler),
  ];
}

/** What follows an outcome: its captures, and its exit. */
function ended(step: Step<Dial>, compiler: Compiler, turns: readonly Turn[], outcome: string): Op[] {
  return [...captureOf(step, compiler, turns, outcome), ...compiler.outcome(step.body.status, outcome)];
}

function rang(step: Step<Dial>, compiler: Compiler, turns: readonly Turn[]): Op[] {
  const nextTurn = turnAfter(turns);
  const over = (outcome: string): Op[] => ended(step, compiler, turns, outcome);
  const taken: Op[] = [
    { op: "switch", on: { param: "DialBridged" }, cases: { false: [...nextTurn, ...over("declined")] } },
    ...captureOf(step, compiler, turns, "completed"),
    ...compiler.exit(step.next ?? "hangup"),
  ];
  const outcomes = ["busy", "no-answer", "failed", "canceled"].map((name) => [name, over(name)]);
  return [
    { op: "switch", on: { param: "DialCallStatus" }, cases: { completed: taken, answered: taken } },
    ...nextTurn,
    { op: "switch", on: { param: "DialCallStatus" }, cases: Object.fromEntries(outcomes) },
    ...over("failed"),
  ];
}

/** A callee chooses a language for the whisper only: the caller continues in their own language. */
function ownLanguage({ body }: Step<Dial>, compiler: Compiler): [keep: Op[], restore: Op[]] {
  const { whisper } = body;
  if (!compiler.facts.speech.multilingual || whisper === undefined || sideStep(whisper) === undefined)
    return [[], []];
  const slot = "language";
  return [
    [{ op: "set", to: { slot }, from: { language: true } }],
    [{ op: "set", to: { language: true }, from: { slot } }],
  ];
}

export const dial: StepKind<Dial, Code, Shared> = {
  name: "dial",
  does: "asks",
  role: "connects",
  handsOver: true,
  recordsCall: ({ record }) => typeof record === "string" && record !== "do-not-record",
  heardByOthers: ["whisper"],
  aliases: { number: ["to"], target: ["to"] },
  doc: {
    summary: "Connects the caller to a destination.",
    text:
      "`to` is the name of a destination, a number, or one whole `{{ }}` that computes either. What callers can decide, a " +
      "number, a SIP address, a client, an application or a SIM, must match an entry of `allow`: a country (`US`), or a " +
      "pattern, in which `*` matches any digits and `?` one (see [Computed receivers](../language.md#computed-receivers)). " +
      "Premium-rate numbers match only a " +
      "pattern that spells out their prefix (`+1900*`). A call to a computed receiver ends after an hour unless you set " +
      "`timeLimit`. A list rings all at once, or one after another with `sequential: true`; `timeout` then applies to " +
      "each. `next` is taken after the conversation; every other outcome is looked up in `status`. `save` captures " +
      "`status` (`completed`, or the outcome), `seconds` (how long the callee was on the line, whisper included), `name` and `number` (the " +
      "destination that picked up, and its number or address), `recording` (with `record`) and `waited` (the seconds for " +
      "which a caller from a queue had waited). What a call does not have is the default of its variable. If several ring at " +
      "once, the one who picks up is known by a webhook of that leg, so a WhatsApp number, an application, or a leg with its " +
      "own `url` has no name.",
    example: yaml`

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
            save: { outcome: status, talked: seconds }
            status: { else: reception }
          next: log
        log:
          request:
            url: https://crm.example.com/calls
            json: { outcome: "{{ vars.outcome }}", seconds: "{{ vars.talked }}" }
            status: { else: hangup }
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
        seconds: 95
      - request: https://crm.example.com/calls
        json: { outcome: completed }
      - end
    requests:
      https://crm.example.com/calls: [{ status: 204 }]
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
    to: "The destination or number to ring.",
    sequential: "Rings a list one after another, instead of all at once.",
    allow:
      "Countries, such as `US`, and patterns, such as `+1415*` or `sip:*@pbx.example.com`, one of which a computed receiver must match.",
    whisper:
      "The prompt that the callee hears before being connected, or `{step}`, which can ask: `return` connects, `hangup` declines.",
    accept: "The key that the callee presses to take the call; if left out, picking up is enough.",
    save: "Variables, and the result that each captures: `status`, `seconds`, `name`, `number`, `recording` or `waited`.",
    status: "Exits by outcome.",
    timeout: "Seconds of ringing; Twilio's default is 30.",
    timeLimit:
      "Seconds after which the conversation ends; if left out, four hours, or one hour for a computed receiver.",
    callerId: "The number shown to the callee; the caller's own if left out.",
    answerOnBridge: "Lets the caller hear ringing until the callee picks up (as the first step of a call).",
    hangupOnStar: "Whether the caller can press star to end the conversation and continue in the flow.",
    record: "Whether and from when the conversation is recorded.",
    recordingTrack: "`inbound`, `outbound` or `both`.",
    recordingStatusCallback: "The URL to which Twilio reports the recording.",
    recordingStatusCallbackMethod: "`GET` or `POST`; `POST` if left out.",
    recordingStatusCallbackEvent: "`in-progress`, `completed`, `absent`, or a list of these.",
    recordingConfigurationId: "A recording configuration of the Twilio account.",
    trim: "`trim-silence` or `do-not-trim`.",
    ringTone: "The country whose ringing tone the caller hears.",
    referUrl: "The URL of the application that takes over if the callee transfers the call (SIP REFER).",
    referMethod: "The method for `referUrl`: `GET` or `POST`.",
    callReason: "The reason for the call, in up to 50 characters, for phones that show it.",
    events: "`call-progress-event`.",
    passports: "SHAKEN/STIR passports to send.",
  },
  outcomes: {
    busy: "The line is busy.",
    "no-answer": "Nobody picked up in time.",
    failed:
      "Nothing could be rung: the number does not exist, an environment variable is unset, or nothing in `allow` matches.",
    canceled: "The ringing ended before anybody picked up.",
    declined: "Somebody picked up, but did not accept the call.",
  },
  next: () => "required",
  resumes: "rang",
  findings: FINDINGS,
  lint,
  compile(step, compiler) {
    const turns = turnsOf(step.body, compiler);
    const rooms = roomsOf(turns);
    const several = turns.length > 1 || computed(step.body) !== undefined;
    const rings = turns.map((turn): [string, Op[]] => [turn.key, ringTurn(step, compiler, turn, rooms)]);
    const failed = ended(step, compiler, turns, "failed");
    const [keep, restore] = ownLanguage(step, compiler);
    return {
      enter: [...keep, ...enter(step, compiler, turns, rooms)],
      ...(several
        ? { ring: [{ op: "switch", on: { slot: TURN }, cases: Object.fromEntries(rings) }, ...failed] }
        : {}),
      rang: [...restore, ...rang(step, compiler, turns)],
      unset: [...turnAfter(turns), ...failed],
      ...whisperBlocks(step, compiler),
      ...metBlocks(step, compiler, turns),
      ...roomBlocks(rooms, compiler),
    };
  },
};
