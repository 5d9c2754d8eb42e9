/** Side roads: steps that run alongside a call and end at `return`. TwiML's own pages say what each can contain. */

/** The name of each side road in findings: when or where its steps run. */
export const SIDE_ROADS = {
  /** TwiML Number, "url": the callee hears it before being connected. */
  whisper: "on the phone of the callee",
  /** TwiML Enqueue, "waitUrl". */
  queue: "while the caller waits in a queue",
  /** TwiML Conference, "waitUrl". */
  room: "in a conference's waiting room",
  /** TwiML Record, "recordingStatusCallback" and "transcribeCallback". */
  notify: "when a recording has arrived (silently)",
  /** Twilio, "Track outbound message status". */
  delivery: "when Twilio reports the delivery of a text message (silently)",
  /** Twilio, "Call status changes". */
  hangup: "when the caller has hung up (silently)",
  /** Twilio, "Call status changes" of a call that was placed. */
  unanswered: "when nobody answers a placed call (silently)",
  /** TwiML for text messages. */
  message: "when a text message arrives",
} as const;

/** A side road's name. */
export type SideRoad = keyof typeof SIDE_ROADS;

/** What a person uses: a phone, or any channel of text messages. */
export type Medium = "voice" | "text";

/** The medium of each side road; undefined for one that follows calls and text messages. */
export function mediumOn(road: SideRoad): Medium | undefined {
  if (road === "delivery") return undefined;
  return road === "message" ? "text" : "voice";
}

/** Side roads on which somebody listens. */
export const HEARD: readonly SideRoad[] = ["whisper", "queue", "room"];
/** Side roads on which the caller listens. */
export const HEARD_BY_CALLER: readonly SideRoad[] = ["queue", "room"];
/** Side roads of somebody who can answer by keys. */
export const ANSWERED: readonly SideRoad[] = ["whisper", "queue"];
/** Every side road: for steps that nobody hears. */
export const EVERYWHERE: readonly SideRoad[] = [
  ...HEARD,
  "notify",
  "delivery",
  "hangup",
  "unanswered",
  "message",
];
