/**
 * A webhook's parameters, read once at the border. Names of parameters are Twilio's ("2.1 Every TwiML request").
 */
import type { Caller, Input, Json, Origin } from "../program/program.ts";

/** Twilio, CallStatus: the call is over. */
export const OVER = /^(completed|busy|no-answer|failed|canceled)$/;

/** What a turn answers. */
export interface Event {
  /** The CallSid of the leg that asks; a text message's MessageSid. */
  sid: string;
  /** The caller's leg where a dialled leg asks, else empty. */
  parentSid: string;
  accountSid: string;
  status: string;
  to: string;
  direction: string;
  caller: Caller;
  input: Input;
  /** What a queue tells of the caller who waits in it, as expressions see it. */
  queue: Readonly<Record<"position" | "size" | "time" | "average", bigint>>;
  /** A text message, and the address of its first picture. */
  message: Readonly<Record<"body" | "media", string>>;
  /** Nobody would follow a Redirect: the caller has hung up, Twilio tells of a recording, or a text message came in. */
  gone: boolean;
  origin: Origin;
  /** Every parameter by name; of a repeated one, the last. */
  params: Readonly<Record<string, string>>;
  /** What an HTTP service answered, where the turn goes on from there. */
  answer?: Answer;
}

/** What an HTTP service answered. */
export interface Answer {
  /** The status code as a text; `timeout`, `invalid` (no JSON, too long), or `failed` (no answer at all). */
  status: string;
  /** The body, read as JSON; null where there is none. */
  body: Json;
}

/** Reads a webhook. Missing parameters become empty texts, an unreadable confidence 0. */
export function readEvent(params: Readonly<Record<string, string>>): Event {
  const text = (name: string): string => params[name] ?? "";
  return {
    sid: text("CallSid") || text("MessageSid"),
    parentSid: text("ParentCallSid"),
    accountSid: text("AccountSid"),
    status: text("CallStatus"),
    to: text("To"),
    direction: text("Direction"),
    caller: {
      number: text("From"),
      name: text("CallerName"),
      city: text("FromCity"),
      state: text("FromState"),
      zip: text("FromZip"),
      country: text("FromCountry"),
      verified: text("StirVerstat") === "TN-Validation-Passed-A",
    },
    input: {
      digits: text("Digits"),
      speech: text("SpeechResult"),
      confidence: Number(text("Confidence")) || 0,
    },
    queue: params.QueuePosition ? queueOf(text) : NO_QUEUE,
    message: { body: text("Body"), media: text("MediaUrl0") },
    gone:
      OVER.test(text("CallStatus")) ||
      text("RecordingStatus") + text("TranscriptionStatus") + text("MessageSid") !== "",
    origin: readOrigin(text),
    params,
  };
}

// Hardly any webhook is of a queue, and whole numbers of CEL's take their time.
const NO_QUEUE = queueOf(() => "");

function queueOf(text: (name: string) => string): Event["queue"] {
  const whole = (name: string): bigint => BigInt(/^\d{1,9}/.exec(text(name))?.[0] ?? 0);
  return {
    position: whole("QueuePosition"),
    size: whole("CurrentQueueSize"),
    time: whole("QueueTime"),
    average: whole("AvgQueueTime"),
  };
}

function readOrigin(text: (name: string) => string): Origin {
  const origin: Origin = {};
  if (text("ForwardedFrom")) origin.forwardedFrom = text("ForwardedFrom");
  if (text("AnsweredBy")) origin.answeredBy = text("AnsweredBy");
  if (text("CallerName")) origin.name = text("CallerName");
  if (text("StirVerstat") === "TN-Validation-Passed-A") origin.verified = true;
  return origin;
}
