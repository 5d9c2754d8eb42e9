/** A text message without a Durable Object: its cookie alone has the conversation. */
import type { Event } from "../../engine/event.ts";
import { reply } from "../reply.ts";
import { awaitWrite } from "../store.ts";
import { type Conversation, isDue, sealConversation } from "./conversation.ts";
import { isTooLarge, replyWith } from "./cookie.ts";
import { note, readNoted } from "./noted.ts";
import { type Given, NOTHING, takeMessage } from "./turn.ts";
import { openCookie, withState } from "./whole.ts";

/** A reply, and the sealed conversation after it. */
interface Alone {
  response: Response;
  sealed?: string;
}

/**
 * Takes a message. No one runs a time-out: a message that comes after it begins anew.
 * @returns undefined outside of a conversation, if the flow does not ask by text message either
 */
export async function takeAlone(
  given: Given,
  event: Event,
  cookie: string | undefined,
): Promise<Alone | undefined> {
  const { deps, pair, line } = given;
  const brought = await openCookie(given, cookie);
  if (brought?.last === event.sid) return repeat(given, brought);
  const held = brought && (await withState(given, brought));
  const before = held && isDue(held, deps.callTime()) ? ended(held) : held;
  const { twiml, after } = await takeMessage(given, event, before);
  if (twiml === undefined) return undefined;
  if (!after) return { response: reply(twiml) };
  const noting = note(deps, pair, { twiml, after });
  deps.waitUntil(noting);
  const sealed = await sealConversation(deps.sealing, pair, after);
  // The next message reads it there.
  const { store } = isTooLarge(pair, sealed) ? await awaitWrite(noting, given.began) : {};
  line.store ??= store;
  return { response: await replyWith(deps, pair, twiml, after), sealed };
}

function ended({ waits: _, ...rest }: Conversation): Conversation {
  return rest;
}

/** Answers the last message once more, as it was answered before. */
async function repeat({ deps, pair, line }: Given, brought: Conversation): Promise<Alone> {
  line.duplicate = true;
  const noted = await readNoted(deps, pair, brought.last);
  const { twiml = NOTHING, after = brought } = noted ?? {};
  return { response: await replyWith(deps, pair, twiml, after) };
}
