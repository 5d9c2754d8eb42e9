/** Side roads: steps that run beside a call, and end at `return`. Source of what each may hold: TwiML's own pages. */

/** Where the steps of each side road run, in the words of a finding. */
export const SIDE_ROADS = {
  /** TwiML Number, "url": what the callee hears before the two are connected. */
  whisper: "on the phone that is called",
  /** TwiML Enqueue, "waitUrl". */
  queue: "while the caller waits in a queue",
  /** TwiML Conference, "waitUrl". */
  room: "in a conference's waiting room",
  /** TwiML Record, "recordingStatusCallback" and "transcribeCallback". */
  notify: "when a recording has arrived, and nobody is listening",
  /** Twilio, "Call status changes". */
  hangup: "when the caller has hung up, and nobody is listening",
  /** TwiML for text messages. */
  message: "when a text message arrives",
} as const;

/** A side road's name. */
export type SideRoad = keyof typeof SIDE_ROADS;

/** Side roads on which somebody listens. */
export const HEARD: readonly SideRoad[] = ["whisper", "queue", "room"];
/** Side roads on which the caller listens. */
export const HEARD_BY_CALLER: readonly SideRoad[] = ["queue", "room"];
/** Side roads of somebody who can answer by keys. */
export const ANSWERED: readonly SideRoad[] = ["whisper", "queue"];
/** Every side road: for steps that nobody hears. */
export const EVERYWHERE: readonly SideRoad[] = [...HEARD, "notify", "hangup", "message"];
