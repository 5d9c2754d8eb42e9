/**
 * KV, the keeper of what a ticket cannot carry.
 *
 * | key                                    | value                                                          | TTL  |
 * |----------------------------------------|----------------------------------------------------------------|------|
 * | call:<CallSid>:<rev>                   | the call's continuation URL from its path on, with its ticket, | 25 h |
 * |                                        | however long: the state is sealed here as it is in the URL     |      |
 * | aside:<CallSid>:<rev>                  | the same of an aside: what it set for the call that waits      | 25 h |
 * | keep:flow:<flow>.<variable>            | a variable that outlives calls, as JSON                        | none |
 * | keep:caller:<number>:<flow>.<variable> | the same for one caller                                        | none |
 *
 * Behind a flow's end, where the flow has an `onHangup`, the call's last revision is kept as `ended`.
 * Each turn that waits for an answer writes a key of its own, once, and no key is read before it is written:
 * KV keeps a miss for 30 s or more and takes one write a second for a key. 25 hours, because one dial may keep a
 * call waiting for the 24 hours that Twilio allows on request (4 hours otherwise).
 *
 * Times here keep a turn within 10 of Twilio's 15 seconds: at most one read and one awaited write.
 */

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

/** What came of a read: the value, nothing where nothing is kept, or why it could not be read. */
export interface Loaded {
  value?: string;
  store?: string;
}

/** What stands for the state of a call whose flow came to its end. */
export const ENDED = "ended";

/** How long what belongs to one call is kept. */
export const OF_CALL = { expirationTtl: 25 * 3600 };
/** Milliseconds that a turn waits for a read or a write: a store that lags 3 s still answers in time. */
const MOST_MS = 4000;
/** Milliseconds after which KV takes another write of the same key. */
const AGAIN_MS = 1100;

/** Reads a key, trying twice within 4 s. Never rejects. */
export async function load(store: Store, key: string): Promise<Loaded> {
  const get = async (): Promise<string | null> => store.get(key);
  try {
    const value = await within(MOST_MS, get().catch(get));
    if (value === null) return {};
    return value === undefined ? { store: "no answer in time" } : { value };
  } catch (error) {
    return { store: `not read: ${messageOf(error)}` };
  }
}

/** Writes a call's state, trying twice, for as long as the Worker is kept alive. Never rejects. */
export function save(store: Store, key: string, value: string): Promise<Saved> {
  // Only a second delivery writes the key twice, and it writes the same.
  return written(
    () => store.put(key, value, OF_CALL),
    (put, error) => (/\b429\b/.test(messageOf(error)) ? { duplicate: true } : put()),
  );
}

/** Writes what may have been written a moment before with another value: then a second later. Never rejects. */
export function keep(
  store: Store,
  key: string,
  value: string,
  options?: Parameters<Store["put"]>[2],
): Promise<Saved> {
  return written(
    () => store.put(key, value, options),
    async (put) => {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      return put();
    },
  );
}

async function written(
  write: () => Promise<void>,
  again: (put: () => Promise<Saved>, error: unknown) => Saved | Promise<Saved>,
): Promise<Saved> {
  const put = async (): Promise<Saved> => {
    await write();
    return {};
  };
  try {
    return await put().catch((error) => again(put, error));
  } catch (error) {
    return { store: `not written: ${messageOf(error)}` };
  }
}

/** Waits for a write, but at most 4 s. */
export async function awaitSaved(saved: Promise<Saved>): Promise<Saved> {
  return (await within(MOST_MS, saved)) ?? { store: "not written in time" };
}

/** Where a call's state at a revision is kept; or what an aside set while the call waited at it. */
export function stateKey(whose: "call" | "aside", sid: string, rev: number): string {
  return `${whose}:${sid}:${rev}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The promise's outcome, or undefined once `ms` milliseconds have passed. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
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
