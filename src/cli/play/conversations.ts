/** The Durable Objects of text conversations, in memory: their alarms go by the clock of a played call. */
import type { Clock } from "../../phone/leg/line.ts";
import type { ConversationStorage } from "../../worker/conversation/stored.ts";
import type { ObjectOf } from "../../worker/deps.ts";

/** A Durable Object, as far as it is called. */
interface DurableObject {
  fetch(request: Request): Promise<Response>;
  alarm(): Promise<void>;
}

/** The objects of all conversations. */
export interface Conversations {
  find: ObjectOf;
  /** Lets so many seconds pass, with the alarms that are due meanwhile. */
  passes(seconds: number): Promise<void>;
}

/** An object, and the moment of its alarm. */
interface Kept {
  object: DurableObject | Promise<DurableObject>;
  alarm: number | undefined;
}

/** @param create makes an object over its storage, once it is needed */
export function conversationsIn(
  clock: Clock,
  create: (storage: ConversationStorage) => DurableObject | Promise<DurableObject>,
): Conversations {
  const objects = new Map<string, Kept>();
  const found = (name: string): Kept => {
    const known = objects.get(name);
    if (known) return known;
    const storage = storageOf((alarm) => {
      kept.alarm = alarm;
    });
    const kept: Kept = { object: create(storage), alarm: undefined };
    objects.set(name, kept);
    return kept;
  };
  return {
    find: (name) => ({
      fetch: async (url, init) => (await found(name).object).fetch(new Request(url, init)),
    }),
    passes: async (seconds) => {
      const end = clock.now() + seconds * 1000;
      for (let due = firstBy(objects, end); due; due = firstBy(objects, end)) {
        clock.pass(Math.max(0, (due.alarm ?? 0) - clock.now()) / 1000);
        due.alarm = undefined;
        await (await due.object).alarm();
      }
      clock.pass((end - clock.now()) / 1000);
    },
  };
}

/** The object whose alarm comes first, if it comes by then. */
function firstBy(objects: ReadonlyMap<string, Kept>, end: number): Kept | undefined {
  return [...objects.values()]
    .filter(({ alarm }) => alarm !== undefined && alarm <= end)
    .sort((one, other) => (one.alarm ?? 0) - (other.alarm ?? 0))[0];
}

/** A storage in memory: what is read is a copy, as at Cloudflare. */
function storageOf(setAlarm: (at: number) => void): ConversationStorage {
  const values = new Map<string, string>();
  return {
    get: async (key) => {
      const value = values.get(key);
      return value === undefined ? undefined : JSON.parse(value);
    },
    put: async (key, value) => void values.set(key, JSON.stringify(value)),
    delete: async (key) => values.delete(key),
    setAlarm: async (at) => setAlarm(at),
  };
}
