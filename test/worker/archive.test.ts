/** Calls whose version is no longer in the bundle. */
import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { canonical, hashOf } from "../../src/program/hash.ts";
import { FORMAT, type Program } from "../../src/program/program.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import {
  CALLEE,
  CALLER,
  fixtures,
  inside,
  type Line,
  line,
  linkIn,
  MODES,
  memoryStore,
  outside,
  post,
  webhook,
} from "./support.ts";

const OLD = `
onError: sorry
variables:
  account: { type: string }
  tries: { type: string, default: none }
steps:
  menu:
    gather:
      prompt: For billing, press 1. To cancel, press 2.
      choices: { 1: billing, 2: cancel }
      save: tries
      attempts: 1
      otherwise: billing
  billing:
    gather: { prompt: Your account number., numDigits: 4, save: account, otherwise: sorry }
    next: thanks
  cancel: { hangup: Your appointment is cancelled. }
  thanks: { hangup: "Billing has {{ vars.account }}." }
  sorry: { hangup: "Sorry." }
`;
/** The keys are swapped, a step is renamed, and a variable has another type. */
const NEW = OLD.replace("{ 1: billing, 2: cancel }", "{ 2: money, 1: cancel }")
  .replaceAll("billing:", "money:")
  .replaceAll("otherwise: billing", "otherwise: money")
  .replace("{ type: string, default: none }", "{ type: int, default: 7 }")
  .replace("Sorry.", "Sorry, again: {{ vars.tries }}.");

const old = programOf(OLD, "flows/desk.yaml");
const now = programOf(NEW, "flows/desk.yaml");
const KEY = `program:desk/${old.hash}`;

function lineFor(program: Program, overrides: Partial<Deps> = {}): Line {
  return line({ programs: indexPrograms([program]), archive: newArchive(), ...overrides });
}

/** The link of a call that waits at the menu of the old version. */
async function waiting(overrides: Partial<Deps> = {}): Promise<string> {
  const app = lineFor(old, overrides);
  const link = linkIn(await post(app, "/voice/desk"));
  await app.settle();
  return link;
}

describe("a version that is in KV", () => {
  test("is written there by the Worker that has it, once", async () => {
    const store = memoryStore();
    await waiting({ store });
    expect(JSON.parse(store.kept.get(KEY) ?? "")).toEqual(old);
    const before = store.asked.length;
    await waiting({ store });
    expect(store.asked.slice(before)).toContain(`get ${KEY}`);
    expect(store.asked.slice(before)).not.toContain(`put ${KEY}`);
  });

  test("is looked for after the reply: the caller has waited for the isolate's start", async () => {
    const store = memoryStore();
    const app = lineFor(old, { store });
    await post(app, "/voice/desk");
    expect(store.asked).not.toContain(`get ${KEY}`);
    await app.settle();
    expect(store.asked).toContain(`get ${KEY}`);
  });

  test("is looked for once in the life of an isolate that has it", async () => {
    const store = memoryStore();
    const app = lineFor(old, { store });
    for (const CallSid of [CALLER, CALLEE]) {
      await post(app, "/voice/desk", { CallSid });
      await app.settle();
    }
    expect(store.asked.filter((one) => one.endsWith(KEY))).toEqual([`get ${KEY}`, `put ${KEY}`]);
  });

  test("is found once KV shows it, although a miss was cached for as long as a value", async () => {
    const store = memoryStore();
    const link = await waiting({ store });
    const get: typeof store.get = async (key, options) =>
      options !== undefined && options.cacheTtl > 60 ? null : store.get(key, options);
    const app = lineFor(now, { store: { ...store, get } });
    expect(await post(app, link, { Digits: "1" })).toContain("Your account number.");
  });

  test("stays there for 30 days, and is cached for a day", async () => {
    const store = memoryStore();
    const asked: [string, unknown][] = [];
    const noting: typeof store = {
      ...store,
      get(key, options) {
        if (key === KEY) asked.push(["get", options]);
        return store.get(key, options);
      },
      put(key, value, options) {
        if (key === KEY) asked.push(["put", options]);
        return store.put(key, value, options);
      },
    };
    const link = await waiting({ store: noting });
    await post(lineFor(now, { store: noting }), link, { Digits: "1" });
    expect(asked).toEqual([
      ["get", undefined],
      ["put", { expirationTtl: 2_592_000 }],
      ["get", { cacheTtl: 86_400 }],
    ]);
  });

  test("is not looked for by a name that no version has", async () => {
    const store = memoryStore();
    const app = lineFor(now, { store });
    await post(app, "/voice/desk/main/menu/chosen/1", { Digits: "1" });
    await app.settle();
    expect(store.asked.filter((one) => one.startsWith("get program:"))).toEqual([
      `get program:desk/${now.hash}`,
    ]);
  });

  test("is forgotten by an isolate that has read 50 later ones", async () => {
    const versions = Array.from({ length: 51 }, (_, index) => {
      const { hash: _hash, ...one } = { ...old, apology: [`${index}`] };
      return { ...one, hash: hashOf(one) };
    });
    const stored = versions.map((one) => [`program:desk/${one.hash}`, JSON.stringify(one)]);
    const store = memoryStore(Object.fromEntries(stored));
    const deps = { programs: indexPrograms([now]), archive: newArchive(), store };
    const app = line(deps);
    const continued = async (program: Program | undefined): Promise<number> => {
      const before = store.asked.length;
      expect(await post(app, `/voice/desk/${program?.hash}/menu/enter/1`)).toContain("For billing, press 1.");
      return store.asked.slice(before).filter((one) => one === `get program:desk/${program?.hash}`).length;
    };
    for (const one of versions.slice(0, 50)) expect(await continued(one)).toBe(1);
    expect(await continued(versions[0])).toBe(0);
    expect(await continued(versions[50])).toBe(1);
    expect(await continued(versions[1])).toBe(0);
    expect(await continued(versions[0])).toBe(1);
  });

  test("keeps its calls, and is read once for each isolate", async () => {
    const store = memoryStore();
    const link = await waiting({ store });
    const app = lineFor(now, { store });
    store.asked.length = 0;
    expect(await post(app, link, { Digits: "1" })).toContain("Your account number.");
    expect(await post(app, link, { Digits: "2" })).toContain("Your appointment is cancelled.");
    expect(store.asked.filter((one) => one === `get ${KEY}`)).toHaveLength(1);
    expect(app.lines.map(({ version, error }) => [version, error]).slice(0, 1)).toEqual([
      [old.hash, undefined],
    ]);
    expect(linkIn(await post(app, "/voice/desk"))).toContain(`/${now.hash}/`);
  });
});

