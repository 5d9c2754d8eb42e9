/**
 * The carrier: calls a webhook as Twilio does, and plays the documents it returns. It only knows HTTP and TwiML.
 * Source: Twilio, "TwiML for Programmable Voice", "Request parameters", "Track call status".
 */

import { progressOf, sendCallbacks } from "./leg/callbacks.ts";
import type { Handset } from "./leg/handset.ts";
import { type CallerLeg, emit, hangUp, type Params, paramsOf, secondsOf } from "./leg/leg.ts";
import type { Line } from "./leg/line.ts";
import type { Ended, EndedBy, QueuePlace, UnansweredStatus } from "./leg/moment.ts";
import { type End, play, type Step, type Verbs } from "./leg/player.ts";
import { sidsFrom } from "./leg/sids.ts";
import type { Element } from "./twiml/element.ts";
import { connect } from "./verbs/connect.ts";
import { dial } from "./verbs/dial.ts";
import { enqueue } from "./verbs/enqueue.ts";
import { gather } from "./verbs/gather.ts";
import { pay } from "./verbs/pay.ts";
import { record } from "./verbs/record.ts";
import { redirect } from "./verbs/redirect.ts";
import { refer } from "./verbs/refer.ts";
import { promptVerbs } from "./verbs/speech.ts";
import { endAllSessions, start, stop } from "./verbs/start-stop.ts";

/** Who calls whom, and the webhooks. */
export interface CallOptions {
  /** The number's voice webhook. */
  url: string;
  /** The number's status callback, requested when the call is over. */
  statusUrl?: string;
  /** E.164, or `anonymous`; of an outbound call, the line's number. */
  from: string;
  to: string;
  /** Twilio makes the call, through its REST API: the person at the phone is `to`. */
  direction?: "outbound";
  /** The place of the person's number; missing parts are sent empty. */
  city?: string;
  state?: string;
  zip?: string;
  country?: string;
  callerName?: string;
  /** What the caller's carrier attests (SHAKEN/STIR). */
  attestation?: Attestation | undefined;
  /** As the carrier's answering machine detection has it: `human`, `machine_start` … */
  answeredBy?: string;
  /** No one answers the outbound call, so no document is requested. */
  unanswered?: UnansweredStatus;
  /** The caller's place in every queue. */
  queue?: QueuePlace;
  /** What the number's owner passes along: SIP headers (`SipHeader_X-Account`), and the query of the webhook. */
  parameters?: Params;
  /** Any other parameters, such as ForwardedFrom. */
  extra?: Params;
  /** The seed of all identifiers of the call. */
  seed: string;
  /** Twilio's CallSid, if it is known already. */
  sid?: string;
}

/** A level of attestation, the highest first. */
export type Attestation = "A" | "B" | "C";

/** A call in progress. */
export interface CallInProgress {
  /** Twilio's CallSid. */
  sid: string;
  /** Fulfilled when the call is over and the last callback was sent. Rejects only if the handset throws. */
  ended: Promise<Ended>;
  /**
   * The caller hangs up at the next verb. A handset with an open question answers "hangup" instead.
   */
  hangUp(): void;
  /** Continues with another document after the current verb, as an update through Twilio's API does. */
  move(url: string): void;
}

/** Makes a call; `handset` hears it and answers it. */
export function startCall(line: Line, options: CallOptions, handset: Handset): CallInProgress {
  const sids = sidsFrom(options.seed);
  const sid = options.sid ?? sids("CA");
  const { queue } = options;
  const call = {
    line,
    sids,
    gone: false,
    sinceInput: 0,
    callbacks: [],
    backgroundSessions: [],
    ...(queue && { queue }),
  };
  const standard = { CallSid: sid, AccountSid: line.accountSid, ...standardOf(options) };
  // Twilio requests the document of an outbound call once it is answered.
  const status = options.direction === "outbound" ? "in-progress" : "ringing";
  const leg: CallerLeg = { call, sid, handset, standard, status, since: line.clock.now() };
  return {
    sid,
    ended: run(leg, options),
    hangUp: () => hangUp(leg),
    move: (url) => {
      leg.movedTo = url;
    },
  };
}

