/**
 * What happens on a leg of a call, as plain data, in the order in which it happens.
 */

import type { Problem } from "../twiml/read.ts";
import type { Audio } from "./line.ts";

/** What can interrupt a prompt. */
export type Interruption = "key" | "speech";

/** Words that are spoken. */
export interface Said {
  kind: "said";
  /** The spoken text, without speech markup, with single spaces. */
  text: string;
  /** As in TwiML: `Polly.Joanna-Neural`; empty for the account's own. */
  voice: string;
  language: string;
  /** How often it is said; 0: forever. */
  loop: number;
  /** How long it takes, all loops together; an estimate of 2.5 words a second. */
  seconds: number;
  interruptedBy: readonly Interruption[];
}

/** An audio file that is played. */
export interface Played {
  kind: "played";
  url: string;
  /** What the line knows of it, if anything. */
  audio?: Audio;
  loop: number;
  interruptedBy: readonly Interruption[];
}

/** Silence, for a while. */
interface Paused {
  kind: "paused";
  seconds: number;
  interruptedBy: readonly Interruption[];
}

/** The caller is asked for keys or words. */
export interface Gathering {
  kind: "gathering";
  input: readonly ("dtmf" | "speech")[];
  /** Seconds of silence that end it. */
  timeout: number;
  /** That many keys end it; Infinity if no number does. */
  numDigits: number;
  /** The key that ends it; empty if none does. */
  finishOnKey: string;
  language: string;
  hints: readonly string[];
}

/** The caller is recorded. */
export interface Recording {
  kind: "recording";
  /** Seconds. */
  maxLength: number;
  /** Seconds of silence that end it. */
  timeout: number;
  /** Any of these keys ends it. */
  finishOnKey: string;
  beep: boolean;
  transcribed: boolean;
}

/** Who is rung. */
export interface Callee {
  kind: "number" | "client" | "sip" | "queue" | "conference" | "application" | "whatsapp" | "sim";
  /** A number as written, a name, or an address. */
  target: string;
}

/** Others are being rung, all of `callees` at once. */
export interface Ringing {
  kind: "ringing";
  callees: readonly Callee[];
  /** Seconds until nobody has answered. */
  timeout: number;
  callerId: string;
}

/** Two legs are connected. */
export interface Bridged {
  kind: "bridged";
  callee: Callee;
  /** Seconds after which the carrier ends it. */
  timeLimit: number;
}

/** The caller waits until somebody takes the call, or a conference begins. */
export interface Waiting {
  kind: "waiting";
  place: "queue" | "conference";
  name: string;
  /** How long it has been so far. */
  seconds: number;
  /** How often the waiting document has run out. */
  passes: number;
}

/** A caller's place in a queue; the only caller by default. */
export interface QueuePlace {
  position?: number;
  size?: number;
  /** Seconds that others have waited. */
  average?: number;
}

/** The caller is connected to something other than a phone: a stream, an agent, a room. */
export interface Connected {
  kind: "connected";
  /** The TwiML noun: `ConversationRelay`. */
  noun: string;
  /** Its URL or its name; empty if it has none. */
  target: string;
}

/** A background session begins or ends. */
export interface Background {
  kind: "background";
  /** The TwiML noun: `Recording`. */
  noun: string;
  /** Its name; empty if it has none. */
  name: string;
  begins: boolean;
}

/** The caller is asked for a payment. */
export interface Paying {
  kind: "paying";
  /** As in TwiML: `20.45`; empty if only a token is made. */
  amount: string;
  currency: string;
  method: "credit-card" | "ach-debit";
}

/** The caller is handed over to a SIP address. */
export interface Referring {
  kind: "referring";
  to: string;
}

/** A webhook was sent and answered. */
export interface Webhook {
  kind: "webhook";
  method: "GET" | "POST";
  url: string;
  params: Readonly<Record<string, string>>;
  /** The response's HTTP status; 0 without a response. */
  status: number;
  milliseconds: number;
  /** The response's body. */
  body: string;
}

/** Who ended a call: the caller, the TwiML, or something that went wrong; or no one answered it. */
export type EndedBy = "caller" | "flow" | "problem" | "unanswered";

/** Twilio's CallStatus of a placed call that no one answered. */
export type UnansweredStatus = "busy" | "no-answer" | "failed" | "canceled";

/** The last moment of a call. */
export interface Ended {
  kind: "ended";
  by: EndedBy;
  /** Twilio's CallStatus. */
  status: "completed" | UnansweredStatus;
  /** How long the call took, in whole seconds. */
  seconds: number;
}

/** Anything that happens on a leg. */
export type Moment =
  | Said
  | Played
  /** Keys that the carrier presses. */
  | { kind: "keys"; digits: string }
  | Paused
  | Gathering
  | Recording
  | Ringing
  | Bridged
  | Waiting
  | Connected
  | Background
  | Paying
  | Referring
  /** The caller hears what the caller says, until somebody hangs up. */
  | { kind: "echoing" }
  | { kind: "rejected"; reason: "rejected" | "busy" }
  | Webhook
  | ({ kind: "problem" } & Problem)
  | Ended;
