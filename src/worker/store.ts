/**
 * KV, the keeper of what a ticket cannot carry.
 *
 * | key                  | value                                                            | TTL  |
 * |----------------------|------------------------------------------------------------------|------|
 * | call:<CallSid>:<rev> | the call's continuation URL from its path on, with its ticket,   | 25 h |
 * |                      | however long: the state is sealed here as it is in the URL       |      |
 *
 * | aside:<CallSid>:<rev> | the same of an aside: what it set for the call that waits for it | 25 h |
 * | keep:flow:<flow>.<variable> | a variable that outlives calls, as JSON                     | none |
 * | keep:caller:<number>:<flow>.<variable> | the same for one caller                          | none |
 *
 * Behind a flow's end, where the flow has an `onHangup`, the call's last revision is kept as `ended`.
 * Each turn that waits for an answer writes a key of its own, once, and no key is read before it is written:
 * KV keeps a miss for 30 s or more and takes one write a second for a key. 25 hours, because one dial may keep a
 * call waiting for the 24 hours that Twilio allows on request (4 hours otherwise).
 *
 * Times here keep a turn within 10 of Twilio's 15 seconds: at most one read and one awaited write.
 */
import { within } from "./deadline.ts";

/** What is needed of a KV namespace. */
export interface Store {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options?: { expirationTtl: number }): Promise<void>;
}

/** What came of a write: nothing to tell, a second delivery of the same webhook, or what went wrong. */
export interface Saved {
  duplicate?: true;
  store?: string;
}

/** What came of a read: the value, or why there is none. */
export interface Loaded {
  value?: string;
  store?: string;
}

/** What stands for the state of a call whose flow came to its end. */
export const ENDED = "ended";

const TTL_SECONDS = 25 * 3600;
/** Milliseconds that a turn waits for a read: a store that lags 3 s still answers in time. */
const READ_MS = 4000;
/** Milliseconds after which KV takes another write of the same key. */
const AGAIN_MS = 1100;
/** Milliseconds that a reply waits for a state to be kept that its ticket cannot carry. */
const WRITE_MS = 4000;

/** Reads a key, trying twice within 4 s. Never rejects. */
export async function load(store: Store, key: string): Promise<Loaded> {
  const get = async (): Promise<string | null> => store.get(key);
  try {
    const value = await within(READ_MS, get().catch(get));
    if (typeof value === "string") return { value };
    return { store: value === null ? "nothing kept" : `no answer in ${READ_MS / 1000} s` };
  } catch (error) {
    return { store: `not read: ${messageOf(error)}` };
  }
}

/** Writes what a call keeps, trying twice, for as long as the Worker is kept alive. Never rejects. */
export async function save(store: Store, key: string, value: string): Promise<Saved> {
  const put = async (): Promise<Saved> => {
    await store.put(key, value, { expirationTtl: TTL_SECONDS });
    return {};
  };
  try {
    return await put().catch((error) => (isRateLimit(error) ? { duplicate: true } : put()));
  } catch (error) {
    return { store: `not written: ${messageOf(error)}` };
  }
}

/** Waits for a write, but at most 4 s. */
export async function awaitSaved(saved: Promise<Saved>): Promise<Saved> {
  return (await within(WRITE_MS, saved)) ?? { store: `not written in ${WRITE_MS / 1000} s` };
}

/** Writes what outlives the call; where another call has just written it, again a second later. Never rejects. */
export async function keep(store: Store, key: string, value: string): Promise<Saved> {
  const put = async (): Promise<Saved> => {
    await store.put(key, value);
    return {};
  };
  const again = async (): Promise<Saved> => {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    return put();
  };
  try {
    return await put().catch(again);
  } catch (error) {
    return { store: `not written: ${messageOf(error)}` };
  }
}

/** Where a call's state at a revision is kept. */
export function callKey(sid: string, rev: number): string {
  return `call:${sid}:${rev}`;
}

/** Where that is kept which an aside set while the call waited at a revision. */
export function asideKey(sid: string, rev: number): string {
  return `aside:${sid}:${rev}`;
}

// Only a second delivery writes a key twice, and it writes the same.
function isRateLimit(error: unknown): boolean {
  return /\b429\b/.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
