/**
 * The person at the end of a leg, as the carrier sees them: hears moments, and answers questions. A terminal, a browser
 * page and a script are each a handset.
 */
import type {
  Bridged,
  Connected,
  Gathering,
  Moment,
  Paying,
  Recording,
  Referring,
  Ringing,
  Waiting,
} from "./moment.ts";

/** An answer, at once or later. */
export type Maybe<T> = T | Promise<T>;

/** Keys as they are pressed (a finishing key among them), words, nothing, or gone. */
export type GatherAnswer =
  | { digits: string }
  | { speech: string; confidence?: number }
  | "silence"
  | "hangup";

/** A message; `key` ended it, or the caller's hanging up did. `words` is what a transcript would hold. */
export type RecordAnswer =
  | { seconds: number; key?: string; hangup?: true; words?: string }
  | "silence"
  | "hangup";

/** The outcome of ringing. */
export type RingAnswer =
  | { status: "busy" | "no-answer" | "failed" | "canceled" }
  /**
   * Who picked up, as an index of `callees`, and that person's handset; `left` if it hangs up before the connection,
   * with the dial's status.
   */
  | { answered: number; handset: CalledHandset; left?: "busy" | "no-answer" | "failed" | "canceled" }
  /** The caller gave up. */
  | "hangup";

/** How long two people talked, in seconds, and who hung up. */
export interface TalkAnswer {
  seconds: number;
  by: "caller" | "callee";
}

/** The end of a wait in a queue: Twilio's QueueResult. Leaving is the flow's own doing. */
export type QueueResult = "bridged" | "queue-full" | "error" | "system-error" | "redirected";

/** The outcome of a pass of a wait; `stay` for another pass. */
export type WaitAnswer = "stay" | "hangup" | { result: QueueResult };

/** How a session ends: after how many seconds, with which fields of Twilio's closing webhook. */
export type ConnectAnswer = { seconds: number; fields: Readonly<Record<string, string>> } | "hangup";

/** The end of a payment: Twilio's Result, or `exhausted`: too many attempts, after which the next verb is played. */
export type PayResult =
  | "success"
  | "too-many-failed-attempts"
  | "exhausted"
  | "payment-connector-error"
  | "caller-interrupted-with-star"
  | "validation-error"
  | "internal-error";

/** The result of a payment, with fields of the action's webhook. */
export type PayAnswer = { result: PayResult; fields: Readonly<Record<string, string>> } | "hangup";

/** The end of a transfer: Twilio's ReferCallStatus; `untold` if the other side never reports one. */
export type ReferStatus = "in-progress" | "busy" | "no-answer" | "failed" | "untold";

/** The result of a transfer. */
export type ReferAnswer = { status: ReferStatus } | "hangup";

/** The phone of a called person. */
export interface CalledHandset {
  /** Gets every moment, in order. A promise holds the leg up until it is fulfilled. */
  hear(moment: Moment): void | Promise<void>;
  /** Asked for keys or words, after all prompts were heard. */
  gather(gathering: Gathering): Maybe<GatherAnswer>;
  /** Whether a called person has hung up in the middle of something. Asked after each verb; a handset without it stays. */
  isGone?(): boolean;
}

/** The caller's phone. Its functions must not throw. */
export interface Handset extends CalledHandset {
  record(recording: Recording): Maybe<RecordAnswer>;
  ring(ringing: Ringing): Maybe<RingAnswer>;
  talk(bridged: Bridged): Maybe<TalkAnswer>;
  /** Asked before anything of the wait is heard, and whenever it has run out. */
  wait(waiting: Waiting): Maybe<WaitAnswer>;
  connect(connected: Connected): Maybe<ConnectAnswer>;
  pay(paying: Paying): Maybe<PayAnswer>;
  refer(referring: Referring): Maybe<ReferAnswer>;
}
