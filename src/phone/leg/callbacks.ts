/**
 * Callbacks: webhooks that report on a call. Their responses do not move it; one that fails is a
 * warning. Source: Twilio, "Track outbound call events", "Recording status callbacks".
 */
import { type Call, type Leg, type Params, paramsOf, reportProblems, secondsOf } from "./leg.ts";
import { send } from "./webhook.ts";

/** Sends the call's queued `callbacks`, in order. */
export async function sendCallbacks(call: Call, leg: Leg): Promise<void> {
  for (const request of call.callbacks.splice(0)) {
    const reply = await send(leg, request);
    if (!("status" in reply)) await reportProblems(leg, [reply]);
    else if (reply.status < 200 || reply.status > 299) {
      const message = `The callback to ${request.url} returned HTTP ${reply.status}.`;
      await reportProblems(leg, [{ code: 15003, element: "Response", message }]);
    }
  }
}

/** The parameters of a leg's status callback. `sequence` counts the callbacks of one leg from 0. */
export function progressOf(leg: Leg, status: string, sequence: number): Params {
  const seconds = secondsOf(leg);
  const lasted =
    status === "completed" ? { CallDuration: `${seconds}`, Duration: `${Math.ceil(seconds / 60)}` } : {};
  return paramsOf(leg, {
    CallStatus: status,
    ...lasted,
    Timestamp: rfc2822(leg.call.line.clock.now()),
    CallbackSource: "call-progress-events",
    SequenceNumber: `${sequence}`,
  });
}

/** A time as Twilio writes it, `Sat, 24 Jan 2026 01:04:34 +0000`; from milliseconds since 1970. */
export function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace("GMT", "+0000");
}