const { hash: _hash, ...rest } = old;
const foreign = { ...rest, flow: "other" };
const UNUSABLE: [what: string, stored: unknown][] = [
  ["is damaged", { ...old, start: "cancel" }],
  ["is another flow's", { ...foreign, hash: hashOf(foreign) }],
  ["has the format before", { ...old, format: FORMAT - 1 }],
  ["has a later format", { ...old, format: FORMAT + 1 }],
  ["is not JSON", undefined],
];

describe("a version that is lost", () => {
  test.each(UNUSABLE)(
    "because what KV has %s: the step is entered anew, and no key is read",
    async (_what, stored) => {
      const link = await waiting();
      const store = memoryStore({ [KEY]: stored === undefined ? "{" : JSON.stringify(stored) });
      const app = lineFor(now, { store });
      const said = await post(app, link, { Digits: "2" });
      expect(said).toContain("For billing, press 1. To cancel, press 2.");
      expect(linkIn(said)).toContain(`/${now.hash}/menu/`);
      expect(app.lines[0]).toMatchObject({
        version: now.hash,
        versionMissing: old.hash,
        // What the older version asked for can have been a secret.
        event: "digits ***",
        error: "version-lost",
        store: expect.stringContaining("not a Program that this Worker runs"),
      });
    },
  );

  test.each([
    ["another flow's", { ...rest, flow: "other" }],
    ["of the format before", { ...rest, format: FORMAT - 1 }],
    ["of a later format", { ...rest, format: FORMAT + 1 }],
  ])("because what its name belongs to is %s", async (_what, stored) => {
    const hash = createHash("sha256").update(canonical(stored)).digest("hex").slice(0, 10);
    const store = memoryStore({ [`program:desk/${hash}`]: JSON.stringify({ ...stored, hash }) });
    const app = lineFor(now, { store });
    expect(await post(app, `/voice/desk/${hash}/menu/enter/1`)).toContain("To cancel, press 2.");
    expect(app.lines[0]).toMatchObject({ version: now.hash, versionMissing: hash, error: "version-lost" });
  });

  test("has its renamed step replaced by onError, with variables of another type at their defaults", async () => {
    const app = lineFor(old);
    const link = linkIn(await post(app, linkIn(await post(app, "/voice/desk")), { Digits: "1" }));
    expect(link).toContain("/billing/");
    const said = await post(lineFor(now), link, { Digits: "4711" });
    expect(inside(said)).toContain("Sorry, again: 7.");
  });

  test("begins again at the start if there is no onError", async () => {
    const app = lineFor(old);
    const link = linkIn(await post(app, linkIn(await post(app, "/voice/desk")), { Digits: "1" }));
    const plain = programOf(NEW.replace("onError: sorry", ""), "flows/desk.yaml");
    expect(await post(lineFor(plain), link, { Digits: "4711" })).toContain("For billing, press 1.");
  });

  test("is silent on an aside and after a hang-up", async () => {
    const older = fixtures.map((program) => ({ ...program, hash: "01d01d01d0" }));
    const before = line({ programs: indexPrograms(older) });
    const dial = await post(before, linkIn(await post(before, "/voice/desk")), { Digits: "2" });
    const app = line({ archive: newArchive() });
    const leg = { CallSid: CALLEE, ParentCallSid: CALLER };
    expect(await post(app, linkIn(dial, "url"), leg)).toBe("<Response/>");
    expect(await post(app, linkIn(dial), { CallStatus: "completed" })).toBe("<Response/>");
    expect(app.lines.map(({ error }) => error)).toEqual(["version-lost", "version-lost"]);
  });
});

