/** The Durable Objects of conversations, in memory: a Map for each, a clock of the test, and alarms that go off by it. */
import type { ConversationStorage, Stored } from "../../src/worker/conversation/conversations.ts";
import { Conversations } from "../../src/worker/conversation/conversations.ts";
import type { Deps, ObjectOf } from "../../src/worker/deps.ts";

/** A storage whose use can fail or hang. */
export interface FakeStorage extends ConversationStorage {
  kept: Map<string, Stored>;
  alarm: number | undefined;
  /** Called before each use; what it throws or waits for is what the storage does. */
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

/** The objects of a Worker. Like Twilio, they know no test: `fetch` is what the Worker has for a name. */
export interface Objects {
  conversations: ObjectOf;
  storages: Map<string, FakeStorage>;
  /** Lets go off what is due by the clock, in order. */
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