function standardOf({ from, to, city, state, zip, country, direction, ...options }: CallOptions): Params {
  const place = { City: city ?? "", State: state ?? "", Zip: zip ?? "", Country: country ?? "" };
  const params: Record<string, string> = {
    From: from,
    To: to,
    Caller: from,
    Called: to,
    Direction: direction === undefined ? "inbound" : "outbound-api",
    ApiVersion: "2010-04-01",
  };
  const sides = direction === undefined ? ["From", "Caller"] : ["To", "Called"];
  for (const [name, value] of Object.entries(place)) {
    for (const side of sides) params[side + name] = value;
  }
  if (options.callerName !== undefined) params.CallerName = options.callerName;
  if (options.answeredBy !== undefined) params.AnsweredBy = options.answeredBy;
  if (options.attestation !== undefined) params.StirVerstat = `TN-Validation-Passed-${options.attestation}`;
  const headers = Object.entries(options.parameters ?? {}).filter(([name]) => isHeader(name));
  return { ...params, ...Object.fromEntries(headers), ...options.extra };
}

function isHeader(name: string): boolean {
  return name.startsWith("SipHeader_");
}

/** The URL of a number's webhook with parameters in its query. */
export function withQuery(url: string, parameters: Params = {}): string {
  const query = Object.entries(parameters).filter(([name]) => !isHeader(name));
  return query.length === 0 ? url : `${url}?${new URLSearchParams(query)}`;
}

async function run(leg: CallerLeg, options: CallOptions): Promise<Ended> {
  const { unanswered } = options;
  const by = unanswered === undefined ? await converse(leg, options) : "unanswered";
  const status =
    unanswered ?? (leg.status === "busy" || leg.status === "no-answer" ? leg.status : "completed");
  leg.status = status;
  endAllSessions(leg);
  const ended: Ended = { kind: "ended", by, status, seconds: secondsOf(leg) };
  if (options.statusUrl !== undefined) {
    const params = progressOf(leg, status, 0);
    leg.call.callbacks.push({ url: options.statusUrl, method: "POST", params });
  }
  await sendCallbacks(leg.call, leg);
  await emit(leg, ended);
  return ended;
}

async function converse(leg: CallerLeg, options: CallOptions): Promise<EndedBy> {
  const url = withQuery(options.url, options.parameters);
  const end = await play(leg, { url, method: "POST", params: paramsOf(leg) }, verbs);
  if (end === "problem") await apologise(leg);
  return endedBy(end);
}

function endedBy(end: End): EndedBy {
  if (end === "gone") return "caller";
  return end === "problem" ? "problem" : "flow";
}

/** Twilio's message for a call that cannot continue. */
function apologise(leg: CallerLeg): void | Promise<void> {
  const text = "We are sorry. An application error has occurred. Goodbye.";
  return emit(leg, {
    kind: "said",
    text,
    voice: "",
    language: "en-US",
    loop: 1,
    seconds: 4,
    interruptedBy: [],
  });
}

const verbs: Verbs<CallerLeg> = {
  ...promptVerbs([]),
  Gather: gather,
  Record: record,
  Dial: dial,
  Enqueue: enqueue,
  Connect: connect,
  Start: start,
  Stop: stop,
  Pay: pay,
  Refer: refer,
  Redirect: redirect,
  Hangup: () => ({ end: "hung up" }),
  Reject: reject,
  Echo: echo,
  // TwiML Leave: only a call in a queue has something to leave.
  Leave: () => "next",
};

/** TwiML Reject: only hangs up if the call was answered before. */
async function reject(leg: CallerLeg, element: Element): Promise<Step> {
  const reason = element.attributes.reason === "busy" ? "busy" : "rejected";
  if (leg.status === "ringing") leg.status = reason === "busy" ? "busy" : "no-answer";
  await emit(leg, { kind: "rejected", reason });
  return { end: "hung up" };
}

/** TwiML Echo: lasts until the caller hangs up; the handset's `hear` decides how long. */
async function echo(leg: CallerLeg): Promise<Step> {
  await emit(leg, { kind: "echoing" });
  return { end: "gone" };
}