test("a part's step that is there is entered anew, and still returns", async () => {
  const ENTRY = `
steps:
  ask: { run: { flow: ask-age, save: { age: age } }, next: bye }
  bye: { hangup: "You are {{ vars.age }}." }
variables: { age: { type: int } }
`;
  const PART = `
gives: [age]
variables: { age: { type: int } }
steps:
  question:
    gather: { prompt: How old are you?, numDigits: 2, save: age, otherwise: return }
    next: return
`;
  const before = programOf(ENTRY, "flows/desk.yaml", { "ask-age": PART });
  const after = programOf(ENTRY.replace("You are", "So you are"), "flows/desk.yaml", { "ask-age": PART });
  const link = linkIn(await post(lineFor(before), "/voice/desk"));
  const app = lineFor(after);
  const again = await post(app, link, { Digits: "12" });
  expect(again).toContain("How old are you?");
  expect(await post(app, linkIn(again), { Digits: "34" })).toContain("So you are 34.");
});

describe("a Program that cannot be archived", () => {
  useFalseTime();

  /** An isolate whose KV fails with every Program, by reading or by writing. */
  function failing(what: "get" | "put") {
    const store = memoryStore();
    const asked: string[] = [];
    const fail = (op: "get" | "put", key: string): Promise<never> | undefined => {
      if (!key.startsWith("program:")) return undefined;
      asked.push(op);
      return op === what ? Promise.reject(new Error(`KV ${op} failed: 500`)) : undefined;
    };
    const app = lineFor(now, {
      store: {
        ...store,
        get: (key, options) => fail("get", key) ?? store.get(key, options),
        put: (key, value, options) => fail("put", key) ?? store.put(key, value, options),
      },
    });
    const call = async (CallSid: string): Promise<string[]> => {
      asked.length = 0;
      await finish(post(app, "/voice/desk", { CallSid }));
      await finish(app.settle());
      return [...asked];
    };
    return { app, call };
  }

  test("is one line of the log, and is tried again after a minute", async () => {
    const { app, call } = failing("put");
    expect(await call(CALLER)).toContain("put");
    expect(app.lines.filter(({ event }) => event === "archive")).toEqual([
      expect.objectContaining({
        call: CALLER,
        flow: "desk",
        version: now.hash,
        store: "not written: KV put failed: 500",
      }),
    ]);
    const failed = Date.now();
    vi.setSystemTime(failed + 59_999);
    expect(await call(CALLEE)).toEqual([]);
    vi.setSystemTime(failed + 60_000);
    expect(await call(CALLEE)).toContain("put");
  });

  test("because KV cannot be read is not written", async () => {
    const { app, call } = failing("get");
    expect(new Set(await call(CALLER))).toEqual(new Set(["get"]));
    expect(app.lines.map(({ store }) => store)).toContain("not read: KV get failed: 500");
  });
});

describe.each(MODES)(
  "CALL_STATE = %s: a hang-up reported to an isolate with another version",
  (callState) => {
    const ASKS = `
steps:
  menu: { gather: { prompt: A key., choices: { 1: menu }, otherwise: hangup } }
`;
    const silent = programOf(ASKS, "flows/desk.yaml");
    const tells = programOf(
      `${ASKS}  tell: { sms: { to: +14155550177, body: Lost. }, next: return }\nonHangup: tell\n`,
      "flows/desk.yaml",
    );

    /** The messages that are sent after a call of two turns in one version is reported to another one. */
    async function sentBetween(
      own: Program,
      bundled: Program,
      lost = 0,
    ): Promise<[sent: number, reads: string[]]> {
      const [{ web, sent }, store] = [outside(), memoryStore()];
      const before = lineFor(own, { store, callState });
      await post(before, linkIn(await post(before, "/voice/desk")), { Digits: "1" });
      await before.settle();
      store.kept.delete(`call:${CALLER}:${lost}`);
      store.asked.length = 0;
      const app = lineFor(bundled, { store, callState, web });
      expect((await app.fetch(webhook("/status/desk", { CallStatus: "completed" }))).status).toBe(204);
      const reads = store.asked.filter((one) => one.startsWith("get"));
      await app.settle();
      return [sent.length, reads];
    }

    test("runs the onHangup of the call's version, even if the other one has none", async () => {
      expect((await sentBetween(tells, silent))[0]).toBe(1);
    });

    test.each([1, 2])("runs it even if the state of turn %i was never stored", async (lost) => {
      expect((await sentBetween(tells, silent, lost))[0]).toBe(1);
    });

    test("runs nothing if the call's version has no onHangup", async () => {
      expect((await sentBetween(silent, tells))[0]).toBe(0);
    });

    test("costs two reads if no version has one", async () => {
      expect(await sentBetween(silent, silent)).toEqual([
        0,
        [`get call:${CALLER}:1`, `get call:${CALLER}:2`],
      ]);
    });
  },
);
