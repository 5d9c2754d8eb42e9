/** The Durable Objects of conversations, in memory: a Map for each, a clock of the test, and alarms that go off by it. */

import { Conversations } from "../../src/worker/conversation/conversations.ts";
import type { ConversationStorage, Stored } from "../../src/worker/conversation/stored.ts";
import type { Deps, ObjectOf } from "../../src/worker/deps.ts";

/** A storage that a test can look at, and that can fail or hang. */
export interface FakeStorage extends ConversationStorage {
  kept: Map<string, Stored>;
  alarm: number | undefined;
  /** Called before each use, which waits for it, and fails if it does. */
  before(use: "get" | "put"): Promise<void>;
}

function memoryStorage(): FakeStorage {
  const kept = new Map<string, Stored>();
  const storage: FakeStorage = {
    kept,
    alarm: undefined,
    before: async () => undefined,
    async get(key) {
      await storage.before("get");
      return structuredClone(kept.get(key));
    },
    async put(key, value) {
      await storage.before("put");
      kept.set(key, structuredClone(value));
    },
    async delete(key) {
      kept.delete(key);
    },
    async setAlarm(at) {
      storage.alarm = at;
    },
  };
  return storage;
}

/** The objects of a Worker. */
export interface Objects {
  conversations: ObjectOf;
  storages: Map<string, FakeStorage>;
  /** When the next alarm goes off; Infinity if none is set. */
  next(): number;
  /** Lets the alarms go off that are due by the clock. */
  wake(now: number): Promise<void>;
  /** Begins anew with the same storage, as after a deploy. */
  revive(): void;
}

export function conversationObjects(deps: () => Deps): Objects {
  const storages = new Map<string, FakeStorage>();
  const objects = new Map<string, Conversations>();
  const object = (name: string): Conversations => {
    const storage = storages.get(name) ?? memoryStorage();
    storages.set(name, storage);
    const one = objects.get(name) ?? new Conversations(storage, deps());
    objects.set(name, one);
    return one;
  };
  return {
    conversations: (name) => ({
      fetch: async (url, init) => object(name).fetch(new Request(url, init)),
    }),
    storages,
    next: () => Math.min(...[...storages.values()].map(({ alarm }) => alarm ?? Number.POSITIVE_INFINITY)),
    async wake(now) {
      for (const [name, storage] of storages) {
        if (storage.alarm === undefined || storage.alarm > now) continue;
        storage.alarm = undefined;
        await object(name).alarm();
      }
    },
    revive: () => objects.clear(),
  };
}
