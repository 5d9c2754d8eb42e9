/** A store in memory that misbehaves as KV can: it misses, lags, refuses, fails, hangs and lies. */

import type { Random } from "../../src/cli/play/fuzz/random.ts";
import type { Store } from "../../src/worker/store.ts";

/** What can be wrong with one read or write. */
export const STORE_FAULTS = ["miss", "lag", "429", "5xx", "hang", "lie"] as const;

/** A store, the values in it, and what it was asked. */
export interface FaultyStore extends Store {
  values: ReadonlyMap<string, string>;
  reads: number;
}

const AGAIN_MS = 1000;

/**
 * @param often how many of all reads and writes go wrong, from 0 to 1
 * @param injected called for each that does
 */
export function faultyStore(random: Random, often: number, injected: (fault: string) => void): FaultyStore {
  const values = new Map<string, string>();
  const written = new Map<string, number>();
  const fault = (): (typeof STORE_FAULTS)[number] | undefined => {
    if (!random.chance(often)) return undefined;
    const kind = random.pick(STORE_FAULTS);
    injected(`store ${kind}`);
    return kind;
  };
  const store: FaultyStore = { values, reads: 0, get, put };
  return store;

  async function get(key: string): Promise<string | null> {
    store.reads++;
    const value = values.get(key) ?? null;
    switch (fault()) {
      case "miss":
        return null;
      case "lie":
        return lie(random, values);
      case "429":
        throw new Error("KV GET failed: 429 Too Many Requests");
      case "5xx":
        throw new Error("KV GET failed: 503 Service Unavailable");
      case "hang":
        return new Promise(() => undefined);
      case "lag":
        await sleep(random.int(100, 6000));
    }
    return value;
  }

  async function put(key: string, value: string): Promise<void> {
    switch (fault()) {
      // Accepted, and seen by nobody.
      case "miss":
      case "lie":
        return;
      case "429":
        throw new Error("KV PUT failed: 429 Too Many Requests");
      case "5xx":
        throw new Error("KV PUT failed: 500 Internal Server Error");
      case "hang":
        return new Promise(() => undefined);
      case "lag":
        await sleep(random.int(100, 6000));
    }
    if (Date.now() - (written.get(key) ?? 0) < AGAIN_MS)
      throw new Error("KV PUT failed: 429 Too Many Requests");
    written.set(key, Date.now());
    values.set(key, value);
  }
}

function lie(random: Random, values: ReadonlyMap<string, string>): string {
  const another = random.any([...values.values()]) ?? "";
  return random.pick(["", "null", "{", '"text"', "[1, 2]", "/voice/x/y/z/enter/1?t=AAAA", another]);
}

/** Fulfilled after so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
