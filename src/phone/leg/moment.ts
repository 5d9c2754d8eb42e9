/**
 * What happens on a leg of a call, as plain data, in the order in which it happens.
 */

import type { Problem } from "../twiml/read.ts";
import type { Audio } from "./line.ts";

/** What may cut a prompt short. */
export type Interruption = "key" | "speech";

/** Words that are spoken. */
export interface Said {
  kind: "said";
  /** What is heard: speech markup is taken out, white space is single. */
  text: string;
  /** As in TwiML: `Polly.Joanna-Neural`; empty for the account's own. */
  voice: string;
  language: string;
  /** How often it is said; 0 for ever. */
  loop: number;
  /** How long it takes, all loops together; an estimate of 2.5 words a second. */
  seconds: number;
  interruptedBy: readonly Interruption[];
}

/** An audio file that is played. */
export interface Played {
  kind: "played";
  url: string;
  /** What the line knows of it; left out where that is nothing. */
  audio?: Audio;
  loop: number;
  interruptedBy: readonly Interruption[];
}

/** Silence, for a while. */
export interface Paused {
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
  /** So many keys end it; Infinity where no number does. */
  numDigits: number;
  /** The key that ends it; empty where none does. */
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
  /** How often what is heard meanwhile has run out. */
  passes: number;
}

/** A caller's place in a queue: the first of one if left out, and as long as it has been for the others. */
export interface QueuePlace {
  position?: number;
  size?: number;
  /** Seconds that others have waited. */
  average?: number;
}

/** The caller is connected to what is no phone: a stream, an agent, a room. */
export interface Connected {
  kind: "connected";
  /** TwiML's name of it: `ConversationRelay`. */
  noun: string;
  /** Its address or its name; empty where it has none. */
  target: string;
}

/** Something begins beside the call, or ends. */
export interface Background {
  kind: "background";
  /** TwiML's name of it: `Recording`. */
  noun: string;
  /** The name that it was given; empty where it has none. */
  name: string;
  begins: boolean;
}

/** The caller is asked for a payment. */
export interface Paying {
  kind: "paying";
  /** As in TwiML: `20.45`; empty where only a token is made. */
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
  /** The answer's HTTP status; 0 where none came. */
  status: number;
  milliseconds: number;
  /** The answer's body. */
  body: string;
}

/** Who ended a call: the caller, the TwiML, or something that went wrong. */
export type EndedBy = "caller" | "flow" | "problem";

/** The last moment of a call. */
export interface Ended {
  kind: "ended";
  by: EndedBy;
  /** Twilio's CallStatus. */
  status: "completed" | "busy" | "no-answer";
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
