/** What KV knows of a message: its answer, for a second delivery, and the conversation after it if no cookie can take that. */
import { jsonIn } from "../../engine/values.ts";
import { isMap } from "../../program/is-map.ts";
import type { Deps } from "../deps.ts";
import { load, OF_CALL, replace, type Written } from "../store.ts";
import { openText, sealText } from "../ticket.ts";
import { type Conversation, nameOf, openConversation, type Pair, sealConversation } from "./conversation.ts";

/** A message's answer, and the conversation after it. */
export interface Noted {
  twiml: string;
  after: Conversation;
}

const keyOf = (sid: string): string => `message:${sid}`;
const boundTo = (pair: Pair, sid: string): string => `message ${sid} ${nameOf(pair)}`;

/** Notes the message that a conversation had last. Never rejects. */
export async function note({ store, sealing }: Deps, pair: Pair, { twiml, after }: Noted): Promise<Written> {
  const noted = JSON.stringify({ twiml, after: await sealConversation(sealing, pair, after) });
  const { last } = after;
  return replace(store, keyOf(last), await sealText(sealing, boundTo(pair, last), noted), OF_CALL);
}

/** What was noted about a message; undefined if nothing was, or it cannot be read. Never rejects. */
export async function readNoted(
  { store, sealing }: Deps,
  pair: Pair,
  sid: string,
): Promise<Noted | undefined> {
  const { value } = await load(store, keyOf(sid), Date.now());
  const noted = jsonIn((value && (await openText(sealing, boundTo(pair, sid), value))) || "null");
  const { twiml, after } = isMap(noted) ? noted : {};
  if (typeof twiml !== "string" || typeof after !== "string") return undefined;
  const conversation = await openConversation(sealing, pair, after);
  return conversation && { twiml, after: conversation };
}
