/**
 * Callbacks that are set at the URL of a flow by mistake. They begin no call: Twilio ignores what answers them.
 * Sources: Twilio, "Answering machine detection", "Track call status", "RecordingStatusCallback", "Track outbound message
 * status".
 */
import type { Event } from "../engine/event.ts";
import { OVER } from "../engine/event.ts";
import type { Road } from "../program/program.ts";
import type { LogLine } from "./log.ts";

/** The callback that a webhook is, and what to do about it; undefined if it begins a call or is a text message. */
export function misdirectedTo(
  { flow, road }: { flow: string; road: Road },
  { params, status }: Event,
): Pick<LogLine, "event" | "error"> | undefined {
  const delivery = params.MessageStatus || params.SmsStatus || "received";
  if (params.MessageSid && delivery !== "received") {
    const advice = "set the message's statusCallback to another URL, or remove it";
    return { event: `delivery ${delivery}`, error: `this reports the delivery of a text message; ${advice}` };
  }
  if (road !== "voice") return undefined;
  if (params.AnsweredBy && !status) {
    const advice = "remove asyncAmdStatusCallback or use machineDetection without asyncAmd";
    const error = `this is the result of asynchronous answering machine detection, too late for the flow; ${advice}`;
    return { event: `answered by ${params.AnsweredBy}`, error };
  }
  if (params.RecordingStatus || params.TranscriptionStatus) {
    const error = "this reports a recording; flows read theirs by `notify` of a `record` step";
    return { event: "recording status", error };
  }
  if (params.CallbackSource || OVER.test(status))
    return { event: `status ${status}`, error: `this is a status callback; its URL is /status/${flow}` };
  return undefined;
}
