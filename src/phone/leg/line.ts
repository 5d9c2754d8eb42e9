/**
 * What a call needs of the world: a way to send webhooks, the account they are signed for, and a clock.
 */

import type { Signer } from "./signature.ts";

/** Tells the time, and is reported how much of it a call takes. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Something in the call took this many seconds; a clock on the wall knows that by itself. */
  pass(seconds: number): void;
}

/** What a webhook is sent with. */
export interface WebhookInit {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
}

/** An audio file that is played. */
export interface Audio {
  /** What it is called by those who made it. */
  name: string;
  /** How long it takes, once. */
  seconds: number;
}

/** The carrier's end of the wire. */
export interface Line {
  /** Sends a webhook, as `fetch` would. A rejection counts as a host that could not be reached. */
  send(url: string, init: WebhookInit): Response | Promise<Response>;
  /** Signs webhooks with the account's auth token: `webSigner(token)`, or what is quicker where the call is made. */
  sign: Signer;
  /** `AC` and 32 hexadecimal digits. */
  accountSid: string;
  clock: Clock;
  /** What is known of the audio file at an address; nothing is known of any if left out. */
  audio?(url: string): Audio | undefined | Promise<Audio | undefined>;
  /** Seconds until a webhook without an answer has failed: 15 if left out, as at Twilio. */
  deadline?: number;
}

/** A clock that stands still but for what a call takes; `start` in milliseconds since 1970. */
export function simulatedClock(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
}
