/**
 * KV: the state that a ticket cannot carry, and persistent variables.
 *
 * | key                                    | value                                                          | TTL  |
 * |----------------------------------------|----------------------------------------------------------------|------|
 * | call:<CallSid>:<rev>                   | the path of the call's continuation URL with its ticket,       | 25 h |
 * |                                        | however long: the state is sealed here as it is in the URL     |      |
 * |                                        | under revision 1, `moved <rev>` if the call was moved          |      |
 * | ended:<CallSid>                        | `ended`: the flow has ended, or its `onHangup` has begun       | 25 h |
 * | ended:<MessageSid>                     | `ended`: Twilio has reported the end of the message's delivery | 25 h |
 * | message:<MessageSid>                   | how a message of a conversation was answered, and the          | 25 h |
 * |                                        | conversation after it: only without its Durable Object         |      |
 * | aside:<CallSid>:<rev>                  | the same for an aside: what it set for the call that waits     | 25 h |
 * | program:<flow>/<hash>                  | a Program, as JSON                                             | 30 d |
 * | audio:<name>.<hash>.<ending>           | the bytes of an audio file that Programs play                  | 30 d |
 * | keep:flow:<flow>.<variable>            | a persistent variable, as JSON                                 | none |
 * | keep:caller:<number>:<flow>.<variable> | the same for one caller                                        | none |
 *
 * With `CALL_STATE = "ticket"` a turn writes its state only if its ticket is too large or the flow has an `onHangup`.
 * Only flows with an `onHangup` are marked as ended. Each turn that waits for an answer writes a key of its own, once, and
 * no key is read before it is written: KV caches a miss for 30 s or more, and takes one write of a key per second. A key
 * for the last state, replaced by each turn, would lose the state of a caller who presses keys quickly. 25 hours, because
 * one dial can keep a call waiting for the 24 hours that Twilio allows on request (4 hours otherwise).
 *
 * No turn waits longer for a read or a write than its budget allows (`budget.ts`).
 */
import { messageOf } from "../program/message-of.ts";
import { left, READS_MS, REPLY_MS } from "./budget.ts";

/** The part of a KV namespace that the Worker uses. */
export interface Store {
  get(key: string, options?: { cacheTtl: number }): Promise<string | null>;
  /** For audio files; a store without it has none. */
  getWithMetadata?(
    key: string,
    options: { type: "stream"; cacheTtl: number },
  ): Promise<{ value: ReadableStream | null; metadata: unknown }>;
  put(key: string, value: string, options?: { expirationTtl: number }): Promise<void>;
}

/** The outcome of a write: empty if it succeeded, a second delivery of the same webhook, or what went wrong. */
export interface Written {
  duplicate?: true;
  store?: string;
}

/** The outcome of a read: the value, nothing if there is none, or why it could not be read. */
export interface Loaded {
  value?: string;
  store?: string;
}

/** The value of the mark of a call that needs no `onHangup` any more. */
export const ENDED = "ended";

/** How long the data of one call is stored. */
export const OF_CALL = { expirationTtl: 25 * 3600 };
/** Milliseconds that a turn waits for a read or a write: a store that lags 3 s still answers in time. */
const MOST_MS = 4000;
/** Milliseconds after which KV takes another write of the same key. */
const AGAIN_MS = 1100;

/**
 * Reads a key, trying twice within 4 s and the budget of what arrived. Never rejects.
 * @param arrived when the webhook came, by the system clock; now, if no one waits
 */
export async function load(
  store: Store,
  key: string,
  arrived: number,
  options?: Parameters<Store["get"]>[1],
): Promise<Loaded> {
  const most = left(arrived, READS_MS, MOST_MS);
  if (most === 0) return { store: "no time was left to read it" };
  const get = async (): Promise<string | null> => store.get(key, options);
  try {
    const value = await within(most, get().catch(get));
    if (value === null) return {};
    return value === undefined ? { store: "no answer in time" } : { value };
  } catch (error) {
    return { store: `not read: ${messageOf(error)}` };
  }
}

/** Writes a key that only this turn writes, trying twice while the Worker is kept alive. Never rejects. */
export function put(store: Store, key: string, value: string): Promise<Written> {
  // Only a second delivery of the webhook writes the key again, with the same value.
  return written(
    () => store.put(key, value, OF_CALL),
    async (retry, error) => (/\b429\b/.test(messageOf(error)) ? { duplicate: true } : retry()),
  );
}

/** Writes a key that another turn may have written just now; if KV rejects that, a second later. Never rejects. */
export function replace(
  store: Store,
  key: string,
  value: string,
  options?: Parameters<Store["put"]>[2],
): Promise<Written> {
  return written(
    () => store.put(key, value, options),
    async (retry) => {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      return retry();
    },
  );
}

async function written(
  write: () => Promise<void>,
  again: (retry: () => Promise<Written>, error: unknown) => Promise<Written>,
): Promise<Written> {
  const attempt = async (): Promise<Written> => {
    await write();
    return {};
  };
  try {
    return await attempt();
  } catch (error) {
    return again(attempt, error).catch((last) => ({ store: `not written: ${messageOf(last)}` }));
  }
}

/** Waits for a write, but at most 4 s, and within the budget of what arrived. */
export async function awaitWrite(write: Promise<Written>, arrived: number): Promise<Written> {
  return (await within(left(arrived, REPLY_MS, MOST_MS), write)) ?? { store: "not written in time" };
}

/** The key of a call's state at a revision; or of what an aside set while the call waited there. */
export function stateKey(whose: "call" | "aside", sid: string, rev: number): string {
  return `${whose}:${sid}:${rev}`;
}

/** What is stored for a call that was moved, in place of its first state: the revision that it continues after. */
export function movedMark(rev: number): string {
  return `moved ${rev}`;
}

/** The revision in such a mark; undefined if it is a state. */
export function movedTo(value = ""): number | undefined {
  return value.startsWith("moved ") ? Number(value.slice(6)) : undefined;
}

/** The key of the mark that the flow has ended. */
export function endedKey(sid: string): string {
  return `ended:${sid}`;
}

/** The promise's outcome, or undefined once `ms` milliseconds have passed. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
