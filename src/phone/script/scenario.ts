/**
 * A scenario: a call written down, as data. `flows/<name>.test.yaml` holds them.
 */

import type { Attestation } from "../carrier.ts";
import type { PayResult, QueueResult, ReferStatus } from "../leg/handset.ts";
import type { QueuePlace, UnansweredStatus } from "../leg/moment.ts";

/** A line of the called person. */
export type CalleeStep =
  /**
   * A part of what the called phone hears, since it last answered; with `hangup`, this person hangs up as soon as it is heard,
   * or the caller.
   */
  { hears: string; hangup?: boolean | "caller" } | CalleeAnswer;

/** The called person's answer to a gather. */
export type CalleeAnswer = { presses: string } | { says: string } | "silence" | "hangup";

/**
 * The outcome of a dial: Twilio's DialCallStatus, or `declined`: picked up and not connected, because the person
 * did not accept.
 */
export type DialStatus = "completed" | "declined" | "no-answer" | "busy" | "failed" | "canceled";

/**
 * Who hangs up at the end of a conversation; the callee by default. A caller can also hang up before it, while the called
 * person is asked something that the script does not answer.
 */
export type Ends = "caller" | "callee";

/** Seconds of a conversation whose length the script does not say. */
export const TALK_SECONDS = 60;

/** The conversation that follows: who hangs up, and after how many seconds. */
export interface Talk {
  ends?: Ends;
  seconds?: number;
}

/** A part of what is heard. */
interface HearStep {
  hear: string;
  hangup?: boolean;
}

/** A text message: a part of what it says, and to whom it goes: a number, or a destination's name. */
export interface SmsStep {
  sms: string;
  to?: string;
}

/** A service request: its URL, in which `*` matches anything, and a part of its body. */
export interface RequestStep {
  request: string;
  json?: unknown;
}

/** Twilio reports on the message of the last `sms` line. */
export interface DeliveryStep {
  delivery: "delivered" | "undelivered" | "failed";
  /** Twilio's, such as 30005. */
  errorCode?: string;
}

/** The flow places its call again after this time, such as `10m` or `2h`; no one answers that one either, or someone does. */
export interface RetryStep {
  retry: string;
  unanswered?: UnansweredStatus;
}

/** A text message to the number with the URLs of its pictures, outside any call: replies are checked with `sms`. */
export interface TextStep {
  text: string;
  media?: readonly string[];
}

/**
 * Seconds in a queue, or in a conference's waiting room, and the result; 0 is no wait at all. Or a time outside any call, such as
 * `31m`: what the flow does meanwhile, because no message comes, happens.
 */
export interface WaitStep extends Talk {
  wait: number | string;
  status?: QueueResult | "hangup";
}

/** Whether a line is a text message. */
export function isText(step: ScriptStep | undefined): step is TextStep {
  return typeof step === "object" && "text" in step;
}

/** Whether a line is a time outside any call. */
export function isPause(step: ScriptStep | undefined): step is WaitStep & { wait: string } {
  return typeof step === "object" && "wait" in step && typeof step.wait === "string";
}

