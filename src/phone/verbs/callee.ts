/**
 * The leg of a called person: its status callbacks, and the document that it hears before it is connected.
 * Source: TwiML Number: "url", "statusCallback".
 */
import { progressOf, sendCallbacks } from "../leg/callbacks.ts";
import { requestFor, type TwimlDocument } from "../leg/document.ts";
import type { CalledHandset } from "../leg/handset.ts";
import { type CallerLeg, type Leg, reportProblems } from "../leg/leg.ts";
import { type Noun, nameOf } from "../leg/noun.ts";
import { play, type Step, type Verbs } from "../leg/player.ts";
import type { Element } from "../twiml/element.ts";
import { gather } from "./gather.ts";
import { redirect } from "./redirect.ts";
import { promptVerbs } from "./speech.ts";

/** The leg of a called person. */
export interface CalledLeg extends Leg {
  noun: Noun;
  /** The document whose `<Dial>` rang it. */
  document: TwimlDocument;
  /** Status callbacks so far. */
  reported: number;
}

/** Rings a noun: a leg of its own, with a CallSid of its own. */
export function newCallee(
  caller: CallerLeg,
  noun: Noun,
  document: TwimlDocument,
  callerId: string,
): CalledLeg {
  const { line, sids } = caller.call;
  const sid = sids("CA");
  const to = nameOf(noun.callee);
  const standard = {
    CallSid: sid,
    ParentCallSid: caller.sid,
    AccountSid: line.accountSid,
    From: callerId,
    To: to,
    Caller: callerId,
    Called: to,
    Direction: "outbound-dial",
    ApiVersion: "2010-04-01",
  };
  const { call, handset } = caller;
  return {
    call,
    sid,
    handset,
    standard,
    status: "ringing",
    since: line.clock.now(),
    noun,
    document,
    reported: 0,
  };
}

/** Sends the status callback for an event, if the noun asks for it. */
export async function report(leg: CalledLeg, event: Event, status: string = event): Promise<void> {
  const {
    statusCallback: url,
    statusCallbackMethod,
    statusCallbackEvent: events = "completed",
  } = leg.noun.attributes;
  if (url === undefined || !events.split(" ").includes(event)) return;
  const request = requestFor(leg, leg.document, url, statusCallbackMethod);
  leg.call.callbacks.push({ ...request, params: progressOf(leg, status, leg.reported++) });
  await sendCallbacks(leg.call, leg);
}

type Event = "initiated" | "ringing" | "answered" | "completed";

/** The called person picks up and hears the noun's document. True if the two legs are to be connected. */
export async function pickUp(leg: CalledLeg, handset: CalledHandset): Promise<boolean> {
  leg.handset = handset;
  leg.status = "in-progress";
  leg.since = leg.call.line.clock.now();
  await report(leg, "answered", "in-progress");
  const { url, method } = leg.noun.attributes;
  if (url === undefined) return true;
  const request = requestFor(leg, leg.document, url, method);
  return (await play(leg, request, leg.noun.callee.kind === "queue" ? queued : verbs)) === "ran out";
}

/** TwiML Queue: the verbs of the document for a caller who waited in it. */
const queued: Verbs<CalledLeg> = { ...promptVerbs([]), Redirect: redirect };

const verbs: Verbs<CalledLeg> = {
  ...promptVerbs([]),
  Gather: gather,
  Redirect: redirect,
  Hangup: () => ({ end: "hung up" }),
  Dial: refuseDial,
};

async function refuseDial(leg: Leg, element: Element): Promise<Step> {
  const message = "<Dial> is not allowed on a called leg.";
  await reportProblems(leg, [{ code: 13201, element: element.name, message }]);
  return { end: "problem" };
}
