/**
 * KV, the keeper of what a ticket cannot carry.
 *
 * | key                  | value                                                            | TTL  |
 * |----------------------|------------------------------------------------------------------|------|
 * | call:<CallSid>:<rev> | the call's continuation URL from its path on, with its ticket,   | 25 h |
 * |                      | however long: the state is sealed here as it is in the URL       |      |
 *
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
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
}

/** What came of a write: nothing to tell, a second delivery of the same webhook, or what went wrong. */
export interface Saved {
  duplicate?: true;
  store?: string;
}

/** What came of a read: the URL, or why there is none. */
export interface Loaded {
  url?: string;
  store?: string;
}

const TTL_SECONDS = 25 * 3600;
/** Milliseconds that a turn waits for a read: a store that lags 3 s still answers in time. */
const READ_MS = 4000;
/** Milliseconds that a reply waits for a state to be kept that its ticket cannot carry. */
const WRITE_MS = 4000;

/** Reads a call's continuation URL, trying twice within 4 s. Never rejects. */
export async function load(store: Store, sid: string, rev: number): Promise<Loaded> {
  const get = async (): Promise<string | null> => store.get(keyOf(sid, rev));
  try {
    const url = await within(READ_MS, get().catch(get));
    if (typeof url === "string") return { url };
    return { store: url === null ? "nothing kept" : `no answer in ${READ_MS / 1000} s` };
  } catch (error) {
    return { store: `not read: ${messageOf(error)}` };
  }
}

/** Writes a call's continuation URL, trying twice, for as long as the Worker is kept alive. Never rejects. */
export async function save(store: Store, sid: string, rev: number, url: string): Promise<Saved> {
  const put = async (): Promise<Saved> => {
    await store.put(keyOf(sid, rev), url, { expirationTtl: TTL_SECONDS });
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

function keyOf(sid: string, rev: number): string {
  return `call:${sid}:${rev}`;
}

// Only a second delivery writes a key twice, and it writes the same.
function isRateLimit(error: unknown): boolean {
  return /\b429\b/.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