/** Whether a line is a wait within a call. */
export function isQueueWait(step: ScriptStep | undefined): step is WaitStep & { wait: number } {
  return typeof step === "object" && "wait" in step && typeof step.wait === "number";
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds of a time such as `90s` or `2h`. */
export function secondsIn(text: string): number {
  return Number.parseInt(text, 10) * (SECONDS[text.slice(-1)] ?? 60);
}

/** The minutes of a time such as `2h`. */
export function minutesIn(text: string): number {
  return secondsIn(text) / 60;
}

/** Nothing of the kind was sent, except what earlier lines named. */
export type NothingSent = "no sms" | "no request";

/** What a line of a script says of what was sent. */
export type SentStep = RequestStep | SmsStep | NothingSent;

/** Whether a line is about what was sent, and needs nothing of the call. */
export function isSentStep(step: ScriptStep): step is SentStep | DeliveryStep {
  if (typeof step === "string") return step === "no sms" || step === "no request";
  return "request" in step || "sms" in step || "delivery" in step;
}

/** One line of a script. */
export type ScriptStep =
  /**
   * A part of what is heard, after the part before; ignores case and white space. With `hangup`, the caller hangs up as soon
   * as it is heard.
   */
  | HearStep
  /** Keys, when the call asks for them. */
  | { press: string }
  /** Words, when the call asks for them; `as` is what is recognised, as typed if it is left out. */
  | { say: string; as?: string }
  /** The call must be ringing this now: a number, `client:ada` or `ada`, or a destination's name. */
  | ({ dial: string; callee?: readonly CalleeStep[]; status?: DialStatus } & Talk)
  /** Seconds of a message, which a key or hanging up ends, and what a transcript of it would hold; `silence` leaves no message. */
  | { record: number | "silence"; words?: string; hangup?: boolean }
  | WaitStep
  /** The call must be connected to a session now, which ends with these fields of Twilio's closing webhook. */
  | { connect: Readonly<Record<string, string>> }
  /** The call must be taking a payment now: Twilio's Result, and other fields of the action's webhook. */
  | { pay: PayResult; fields?: Readonly<Record<string, string>> }
  /** Asynchronous answering machine detection has found a machine, while the call asks for something. */
  | { machine: string }
  /** The call must be referring the caller elsewhere now. */
  | { refer: ReferStatus }
  /** Something that must have been sent by now; who plays the scenario knows. */
  | RequestStep
  | SmsStep
  | DeliveryStep
  | RetryStep
  | NothingSent
  | TextStep
  /** Nothing is pressed or said, or no message is left. */
  | "silence"
  /** The caller hangs up; passes if the call is already over. */
  | "hangup"
  /** The call must be over, and not because the caller hung up; after a text message, the conversation must be. */
  | "end";

/** What Twilio knows of the caller. */
export interface ScenarioCaller {
  name?: string;
  city?: string;
  state?: string;
  zip?: string;
  /** Two letters: `US`. */
  country?: string;
  /** Whether the caller's carrier vouches for the number: attestation A. */
  verified?: boolean;
  /** What the caller's carrier attests. */
  attestation?: Attestation;
}

/** A scripted call. */
export interface Scenario {
  name: string;
  /** When the call is made, as an ISO date with its offset from UTC. */
  at?: string;
  /** Twilio makes the call: `from` is the line's number, and `to` that of the person called. */
  direction?: "inbound" | "outbound";
  /** E.164, or `sip:ada@example.com`. */
  from?: string;
  /** E.164. */
  to?: string;
  /** What answering machine detection says: `human`, `machine_start` … */
  answeredBy?: string;
  /** No one answers a call that was placed. */
  unanswered?: UnansweredStatus;
  /** The caller's place in every queue: the first of one if left out. */
  queue?: QueuePlace;
  /** What Twilio knows of the caller. */
  caller?: ScenarioCaller;
  /** What the number's owner passes along with the first webhook. */
  parameters?: Readonly<Record<string, string>>;
  script: readonly ScriptStep[];
}

/** What the carrier knows of a caller. */
export function knownOf({
  name,
  verified,
  attestation = verified ? "A" : undefined,
  ...place
}: ScenarioCaller) {
  return { ...place, ...(name !== undefined && { callerName: name }), attestation };
}

/** The numbers of a call: `person` and `line` are those of a call that names none. */
export function numbersOf(
  { direction, from, to }: { [key in "direction" | "from" | "to"]?: Scenario[key] | undefined },
  person: string,
  line: string,
): { person: string; line: string; from: string; to: string } {
  return direction === "outbound"
    ? { person: to ?? person, line: from ?? line, from: from ?? line, to: to ?? person }
    : { person: from ?? person, line: to ?? line, from: from ?? person, to: to ?? line };
}

/** A step as written in the file: `press: 1`. Leaves out the callee's part. */
export function stepText(step: ScriptStep | CalleeStep): string {
  if (typeof step === "string") return step;
  return Object.entries(step)
    .filter(([key]) => key !== "callee")
    .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}
