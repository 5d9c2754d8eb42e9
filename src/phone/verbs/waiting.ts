/**
 * Waiting: the documents of a queue or of a conference's waiting room, pass after pass, until the wait is over. Source:
 * TwiML Enqueue and Conference, "waitUrl": a queue requests its document again when it has run out, a conference only
 * if the document redirects.
 */
import { fetchDocument } from "../leg/document.ts";
import type { WaitAnswer } from "../leg/handset.ts";
import { type CallerLeg, emit, hangUp, type Params, type WebhookRequest } from "../leg/leg.ts";
import type { Waiting } from "../leg/moment.ts";
import { playDocument, type Step, type Verbs } from "../leg/player.ts";
import { gatherWhileWaiting } from "./gather.ts";
import { redirect } from "./redirect.ts";
import { promptVerbs } from "./speech.ts";

/** How a wait ends. */
export type WaitEnd = Exclude<WaitAnswer, "stay" | "hangup">["result"] | "leave" | "hangup";

/** A wait in one place. */
export interface Wait {
  place: Waiting["place"];
  name: string;
  /** The request for the document, with the place's parameters; undefined for Twilio's own music. */
  request(seconds: number): WebhookRequest | undefined;
  /** The verbs that are allowed here. */
  verbs: Verbs<CallerLeg>;
  /** Whether the document is requested again when it has run out. */
  repeats: boolean;
}

/** The length of a pass that is unknown: one of audio files, or of silence. */
const UNKNOWN_SECONDS = 10;

/** The verbs of a queue. */
export const QUEUE_VERBS: Verbs<CallerLeg> = {
  ...promptVerbs([]),
  Gather: gatherWhileWaiting,
  Redirect: redirect,
  Hangup: () => ({ end: "hung up" }),
  Leave: () => ({ end: "left" }),
};

/** The verbs of a conference's waiting room. */
export const ROOM_VERBS: Verbs<CallerLeg> = { ...promptVerbs([]), Redirect: redirect };

/** Lets a caller wait. Returns how the wait ended, and its whole seconds. */
export async function wait(leg: CallerLeg, place: Wait): Promise<{ end: WaitEnd; seconds: number }> {
  const { clock } = leg.call.line;
  const begun = clock.now();
  const seconds = (): number => Math.round((clock.now() - begun) / 1000);
  let next: WebhookRequest | undefined;
  for (let passes = 0; ; passes++) {
    const waiting: Waiting = {
      kind: "waiting",
      place: place.place,
      name: place.name,
      seconds: seconds(),
      passes,
    };
    await emit(leg, waiting);
    const answer = leg.call.gone ? "hangup" : await leg.handset.wait(waiting);
    leg.call.sinceInput = 0;
    if (answer === "hangup") {
      hangUp(leg);
      return { end: "hangup", seconds: seconds() };
    }
    if (answer !== "stay") return { end: answer.result, seconds: seconds() };
    const before = clock.now();
    if (passes === 0 || place.repeats) next ??= place.request(seconds());
    const step = next === undefined ? "next" : await hearOut(leg, next, place.verbs);
    if (clock.now() === before) clock.pass(UNKNOWN_SECONDS);
    if (typeof step === "object" && "end" in step) {
      if (step.end === "gone") hangUp(leg);
      return { end: ENDS[step.end] ?? "error", seconds: seconds() };
    }
    next = typeof step === "object" ? step.fetch : undefined;
  }
}

const ENDS: Readonly<Record<string, WaitEnd>> = { left: "leave", "hung up": "hangup", gone: "hangup" };

/** Plays a document and those that its input leads to, until it runs out or begins again. */
async function hearOut(leg: CallerLeg, first: WebhookRequest, verbs: Verbs<CallerLeg>): Promise<Step> {
  let next = first;
  for (;;) {
    const document = await fetchDocument(leg, next);
    if (!document) return { end: "problem" };
    leg.call.sinceInput = 1;
    const step = await playDocument(leg, document, verbs);
    // After input, the next document follows at once; any other redirect is another pass.
    if (typeof step !== "object" || "end" in step || leg.call.sinceInput !== 0) return step;
    next = step.fetch;
  }
}

/** The parameters of a caller in a queue. */
export function queueParams(leg: CallerLeg, sid: string, seconds: number): Params {
  const { position = 1, size = position, average = seconds } = leg.call.queue ?? {};
  return {
    QueueSid: sid,
    QueueTime: `${seconds}`,
    QueuePosition: `${position}`,
    AvgQueueTime: `${average}`,
    CurrentQueueSize: `${size}`,
    MaxQueueSize: "1000",
    CallStatus: leg.status,
  };
}
