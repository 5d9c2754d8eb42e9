/**
 * `<Start>` and `<Stop>`: background sessions and their status callbacks. They never hold the call up.
 * Source: TwiML Start, Stop: Stream, Siprec, Transcription, Recording.
 */
import { requestFor, type TwimlDocument } from "../leg/document.ts";
import { type BackgroundSession, type CallerLeg, emit, type Params } from "../leg/leg.ts";
import type { Step } from "../leg/player.ts";
import { makeTape, reportTape } from "../leg/tape.ts";
import { type Element, elementsIn } from "../twiml/element.ts";

const PREFIXES: Readonly<Record<string, string>> = {
  Stream: "MZ",
  Siprec: "SR",
  Transcription: "GT",
  Recording: "RE",
};

/** Plays a `<Start>`. */
export async function start(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  for (const noun of elementsIn(element)) {
    leg.call.backgroundSessions.push(beginSession(leg, noun, document));
    await emit(leg, { kind: "background", noun: noun.name, name: noun.attributes.name ?? "", begins: true });
  }
  return "next";
}

/** Plays a `<Stop>`. A name without a session is ignored. */
export async function stop(leg: CallerLeg, element: Element): Promise<Step> {
  for (const { name: noun, attributes } of elementsIn(element)) {
    const index = leg.call.backgroundSessions.findIndex(
      (one) => one.element.name === noun && one.element.attributes.name === attributes.name,
    );
    const [ended] = index < 0 ? [] : leg.call.backgroundSessions.splice(index, 1);
    if (!ended) continue;
    endSession(leg, ended);
    await emit(leg, { kind: "background", noun, name: attributes.name ?? "", begins: false });
  }
  return "next";
}

/** Ends all sessions: the call is over. */
export function endAllSessions(leg: CallerLeg): void {
  for (const one of leg.call.backgroundSessions.splice(0)) endSession(leg, one);
}

/** Begins a session and queues its status callback. */
export function beginSession(leg: CallerLeg, element: Element, document: TwimlDocument): BackgroundSession {
  const sid = leg.call.sids(PREFIXES[element.name] ?? "XX");
  const one: BackgroundSession = { element, document, sid, since: leg.call.line.clock.now() };
  report(leg, one, "started");
  return one;
}

/** Ends a session and queues its status callback. */
export function endSession(leg: CallerLeg, one: BackgroundSession): void {
  const { element, document, since } = one;
  report(leg, one, "stopped");
  if (element.name !== "Recording") return;
  const seconds = Math.round((leg.call.line.clock.now() - since) / 1000);
  const channels = element.attributes.channels === "mono" ? 1 : 2;
  reportTape(leg, element, document, makeTape(leg, seconds, "StartCallRecordingAPI", channels));
}

/** How a session is reported: the prefix of its parameters, and that of its events. */
const REPORTED: Readonly<Record<string, { name: string; word: string }>> = {
  Stream: { name: "Stream", word: "stream" },
  Siprec: { name: "Stream", word: "stream" },
  Transcription: { name: "Transcription", word: "transcription" },
};

function report(
  leg: CallerLeg,
  { element, document, sid }: BackgroundSession,
  event: "started" | "stopped",
): void {
  const { statusCallback, statusCallbackUrl, statusCallbackMethod, name = "" } = element.attributes;
  const url = statusCallback ?? statusCallbackUrl;
  const reported = REPORTED[element.name];
  if (url === undefined || !reported) return;
  const params: Params = {
    AccountSid: leg.call.line.accountSid,
    CallSid: leg.sid,
    [`${reported.name}Sid`]: sid,
    [`${reported.name}Name`]: name,
    [`${reported.name}Event`]: `${reported.word}-${event}`,
    Timestamp: new Date(leg.call.line.clock.now()).toISOString(),
  };
  leg.call.callbacks.push({ ...requestFor(leg, document, url, statusCallbackMethod), params });
}
