/** A call keeps the version it began with, whatever is deployed meanwhile. */
import { describe, expect, test } from "vitest";
import { FORMAT } from "../../src/program/program.ts";
import type { Move } from "../../src/worker/pointers.ts";
import { newArchive } from "../../src/worker/programs.ts";
import type { Store } from "../../src/worker/store.ts";
import { beginCalls, CALLS, hear, NEW, OLD, workerOf } from "./calls-in-progress.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { pointerObjects } from "./pointer-object.ts";
import { type Line, type MemoryStore, memoryStore, webhook } from "./support.ts";

const KEY = `program:desk/${OLD.hash}`;

const store = memoryStore();
const first = workerOf(OLD, { store });
const calls = await beginCalls(first);
await first.settle();

/** What the store has at the deploy. */
const kept = (): MemoryStore => memoryStore(Object.fromEntries(store.kept));

async function hearAll(app: Line): Promise<string[][]> {
  return Promise.all(calls.map((call) => hear(app, call)));
}

/** What the callers would hear if nothing were deployed. */
const undisturbed = await hearAll(workerOf(OLD, { store: kept() }));

function slow(memory: MemoryStore): Store {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3000));
  return { ...memory, get: (key) => pause().then(() => memory.get(key)) };
}

test("the calls wait at many places", () => {
  const places = new Set(calls.map(({ twiml }) => /\/voice\/desk\/\w+\/([^/]+\/[^/]+)/.exec(twiml)?.[1]));
  expect(calls).toHaveLength(CALLS);
  expect(places.size).toBeGreaterThan(5);
});

describe(`each of ${CALLS} callers hears what their own version says, after a deploy that renames every step and swaps keys`, () => {
  test("with the version in KV", async () => {
    const app = workerOf(NEW, { store: kept() });
    expect(await hearAll(app)).toEqual(undisturbed);
    expect(new Set(app.lines.map(({ version }) => version))).toEqual(new Set([OLD.hash]));
  });

  test("if it is published instead, and new calls get it", async () => {
    const publishing = pointerObjects().isolate();
    const change = { action: "publish", hash: NEW.hash, at: "", who: "", note: "" };
    const move: Move = { expect: 0, pointer: { over: OLD.hash, hash: NEW.hash }, change };
    await publishing.object("desk").fetch("https://pointers/", { method: "PUT", body: JSON.stringify(move) });
    const memory = kept();
    memory.kept.set(`program:desk/${NEW.hash}`, JSON.stringify(NEW));
    const app = workerOf(OLD, { store: memory, publishing });
    expect(await hearAll(app)).toEqual(undisturbed);
    expect(await (await app.fetch(webhook("/voice/desk"))).text()).toContain("The new menu.");
  });

  test("with an empty cache at every webhook", async () => {
    const memory = kept();
    const app: Line = {
      ...workerOf(NEW),
      fetch: (request) => workerOf(NEW, { store: memory, archive: newArchive() }).fetch(request),
    };
    expect(await hearAll(app)).toEqual(undisturbed);
  });
});

describe("with KV that lags 3 s", () => {
  useFalseTime();

  test("each caller hears their own version, and no turn takes more than 10 s", async () => {
    const app = workerOf(NEW, { store: slow(kept()) });
    expect(await finish(hearAll(app))).toEqual(undisturbed);
    expect(Math.max(...app.lines.map(({ ms = 0 }) => ms))).toBeLessThanOrEqual(10_000);
  });
});

describe("with a FORMAT that was raised meanwhile", () => {
  test("no caller's key is read by the new version: each hears its onError, with their variables", async () => {
    const memory = memoryStore({
      ...Object.fromEntries(store.kept),
      [KEY]: JSON.stringify({ ...OLD, format: FORMAT - 1 }),
    });
    const app = workerOf(NEW, { store: memory });
    const heard = await hearAll(app);
    expect(new Set(heard.map(([first = ""]) => first.includes("Sorry from the new version.")))).toEqual(
      new Set([true]),
    );
    const turns = app.lines.filter(({ block }) => block !== undefined);
    expect(new Set(turns.map(({ error, degraded }) => [error, degraded].join()))).toEqual(
      new Set(["version-lost,"]),
    );
  });
});
