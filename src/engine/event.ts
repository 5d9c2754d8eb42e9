/**
 * A webhook's parameters, read once at the border. Names of parameters are Twilio's ("2.1 Every TwiML request").
 */

import type { Caller, Input, Origin, QueuePlace } from "../program/call.ts";
import type { Channel } from "../program/channels.ts";
import type { Json } from "../program/json.ts";
import { isOutbound, personAt, readCaller } from "./caller.ts";

/** Twilio, CallStatus: the call is over. */
export const OVER = /^(completed|busy|no-answer|failed|canceled)$/;

/** A webhook, as a turn reads it. */
export interface Event {
  /** The CallSid of the leg that the webhook is about; the MessageSid of a text message. */
  sid: string;
  /** The CallSid of the caller's leg if this one was dialled; else empty. */
  parentSid: string;
  accountSid: string;
  status: string;
  to: string;
  /** This line's own number: `To` of an incoming call, `From` of one that Twilio made. */
  number: string;
  direction: string;
  /** What the person uses. */
  channel: Channel;
  /** The other person. */
  caller: Caller;
  input: Input;
  /** The place of a caller who waits in a queue; absent if the webhook does not say it. */
  queue?: QueuePlace;
  /** A text message, the URL of its first picture, and all that came with it. */
  message: Readonly<{ body: string; media: string; attachments: readonly Attachment[] }>;
  /** No one would follow a Redirect: the caller has hung up, or this is about a recording or a text message. */
  gone: boolean;
  origin: Origin;
  /** Values for the variables that the flow takes, of a call that the Worker has placed or moved. */
  set?: Readonly<Record<string, Json>>;
  /** Every parameter by name; the last value of a repeated one. */
  params: Readonly<Record<string, string>>;
}

/** A picture or another file that came with a text message; its type as `image/jpeg`. */
export type Attachment = Readonly<Record<"url" | "type", string>>;

/** The answer of an HTTP service. */
export interface Answer {
  /** The status code as a text; or `timeout`, `invalid` (not JSON, too long), `failed` (no response). */
  status: string;
  /** The body, read as JSON; null if it is empty. */
  body: Json;
  /** The body as it came, if the request wants it. */
  text?: string;
}

/** Reads a webhook. Missing parameters become empty texts, and an unreadable confidence becomes 0. */
export function readEvent(params: Readonly<Record<string, string>>): Event {
  const { CallStatus: status = "", RecordingStatus, TranscriptionStatus, MessageSid } = params;
  const caller = readCaller(params);
  return {
    sid: params.CallSid || MessageSid || "",
    parentSid: params.ParentCallSid ?? "",
    accountSid: params.AccountSid ?? "",
    status,
    to: params.To ?? "",
    number: (isOutbound(params.Direction) ? params.From : params.To) ?? "",
    direction: params.Direction ?? "",
    channel: MessageSid ? channelOf(params) : "voice",
    caller,
    input: {
      digits: params.Digits ?? "",
      speech: params.SpeechResult ?? "",
      confidence: Number(params.Confidence) || 0,
      ...(params.FinishedOnKey && { finishedOnKey: params.FinishedOnKey }),
    },
    ...(params.QueuePosition && { queue: queueOf(params) }),
    message: MessageSid ? messageOf(params) : NO_MESSAGE,
    gone: OVER.test(status) || Boolean(RecordingStatus || TranscriptionStatus || MessageSid),
    origin: readOrigin(params, caller),
    params,
  };
}

/** A webhook that no one sends: a text message that was waited for has not come. */
export function timeoutEvent(sid: string, accountSid: string, from: string, to: string): Event {
  const params = { MessageSid: sid, AccountSid: accountSid, From: from, To: to };
  // Nothing can be a reply: what a flow sends is a message of its own.
  return {
    ...readEvent(params),
    message: NO_MESSAGE,
    params: { AccountSid: accountSid, From: from, To: to },
  };
}

/** Twilio, "Channels": the addresses of a channel other than SMS and MMS begin with its name. */
function channelOf({ From = "", To = "" }: Event["params"]): Channel {
  const name = /^(whatsapp|rcs|messenger):/.exec(From)?.[1] ?? /^(whatsapp|rcs|messenger):/.exec(To)?.[1];
  return name === "whatsapp" || name === "rcs" || name === "messenger" ? name : "sms";
}

const NO_MESSAGE: Event["message"] = { body: "", media: "", attachments: [] };

/** Twilio, "Incoming message webhook": at most 10 attachments, `MediaUrl0` to `MediaUrl9`. */
const MOST_ATTACHMENTS = 10;

function messageOf(params: Event["params"]): Event["message"] {
  const attachments = Array.from({ length: MOST_ATTACHMENTS }, (_, i) => ({
    url: params[`MediaUrl${i}`] ?? "",
    type: params[`MediaContentType${i}`] ?? "",
  })).filter(({ url }) => url !== "");
  return { body: params.Body ?? "", media: params.MediaUrl0 ?? "", attachments };
}

function queueOf(params: Event["params"]): QueuePlace {
  const whole = (name: string): number => Number(/^\d{1,9}/.exec(params[name] ?? "")?.[0] ?? 0);
  return {
    position: whole("QueuePosition"),
    size: whole("CurrentQueueSize"),
    time: whole("QueueTime"),
    average: whole("AvgQueueTime"),
  };
}

/** What a person is known by from call to call, and by nothing but the call if the number is hidden. */
export function identityOf({ caller, sid }: Event): string {
  return caller.hidden ? sid : personAt(caller.number);
}

function readOrigin({ ForwardedFrom, AnsweredBy }: Event["params"], caller: Caller): Origin {
  const { name, attestation, verified } = caller;
  const origin: Origin = {};
  if (ForwardedFrom) origin.forwardedFrom = ForwardedFrom;
  if (AnsweredBy) origin.answeredBy = AnsweredBy;
  if (name) origin.name = name;
  if (attestation) origin.attestation = attestation;
  if (verified) origin.verified = true;
  return origin;
}
