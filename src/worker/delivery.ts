/**
 * The URL at which Twilio reports on a text message: an aside, with the call as it was when the message was sent. Source:
 * Twilio, "Track outbound message status".
 */
import type { Message } from "../engine/effect.ts";
import type { Event } from "../engine/event.ts";
import type { Call } from "../program/call.ts";
import { fnv1a } from "../program/fnv1a.ts";
import type { Deps } from "./deps.ts";
import { pathOf, sealerOf } from "./links.ts";
import type { Given } from "./run-turn.ts";
import { awaitWrite, ENDED, endedKey, load, put, type Written } from "./store.ts";

/** Twilio's own limit: a call that did not fit could not be read from the store, which has it by its CallSid alone. */
const MOST_CALLBACK = 4000;

/** No call has so many turns, so what a side road does has other keys than what the call does. A revision has nine digits. */
const FIRST_REVISION = 500_000_000;
const REVISIONS = 400_000_000;

/**
 * Adds the sealed URL to a message. The same message has the same one, so a report that comes twice runs the same side road.
 * @throws Error if the call's state is too large for it
 */
export async function reported(
  { sealing }: Deps,
  { program, event, base }: Given,
  message: Message,
): Promise<Message> {
  const { step, form, delivery } = message;
  if (!delivery) return message;
  const call = callSent(message, delivery.call, event);
  const { flow, hash } = program;
  const path = pathOf({ road: "aside", flow, hash, step, block: delivery.block, rev: call.rev });
  const StatusCallback = base + (await sealerOf(sealing, call)(path));
  if (StatusCallback.length <= MOST_CALLBACK) return { ...message, form: { ...form, StatusCallback } };
  throw new Error("the call's state is too large for the URL at which Twilio reports the delivery");
}

/**
 * Notes that Twilio has reported the end of a message's delivery, which it can do twice: what the side road sends would be
 * sent and billed again. If the store does not answer, the side road runs.
 */
export async function noteReport({ store }: Deps, sid: string): Promise<Written> {
  const before = await load(store, endedKey(sid), Date.now());
  if (before.value !== undefined) return { duplicate: true };
  if (before.store !== undefined) return { store: before.store };
  return awaitWrite(put(store, endedKey(sid), ENDED), Date.now());
}

/** The call as it was when a message was sent, for the side road of the message. */
export function callSent({ key }: Pick<Message, "key">, before: Call, event: Event): Call {
  // A side road goes back to no menu, and no flow waits for it.
  const { frames: _, ...own } = before;
  const { caller = event.caller, called = event } = before;
  const { to, number = to, direction } = called;
  const rev = FIRST_REVISION + ((fnv1a(key) >>> 0) % REVISIONS);
  return { ...own, rev, slots: {}, trail: [], caller, called: { to, number, direction } };
}
