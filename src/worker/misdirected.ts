/**
 * Webhooks that are set at the URL of a flow by mistake. They begin no call: Twilio ignores what answers a callback.
 * Sources: Twilio, "Answering machine detection", "Track call status", "RecordingStatusCallback", "Track outbound message
 * status".
 */
import { type Event, OVER } from "../engine/event.ts";
import type { Road } from "../program/op.ts";

/** What a webhook at the wrong URL is, and what to do about it; undefined if it is the call or text message of its URL. */
export function misdirectedTo(
  { flow, road }: { flow: string; road: Road },
  { params, status }: Event,
): string | undefined {
  const { MessageSid, SmsStatus, MessageStatus = SmsStatus } = params;
  if (MessageSid && MessageStatus && MessageStatus !== "received")
    return "a delivery report: set another statusCallback";
  if (road !== "voice") return MessageSid ? undefined : `a call: its URL is /voice/${flow}`;
  if (MessageSid) return `a text message: its URL is /sms/${flow}`;
  if (params.AnsweredBy && !status) return "an asynchronous AMD result: remove asyncAmd";
  if (params.RecordingStatus || params.TranscriptionStatus)
    return "a recording's callback: flows read theirs by `notify`";
  return params.CallbackSource || OVER.test(status)
    ? `a status callback: its URL is /status/${flow}`
    : undefined;
}
