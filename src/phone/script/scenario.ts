/**
 * A scenario: a call written down, as data. `flows/<name>.test.yaml` holds them.
 */

import type { PayResult, QueueResult, ReferStatus } from "../leg/handset.ts";
import type { QueuePlace } from "../leg/moment.ts";

/** What the person does who was rung. */
export type CalleeStep =
  /** A part of what the called phone hears. */
  | { hears: string }
  /** Keys, pressed when the called phone is asked for them. */
  | { presses: string };

/**
 * What becomes of a dial: Twilio's DialCallStatus, or `declined`: picked up and not connected, because the person
 * did not accept.
 */
export type DialStatus = "completed" | "declined" | "no-answer" | "busy" | "failed" | "canceled";

/** Who hangs up at the end of a conversation; whoever was called if left out. */
export type Ends = "caller" | "callee";

/** A text message: a part of what it says, and to whom it goes: a number, or a destination's name. */
export interface SmsStep {
  sms: string;
  to?: string;
}

/** A request to a service: its address, in which `*` stands for anything, and what its body holds. */
export interface RequestStep {
  request: string;
  json?: unknown;
}

/** Nothing of the kind may have been sent by now, besides what the lines before have named. */
export type NothingSent = "no sms" | "no request";

/** What a line of a script says of what was sent. */
export type SentStep = RequestStep | SmsStep | NothingSent;

/** Whether a line is about what was sent, and needs nothing of the call. */
export function isSentStep(step: ScriptStep): step is SentStep {
  if (typeof step === "string") return step === "no sms" || step === "no request";
  return "request" in step || "sms" in step;
}

/** One line of a script. */
export type ScriptStep =
  /** A part of what is heard, behind what was heard before; case and white space do not matter. */
  | { hear: string }
  /** Keys, when the call asks for them. */
  | { press: string }
  /** Words, when the call asks for them. */
  | { say: string }
  /** The call must be ringing this now: a number, `client:ada` or `ada`, or a destination's name. */
  | { dial: string; callee?: readonly CalleeStep[]; status?: DialStatus; ends?: Ends }
  /** Seconds of a message, and what a transcript of it would hold; `silence` is no message at all. */
  | { record: number | "silence"; words?: string }
  /** Seconds in a queue, or in a conference's waiting room, and what comes then; 0 is no waiting at all. */
  | { wait: number; status?: QueueResult; ends?: Ends }
  /** The call must be connected to a session now, which ends with these fields of Twilio's closing webhook. */
  | { connect: Readonly<Record<string, string>> }
  /** The call must be taking a payment now: Twilio's Result, and other fields of the webhook that tells of it. */
  | { pay: PayResult; fields?: Readonly<Record<string, string>> }
  /** The call must be referring the caller elsewhere now. */
  | { refer: ReferStatus }
  /** Something that must have been sent by now; who plays the scenario knows. */
  | RequestStep
  | SmsStep
  | NothingSent
  /** A text message that is written to the number, beside any call: what comes back is an `sms`. */
  | { text: string }
  /** Nothing is pressed or said, or no message is left. */
  | "silence"
  /** The caller hangs up; where the call is over already, that will do. */
  | "hangup"
  /** The call must be over, and not because the caller hung up. */
  | "end";

/** Who calls, as far as Twilio tells. */
export interface ScenarioCaller {
  name?: string;
  city?: string;
  state?: string;
  zip?: string;
  /** Two letters: `US`. */
  country?: string;
  /** Whether the caller's carrier vouches for the number. */
  verified?: boolean;
}

/** A scripted call. */
export interface Scenario {
  name: string;
  /** When the call is made, as an ISO date with its offset from UTC. */
  at?: string;
  /** E.164, or `sip:ada@example.com`. */
  from?: string;
  /** E.164. */
  to?: string;
  /** What answering machine detection says: `human`, `machine_start` … */
  answeredBy?: string;
  /** The caller's place in every queue: the first of one if left out. */
  queue?: QueuePlace;
  /** What Twilio knows of the caller, empty where left out. */
  caller?: ScenarioCaller;
  script: readonly ScriptStep[];
}

/** A step as it would stand in the file: `press: 1`. What a called phone does is told where it does it. */
export function stepText(step: ScriptStep | CalleeStep): string {
  if (typeof step === "string") return step;
  return Object.entries(step)
    .filter(([key]) => key !== "callee")
    .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}
