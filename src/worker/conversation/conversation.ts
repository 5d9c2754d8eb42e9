/**
 * A text conversation between two messages: where it waits, and the state of its variables. It travels sealed, in a cookie that
 * Twilio returns with the next message, and is at rest in its Durable Object in the same form.
 */
import { personAt } from "../../engine/caller.ts";
import type { Event } from "../../engine/event.ts";
import type { Call, Place } from "../../program/call.ts";
import { openText, type Sealing, sealText } from "../ticket.ts";
import type { Replies } from "./replies.ts";

/** Who writes to whom, about what. */
export interface Pair {
  flow: string;
  /** The person's address, as Twilio writes it. */
  from: string;
  /** The line's own address. */
  to: string;
  accountSid: string;
  /** This Worker's URL. */
  base: string;
}

/** A question that is not answered yet. */
export interface Waiting extends Place {
  hash: string;
  call: Call;
  /** When it is not waited for any longer, in milliseconds since 1970. */
  deadline: number;
  /** How many questions before it were not answered, in a row. */
  unanswered?: number;
}

/** A conversation. One that has ended waits for nothing. */
export interface Conversation {
  /** When its last turn ended: the newer of two wins. */
  at: number;
  /** The MessageSid of the last message. */
  last: string;
  waits?: Waiting;
  /** How many messages were taken lately. */
  replies?: Replies;
  /** Its state is too large for a cookie: KV has it under the last message, if the Durable Object does not. */
  isElsewhere?: true;
}

/** The name of the Durable Object of a conversation. */
export function nameOf({ flow, to, from }: Pair): string {
  return `${flow}\n${to}\n${personAt(from)}`;
}

/** The pair that a text message is from. */
export function pairOf(flow: string, base: string, { caller, to, accountSid }: Event): Pair {
  return { flow, from: caller.number, to, accountSid, base };
}

// No path of a ticket begins like this.
const boundTo = (pair: Pair): string => `conversation ${nameOf(pair)}`;

/** Seals a conversation for its pair. */
export function sealConversation(sealing: Sealing, pair: Pair, conversation: Conversation): Promise<string> {
  return sealText(sealing, boundTo(pair), JSON.stringify(conversation));
}

/** Opens a conversation; undefined if none of the secrets sealed it for this pair. */
export async function openConversation(
  sealing: Sealing,
  pair: Pair,
  sealed: string,
): Promise<Conversation | undefined> {
  const text = await openText(sealing, boundTo(pair), sealed);
  // What opens was sealed by this code: its shape needs no second look.
  return text === undefined ? undefined : JSON.parse(text);
}

/** Whether a conversation has waited for long enough. */
export function isDue({ waits }: Conversation, now: number): boolean {
  return waits !== undefined && waits.deadline <= now;
}
