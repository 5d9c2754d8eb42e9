/**
 * The cookie of a conversation: Twilio returns one for each two numbers, for four hours at most. It is not part of what Twilio
 * signs, so it is sealed. Source: Twilio, "Cookies" of the messaging webhooks.
 */
import type { Deps } from "../deps.ts";
import { splitUrl } from "../links.ts";
import { reply } from "../reply.ts";
import { type Conversation, type Pair, sealConversation } from "./conversation.ts";

/** Seconds that Twilio keeps a cookie. */
const MOST_AGE = 4 * 3600;
/** Bytes of a whole cookie that every client takes. */
const MOST_COOKIE = 4000;

/** The sealed conversation that came with a message; undefined if none did. */
export function cookieIn({ headers }: Request): string | undefined {
  return /(?:^|;\s*)ringflow=([\w-]+)/.exec(headers.get("Cookie") ?? "")?.[1];
}

/** Whether a sealed conversation is too large for a cookie. */
export function isTooLarge(pair: Pair, sealed: string): boolean {
  return cookieOf(pair, sealed, MOST_AGE).length > MOST_COOKIE;
}

/** A reply that gives the conversation to Twilio, for as long as it waits. */
export async function replyWith(
  { sealing, callTime }: Pick<Deps, "sealing" | "callTime">,
  pair: Pair,
  twiml: string,
  conversation: Conversation,
): Promise<Response> {
  const { at, last, waits } = conversation;
  const whole = await sealConversation(sealing, pair, conversation);
  const sealed = isTooLarge(pair, whole)
    ? await sealConversation(sealing, pair, { at, last, isElsewhere: true })
    : whole;
  const left = waits ? Math.ceil((waits.deadline - callTime()) / 1000) : MOST_AGE;
  const response = reply(twiml);
  response.headers.append("Set-Cookie", cookieOf(pair, sealed, Math.max(1, Math.min(MOST_AGE, left))));
  return response;
}

// An ended conversation has a cookie as well: it is newer than one that was sent before, and came late.
function cookieOf({ base, flow }: Pair, sealed: string, age: number): string {
  const [, prefix] = splitUrl(base);
  return `ringflow=${sealed}; Max-Age=${age}; Path=${prefix}/sms/${flow}; Secure; HttpOnly`;
}
