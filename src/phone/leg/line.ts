/**
 * What a call needs from outside: a way to send webhooks, the account they are signed for, and a clock.
 */

import type { Cookies } from "./cookies.ts";
import type { Signer } from "./signature.ts";

/** Tells the time, and learns how much of it a call takes. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Something in the call took this many seconds; a real clock can ignore it. */
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
  /** Its file name in the project. */
  name: string;
  /** How long it takes, once. */
  seconds: number;
}

/** The carrier's connection: sends and signs webhooks. */
export interface Line {
  /** Sends a webhook, as `fetch` would. A rejection counts as a host that could not be reached. */
  send(url: string, init: WebhookInit): Response | Promise<Response>;
  /** Signs webhooks with the account's auth token: `webSigner(token)`, or a faster signer. */
  sign: Signer;
  /** `AC` and 32 hexadecimal digits. */
  accountSid: string;
  clock: Clock;
  /** The cookies of text messages; without it, none is kept. */
  cookies?: Cookies;
  /** Describes the audio file at a URL, if it is known. */
  audio?(url: string): Audio | undefined | Promise<Audio | undefined>;
  /** Seconds until a webhook without a response fails; 15 by default, as at Twilio. */
  deadline?: number;
}

/** A clock that only moves by what a call takes; `start` in milliseconds since 1970. */
export function simulatedClock(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
}
