/** Side roads: steps that run beside a call, and end at `return`. Source of what each may hold: TwiML's own pages. */

/** What stands for each side road in a finding: where its steps run. */
export const SIDE_ROADS = {
  /** TwiML Number, "url": what the callee hears before the two are connected. */
  whisper: "on the phone of whoever is called",
  /** TwiML Enqueue, "waitUrl". */
  queue: "while the caller waits in a queue",
  /** TwiML Conference, "waitUrl". */
  room: "in a conference's waiting room",
  /** TwiML Record, "recordingStatusCallback" and "transcribeCallback". */
  notify: "when a recording has arrived: nobody hears it",
  /** Twilio, "Call status changes". */
  hangup: "when the caller has hung up: nobody hears it",
  /** TwiML for text messages. */
  message: "when a text message comes in",
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
