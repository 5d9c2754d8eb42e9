/** The Durable Objects of text conversations, which fail as often as chance says: before they take a message, or afterwards. */
import { conversationsIn, type Conversations as Objects } from "../../src/cli/play/conversations.ts";
import type { Random } from "../../src/cli/play/fuzz/random.ts";
import type { Clock } from "../../src/phone/leg/line.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { type ConversationStorage, Conversations } from "../../src/worker/outgoing.ts";

const FAULTS: Readonly<Record<string, () => Promise<Response>>> = {
  fails: () => Promise.reject(new Error("overloaded")),
  hangs: () => new Promise(() => {}),
  lies: async () => new Response("<html>", { status: 200 }),
};

/**
 * @param deps what the objects are made with, once there is an app
 * @param often how often one fails
 */
export function faultyConversations(
  clock: Clock,
  deps: () => Deps,
  random: Random,
  often: number,
  count: (what: string) => void,
): Objects {
  const fault = async (): Promise<Response | undefined> => {
    if (!random.chance(often)) return undefined;
    const name = random.pick(["fails", "hangs", "lies"]);
    count(`conversation's object ${name}`);
    return FAULTS[name]?.();
  };
  const storageWithFaults = (storage: ConversationStorage): ConversationStorage => ({
    ...storage,
    get: async (key) => {
      await failing();
      return storage.get(key);
    },
    put: async (key, value) => {
      await failing();
      return storage.put(key, value);
    },
  });
  const failing = async (): Promise<void> => {
    if (!random.chance(often / 2)) return;
    count("conversation's storage fails");
    if (random.chance(0.5)) throw new Error("the storage failed");
    await new Promise((resolve) => setTimeout(resolve, random.int(100, 5000)));
  };
  const objects = conversationsIn(clock, (storage) => {
    const object = new Conversations(storageWithFaults(storage), deps());
    return {
      fetch: (request) => object.fetch(request),
      // The runtime tries again what fails.
      alarm: () => object.alarm().catch(() => count("alarms that fail")),
    };
  });
  return {
    ...objects,
    find: (name) => {
      const object = objects.find(name);
      return {
        fetch: async (url, init) => {
          const before = await fault();
          if (before) return before;
          const response = await object.fetch(url, init);
          return (await fault()) ?? response;
        },
      };
    },
  };
}
