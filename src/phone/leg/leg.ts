/**
 * A leg: one phone's part in a call, with the parameters that every webhook of it carries.
 */

import type { Element } from "../twiml/element.ts";
import type { Problem } from "../twiml/read.ts";
import type { CalledHandset, Handset } from "./handset.ts";
import type { Line } from "./line.ts";
import type { Moment, QueuePlace } from "./moment.ts";
import type { Sids } from "./sids.ts";

/** Parameters of a webhook. */
export type Params = Readonly<Record<string, string>>;

/** A webhook to be sent, with all its parameters. */
export interface WebhookRequest {
  /** Absolute; a fragment is not sent. */
  url: string;
  method: "GET" | "POST";
  params: Params;
}

/** What all legs of a call share. */
export interface Call {
  line: Line;
  sids: Sids;
  /** The caller is gone. */
  gone: boolean;
  /** Documents fetched since somebody was last asked for input. */
  sinceInput: number;
  /** Callbacks waiting for `sendCallbacks`. */
  callbacks: WebhookRequest[];
  /** The caller's place in every queue. */
  queue?: QueuePlace;
  /** Active until a `<Stop>` or the end of the call. */
  backgroundSessions: BackgroundSession[];
}

/** A background session: what a `<Start>` began. */
export interface BackgroundSession {
  /** The element in the `<Start>`, and the URL of the document that holds it. */
  element: Element;
  document: { url: string };
  sid: string;
  /** Milliseconds since 1970. */
  since: number;
}

/** One phone's part in a call. */
export interface Leg {
  call: Call;
  sid: string;
  handset: CalledHandset;
  /** Twilio, "Request parameters": the parameters of every webhook of this leg, except CallStatus. */
  standard: Params;
  status: "ringing" | "in-progress" | "completed" | "busy" | "no-answer" | "failed" | "canceled";
  /** When it was answered, or made if it was not answered yet; milliseconds since 1970. */
  since: number;
}

/** The leg of the caller. */
export interface CallerLeg extends Leg {
  handset: Handset;
  /** The URL at which the call continues after this verb: Twilio's API has moved it. */
  movedTo?: string;
}

/** Whole seconds that a leg has lasted. */
export function secondsOf(leg: Leg): number {
  return Math.round((leg.call.line.clock.now() - leg.since) / 1000);
}

/** Whether the person at this leg has hung up. */
export function isGone({ call, handset }: Leg): boolean {
  return call.gone || handset.isGone?.() === true;
}

/** The caller hangs up. */
export function hangUp(leg: CallerLeg): void {
  leg.call.gone = true;
  leg.status = "completed";
}

/** Emits a moment to a leg's handset. */
export function emit(leg: Leg, moment: Moment): void | Promise<void> {
  return leg.handset.hear(moment);
}

/** Reports problems to a leg's handset. */
export async function reportProblems(leg: Leg, problems: readonly Problem[]): Promise<void> {
  for (const problem of problems) await emit(leg, { kind: "problem", ...problem });
}

/** The parameters of a webhook of this leg: the standard ones, CallStatus, and `particular` ones. */
export function paramsOf(leg: Leg, particular: Params = {}): Params {
  return { ...leg.standard, CallStatus: leg.status, ...particular };
}
