/** A call's state between two webhooks, as the ticket carries it and KV stores it. */

import type { Json } from "./json.ts";

/** The format of a Call and its tickets. Raised in the same way; tickets of the format before are still read. */
export const CALL_FORMAT = 2;

/** The caller's last input; empty texts and 0 if there was none. */
export interface Input {
  digits: string;
  speech: string;
  confidence: number;
  /** The key that ended the digits, if one did. */
  finishedOnKey?: string;
}

/** The other person of a call. All fields are always present, empty if Twilio sent nothing. */
export interface Caller {
  /** E.164 if Twilio knows the number, else as it came: `client:…`, `sip:…`. `anonymous` if it is hidden, however it came. */
  number: string;
  /** Whether there is no number to tell this person from others by. */
  hidden: boolean;
  name: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  /** What the caller's carrier attests: `A`, `B` or `C`; empty without an attestation that has passed. */
  attestation: string;
  /** Whether the carrier vouches for the number: attestation A. */
  verified: boolean;
}

/** The place of a caller who waits in a queue: seconds for `time` and `average`. */
export type QueuePlace = Record<"position" | "size" | "time" | "average", number>;

/** What only the first webhook of a call reports. */
export interface Origin {
  forwardedFrom?: string;
  answeredBy?: string;
  attestation?: string;
  verified?: true;
  name?: string;
}

/** The memory of a flow, from step to step. */
export interface Memory {
  /** Variables that differ from their defaults. */
  vars: Record<string, Json>;
  slots: Record<string, string | number>;
  /** The menus on the way here, the latest last. */
  trail: string[];
}

/** The place that a part or a side road returns to. */
export interface Frame extends Place {
  /** The memory of the flow that waits for a part; absent for a side road, which shares the memory of its flow. */
  waits?: Memory;
}

/** A call's state between two webhooks, as the ticket carries it and KV stores it. */
export interface Call extends Memory {
  sid: string;
  /** Counts the turns: 0 before the first. */
  rev: number;
  /** Where the running part or side road returns to, and those that wait for it, the nearest last. */
  frames?: Frame[];
  /** Persistent variables by the names they are stored under, as this call found or set them. */
  kept?: Record<string, Json>;
  language?: string;
  input?: Input;
  /** The last known place in the queue, while the caller waits: only the webhooks that begin a round describe it. */
  queue?: QueuePlace;
  origin?: Origin;
  /** Present while an aside can run: its webhook describes its own leg, not the caller. */
  caller?: Caller;
  /** Present with `caller`: the called number, the line's own, and the call's direction. */
  called?: { to: string; number?: string; direction: string };
  /** Steps since the caller last answered, while services are requested. */
  steps?: number;
  /** Questions in a row that the caller left unanswered. */
  unanswered?: number;
  /** The call is on its `onError` road: the next failure ends it. */
  failed?: true;
}

/** Where a call is: the step and block at which the next webhook resumes. */
export interface Place {
  step: string;
  block: string;
}
