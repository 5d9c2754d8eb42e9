/** Where the state of a conversation comes from if a cookie brings it. */
import { type Conversation, openConversation } from "./conversation.ts";
import { readNoted } from "./noted.ts";
import type { Given } from "./turn.ts";

/** The conversation in a cookie; undefined if there is none. The line says so if there should be one. */
export async function openCookie(
  { deps: { sealing }, pair, line }: Given,
  cookie: string | undefined,
): Promise<Conversation | undefined> {
  const opened = cookie === undefined ? undefined : await openConversation(sealing, pair, cookie);
  if (cookie !== undefined && !opened)
    Object.assign(line, { degraded: true, store: "the cookie does not open" });
  return opened;
}

/** A conversation with its state, which KV has if it is elsewhere. If KV does not, the conversation is over. */
export async function withState(
  { deps, pair, line }: Given,
  conversation: Conversation,
): Promise<Conversation> {
  if (!conversation.isElsewhere) return conversation;
  const { at, last } = conversation;
  const noted = await readNoted(deps, pair, last);
  if (noted) return noted.after;
  Object.assign(line, { degraded: true, store: "the conversation's state is not stored" });
  return { at, last };
}
