/** The Durable Objects that place calls, in memory: SQLite as workerd has it, and an alarm that a test lets go off. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Deps } from "../../src/worker/deps.ts";
import type { Storage } from "../../src/worker/journal.ts";
import { type GaveUp, Outbound, type OutboundDeps } from "../../src/worker/outbound.ts";

/** A storage whose next use can fail, as if the process had died there. */
export interface FakeStorage extends Storage {
  /** How many uses are left before one throws. */
  usesLeft: number;
  alarm: number | undefined;
}

export function memoryStorage(): FakeStorage {
  const database = new DatabaseSync(":memory:");
  const statements = new Map<string, StatementSync>();
  const prepared = (query: string): StatementSync => {
    const statement = statements.get(query) ?? database.prepare(query);
    statements.set(query, statement);
    return statement;
  };
  const use = (): void => {
    if (storage.usesLeft-- <= 0) throw new Error("the process died");
  };
  const storage: FakeStorage = {
    usesLeft: Number.POSITIVE_INFINITY,
    alarm: undefined,
    sql: {
      exec(query, ...values) {
        use();
        const rows: unknown[] = prepared(query).all(...values);
        // Plain objects, as workerd's.
        return { toArray: () => JSON.parse(JSON.stringify(rows)) };
      },
    },
    async setAlarm(at) {
      use();
      storage.alarm = at;
    },
  };
  return storage;
}

/** The objects of a Worker's flows. `revive` begins anew with the same storage, as after a crash. */
export function outboundObjects(
  deps: Omit<OutboundDeps, "log"> & Partial<OutboundDeps>,
  gaveUp: GaveUp = async () => undefined,
) {
  const storages = new Map<string, FakeStorage>();
  const objects = new Map<string, Outbound>();
  const storageOf = (flow: string): FakeStorage => {
    const storage = storages.get(flow) ?? memoryStorage();
    storages.set(flow, storage);
    return storage;
  };
  const object = (flow: string): Outbound => {
    const one = objects.get(flow) ?? new Outbound(storageOf(flow), { log: () => undefined, ...deps }, gaveUp);
    objects.set(flow, one);
    return one;
  };
  const outbound: NonNullable<Deps["outbound"]> = (flow) => ({
    fetch: async (url, init) => object(flow).fetch(new Request(url, init)),
  });
  return { outbound, object, storageOf, revive: () => objects.clear() };
}
