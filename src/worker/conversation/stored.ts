/** What the Durable Object of a conversation stores: the conversation, and how its last messages were answered. */
import { openText, type Sealing, sealText } from "../ticket.ts";
import { type Conversation, openConversation, type Pair, sealConversation } from "./conversation.ts";
import { readNoted } from "./noted.ts";
import { type Given, NOTHING } from "./turn.ts";
import { withState } from "./whole.ts";

/** What is stored. */
export interface Stored {
  pair: Pair;
  /** The conversation. */
  sealed: string;
  /** The last messages by their MessageSid, the latest last, and how each was answered. */
  answers: readonly (readonly [sid: string, sealed: string])[];
}

/** The part of a Durable Object's storage that is used. */
export interface ConversationStorage {
  get(key: string): Promise<Stored | undefined>;
  put(key: string, value: Stored): Promise<void>;
  delete(key: string): Promise<unknown>;
  setAlarm(at: number): Promise<void>;
}

/** The only key. */
export const KEY = "conversation";

/** Why a state is lost. */
export const NOT_OPEN = "the stored state does not open";

/** How many answers are remembered, and for how long after the last message. */
const MOST_ANSWERS = 10;
const REMEMBERED_MS = 25 * 3600 * 1000;

// No path of a ticket begins like this.
const boundTo = (sid: string): string => `answer ${sid}`;

/** When the object has something to do next: a time-out, or to forget. */
export function wakeAt({ waits, at }: Conversation): number {
  return waits?.deadline ?? at + REMEMBERED_MS;
}

/**
 * What is to be stored after a turn.
 * @param before what was stored
 * @param answer how a message was answered
 */
export async function storedAfter(
  sealing: Sealing,
  { pair, answers: known = [] }: Pick<Stored, "pair"> & Partial<Stored>,
  after: Conversation,
  answer?: { sid: string; twiml: string },
): Promise<Stored> {
  const sealed = await sealConversation(sealing, pair, after);
  const answers = [...known];
  if (answer) answers.push([answer.sid, await sealText(sealing, boundTo(answer.sid), answer.twiml)]);
  return { pair, sealed, answers: answers.slice(-MOST_ANSWERS) };
}

/** The newer of the conversations that the object has and that the cookie brings. */
export async function latest(
  given: Given,
  stored: Stored | undefined,
  cookie = "",
): Promise<Conversation | undefined> {
  const { deps, pair, line } = given;
  const own = stored && (await openConversation(deps.sealing, pair, stored.sealed));
  const brought = await openConversation(deps.sealing, pair, cookie);
  if (brought && brought.at > (own?.at ?? 0)) return withState(given, brought);
  if (stored && !own) Object.assign(line, { degraded: true, store: NOT_OPEN });
  return own;
}

/** How a message was answered that came before; undefined if it is new. */
export async function answerOf(
  { deps, pair }: Given,
  sid: string,
  stored: Stored | undefined,
  held: Conversation | undefined,
): Promise<string | undefined> {
  const known = stored?.answers.find(([one]) => one === sid);
  if (known) return (await openText(deps.sealing, boundTo(sid), known[1])) ?? NOTHING;
  // The cookie alone had served it.
  return held?.last === sid ? ((await readNoted(deps, pair, sid))?.twiml ?? NOTHING) : undefined;
}
