/**
 * Callbacks that are set at the URL of a flow by mistake. They begin no call: Twilio ignores what answers them.
 * Sources: Twilio, "Answering machine detection", "Track call status", "RecordingStatusCallback", "Track outbound message
 * status".
 */
import { type Event, OVER } from "../engine/event.ts";
import type { Road } from "../program/program.ts";

/** The kind of callback that a webhook is, and what to do about it; undefined if it begins a call or is a text message. */
export function misdirectedTo(
  { flow, road }: { flow: string; road: Road },
  { params, status }: Event,
): string | undefined {
  const { MessageSid, SmsStatus, MessageStatus = SmsStatus } = params;
  if (MessageSid && MessageStatus && MessageStatus !== "received")
    return "a delivery report: set another statusCallback";
  if (road !== "voice") return undefined;
  if (params.AnsweredBy && !status) return "an asynchronous AMD result: remove asyncAmd";
  if (params.RecordingStatus || params.TranscriptionStatus)
    return "a recording's callback: flows read theirs by `notify`";
  return params.CallbackSource || OVER.test(status)
    ? `a status callback: its URL is /status/${flow}`
    : undefined;
}
