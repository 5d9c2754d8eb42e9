/** How the store is read and written: how long, how often, and what becomes of failures. */
import { describe, expect, test, vi } from "vitest";
import { awaitWrite, endedKey, load, put, replace, type Store, stateKey } from "../../src/worker/store.ts";
import { finish, useFalseTime } from "./false-time.ts";

useFalseTime();

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const failing = (text: string) => () => Promise.reject(new Error(text));

/** A store whose attempts go as these functions say; the last one is repeated. */
function storeOf(...attempts: (() => Promise<string | null>)[]) {
  const asked: unknown[][] = [];
  const next = (...given: unknown[]): Promise<string | null> => {
    const attempt = attempts[Math.min(asked.length, attempts.length - 1)];
    asked.push(given);
    return attempt?.() ?? Promise.resolve(null);
  };
  const store: Store = {
    get: (key, options) => next("get", key, options),
    put: async (key, value, options) => {
      await next("put", key, value, options);
    },
  };
  return { store, asked };
}

test("keys name the call and its revision", () => {
  expect([stateKey("call", "CA1", 2), stateKey("aside", "CA1", 2), endedKey("CA1")]).toEqual([
    "call:CA1:2",
    "aside:CA1:2",
    "ended:CA1",
  ]);
});

describe("a read", () => {
  test("gives the value, or nothing", async () => {
    expect(await load(storeOf(async () => "x").store, "k", Date.now())).toEqual({ value: "x" });
    expect(await load(storeOf(async () => "").store, "k", Date.now())).toEqual({ value: "" });
    expect(await load(storeOf(async () => null).store, "k", Date.now())).toEqual({});
  });

  test("is tried twice", async () => {
    const { store, asked } = storeOf(failing("down"), async () => "x");
    expect(await load(store, "k", Date.now(), { cacheTtl: 60 })).toEqual({ value: "x" });
    expect(asked).toEqual([
      ["get", "k", { cacheTtl: 60 }],
      ["get", "k", { cacheTtl: 60 }],
    ]);
    const down = storeOf(failing("down"));
    expect(await load(down.store, "k", Date.now())).toEqual({ store: "not read: down" });
    expect(down.asked).toHaveLength(2);
  });

  test.each([
    [3999, { value: "x" }],
    [4001, { store: "no answer in time" }],
  ])("waits four seconds: after %i ms it has %j", async (ms, loaded) => {
    const began = Date.now();
    const { store } = storeOf(() => pause(ms).then(() => "x"));
    expect(await finish(load(store, "k", began))).toEqual(loaded);
    expect(Date.now() - began).toBe(Math.min(ms, 4000));
  });

  test("waits no longer than eight seconds after the webhook came, and then not at all", async () => {
    const { store, asked } = storeOf(() => new Promise(() => {}));
    const now = Date.now();
    expect(await finish(load(store, "k", now - 7500))).toEqual({ store: "no answer in time" });
    expect(Date.now() - now).toBe(500);
    for (const ago of [8000, 9000])
      expect(await load(store, "k", Date.now() - ago)).toEqual({ store: "no time was left to read it" });
    expect(asked).toHaveLength(1);
  });
});

describe("a write", () => {
  test("of a call's state is kept for 25 hours", async () => {
    const { store, asked } = storeOf();
    expect(await put(store, "k", "x")).toEqual({});
    expect(asked).toEqual([["put", "k", "x", { expirationTtl: 90_000 }]]);
  });

  test("of a call's state is tried twice, at once", async () => {
    const began = Date.now();
    const { store, asked } = storeOf(failing("down"), async () => null);
    expect(await finish(put(store, "k", "x"))).toEqual({});
    expect([asked.length, Date.now() - began]).toEqual([2, 0]);
    expect(await finish(put(storeOf(failing("down")).store, "k", "x"))).toEqual({
      store: "not written: down",
    });
  });

  test.each([
    ["KV PUT failed: 429 Too Many Requests", { duplicate: true }],
    ["KV PUT failed: 4290", { store: "not written: KV PUT failed: 4290" }],
    ["KV PUT failed: 500", { store: "not written: KV PUT failed: 500" }],
  ])("that KV refuses with %j is %j", async (text, written) => {
    expect(await finish(put(storeOf(failing(text)).store, "k", "x"))).toEqual(written);
  });

  test("of a key that another turn may have written is tried again 1.1 s later", async () => {
    const began = Date.now();
    const { store, asked } = storeOf(failing("429"), async () => null);
    expect(await finish(replace(store, "k", "x", { expirationTtl: 60 }))).toEqual({});
    expect(Date.now() - began).toBe(1100);
    expect(asked).toEqual([
      ["put", "k", "x", { expirationTtl: 60 }],
      ["put", "k", "x", { expirationTtl: 60 }],
    ]);
    expect(await finish(replace(storeOf(failing("429")).store, "k", "x"))).toEqual({
      store: "not written: 429",
    });
  });

  test.each([
    [0, 4000],
    [12_000, 1000],
    [13_000, 0],
  ])("is awaited within the budget: %i ms after the webhook came, for %i ms", async (ago, most) => {
    const began = Date.now();
    expect(await finish(awaitWrite(new Promise(() => {}), began - ago))).toEqual({
      store: "not written in time",
    });
    expect(Date.now() - began).toBe(most);
    expect(await finish(awaitWrite(Promise.resolve({ duplicate: true }), Date.now()))).toEqual({
      duplicate: true,
    });
  });

  test("leaves no timer behind", async () => {
    await awaitWrite(Promise.resolve({}), Date.now());
    expect(vi.getTimerCount()).toBe(0);
  });
});
