/**
 * Recordings and what Twilio reports of them. Source: TwiML Record, Dial: "recordingStatusCallback",
 * "transcribeCallback".
 */

import type { Element } from "../twiml/element.ts";
import { rfc2822 } from "./callbacks.ts";
import { requestFor, type TwimlDocument } from "./document.ts";
import { type Leg, type Params, paramsOf } from "./leg.ts";

/** A recording that was made. */
interface Tape {
  sid: string;
  url: string;
  /** When it began, in milliseconds since 1970. */
  begun: number;
  seconds: number;
  source: "RecordVerb" | "DialVerb" | "StartCallRecordingAPI";
  channels: 1 | 2;
}

/** A recording that ends now. */
export function makeTape(
  leg: Leg,
  seconds: number,
  source: Tape["source"],
  channels: Tape["channels"],
): Tape {
  const { line, sids } = leg.call;
  const sid = sids("RE");
  const url = `https://api.twilio.com/2010-04-01/Accounts/${line.accountSid}/Recordings/${sid}`;
  return { sid, url, begun: line.clock.now() - seconds * 1000, seconds, source, channels };
}

/** What an action learns of a recording. */
export function aboutTape({ sid, url, seconds }: Tape): Params {
  return { RecordingUrl: url, RecordingSid: sid, RecordingDuration: `${seconds}` };
}

/** Queues the status callbacks that `element` asks for; a recording with nothing in it is `absent`. */
export function reportTape(
  leg: Leg,
  element: Element,
  document: Pick<TwimlDocument, "url">,
  tape: Tape,
): void {
  const {
    recordingStatusCallback: url,
    recordingStatusCallbackMethod: method,
    recordingStatusCallbackEvent: events = "completed",
  } = element.attributes;
  if (url === undefined) return;
  const happened = tape.seconds > 0 ? ["in-progress", "completed"] : ["absent"];
  for (const status of happened.filter((event) => events.split(" ").includes(event))) {
    const request = requestFor(leg, document, url, method);
    leg.call.callbacks.push({ ...request, params: statusOf(leg, tape, status) });
  }
}

/** Queues a transcript. TwiML Record: only messages of more than 2 and less than 120 seconds have one. */
export function reportTranscript(
  leg: Leg,
  element: Element,
  document: TwimlDocument,
  tape: Tape,
  words: string,
): void {
  const { transcribe, transcribeCallback: url } = element.attributes;
  if (transcribe !== "true" || url === undefined || tape.seconds === 0) return;
  const readable = tape.seconds > 2 && tape.seconds < 120;
  const sid = leg.call.sids("TR");
  const params = {
    TranscriptionSid: sid,
    TranscriptionText: readable ? words : "",
    TranscriptionStatus: readable ? "completed" : "failed",
    TranscriptionUrl: `${tape.url}/Transcriptions/${sid}`,
    RecordingSid: tape.sid,
    RecordingUrl: tape.url,
  };
  leg.call.callbacks.push({ ...requestFor(leg, document, url, "POST"), params: paramsOf(leg, params) });
}

function statusOf(leg: Leg, tape: Tape, status: string): Params {
  return {
    AccountSid: leg.call.line.accountSid,
    CallSid: leg.sid,
    ...aboutTape(tape),
    RecordingStatus: status,
    RecordingChannels: `${tape.channels}`,
    RecordingStartTime: rfc2822(tape.begun),
    RecordingSource: tape.source,
    RecordingTrack: "both",
  };
}
