/** Audio of versions that are no longer deployed. */
import { expect, test, vi } from "vitest";
import { audioKey } from "../../src/worker/audio.ts";
import type { Store } from "../../src/worker/store.ts";
import { finish } from "./false-time.ts";
import { HOST, line, memoryStore } from "./support.ts";

const NAME = "de/welcome.3f9c1a2b.mp3";

/** A store with one file. */
function storeWithAudio(): Store {
  return {
    ...memoryStore(),
    getWithMetadata: async (key) =>
      key === `audio:${NAME}`
        ? { value: new Response("sound").body, metadata: { type: "audio/mpeg" } }
        : { value: null, metadata: null },
  };
}

const get = (store: Store, path: string): Promise<Response> =>
  line({ store }).fetch(new Request(`${HOST}/audio/${path}`));

test("a file comes from KV, to be cached forever", async () => {
  const response = await get(storeWithAudio(), NAME);
  expect([response.status, await response.text()]).toEqual([200, "sound"]);
  expect(response.headers.get("Content-Type")).toBe("audio/mpeg");
  expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
});

test.each(["welcome.11111111.mp3", "welcome.mp3", "../call:CA1:1", "%2e%2e/x"])(
  "%s is not found",
  async (path) => {
    expect((await get(storeWithAudio(), path)).status).toBe(404);
  },
);

test("a failing store is not a missing file", async () => {
  const store: Store = { ...memoryStore(), getWithMetadata: () => Promise.reject(new Error("500")) };
  expect((await get(store, NAME)).status).toBe(503);
});

test("a store that hangs is answered for within 8 s", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const began = Date.now();
  const store: Store = { ...memoryStore(), getWithMetadata: () => new Promise(() => {}) };
  expect((await finish(get(store, NAME))).status).toBe(503);
  expect(Date.now() - began).toBeLessThanOrEqual(8000);
  vi.useRealTimers();
});

test.each([
  ["de/welcome.3f9c1a2b.wav", { type: "audio/wav" }, "audio/wav"],
  ["a.00000000.aiff", null, "application/octet-stream"],
  ["z-9_.ffffffff.ulaw", { type: 1 }, "application/octet-stream"],
])("%s has the type that was stored with it", async (path, metadata, type) => {
  const getWithMetadata: Store["getWithMetadata"] = async () => ({ value: new Response("x").body, metadata });
  const response = await get({ ...memoryStore(), getWithMetadata }, path);
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, type]);
});

test.each([
  ["/audio/de/welcome.3f9c1a2b.mp3", "audio:de/welcome.3f9c1a2b.mp3"],
  ["/audio/a-b_c.00000000.a9", "audio:a-b_c.00000000.a9"],
  ["/x/audio/welcome.3f9c1a2b.mp3", undefined],
  ["/audio/welcome.3f9c1a2b.mp3x?", undefined],
  ["/audio/welcome.3f9c1a2g.mp3", undefined],
  ["/audio/welcome.3f9c1a2.mp3", undefined],
  ["/audio/welcome.3f9c1a2bb.mp3", undefined],
  ["/audio/welcome.3f9c1a2b.", undefined],
  ["/audio/.3f9c1a2b.mp3", undefined],
])("%s has the key %s", (path, key) => {
  expect(audioKey(path)).toBe(key);
});

test.each([[null], [{}], [{ type: 5 }], ["audio/mpeg"]])(
  "a file whose type is not stored: %j",
  async (metadata) => {
    const asked: unknown[] = [];
    const store: Store = {
      ...memoryStore(),
      getWithMetadata: async (...given) => {
        asked.push(given);
        return { value: new Response("sound").body, metadata };
      },
    };
    const { status, headers } = await get(store, NAME);
    expect([status, headers.get("Content-Type")]).toEqual([200, "application/octet-stream"]);
    expect(asked).toEqual([[`audio:${NAME}`, { type: "stream", cacheTtl: 86_400 }]]);
  },
);

test("what is missing and what fails are told apart in words", async () => {
  const text = async (store: Store, path = NAME) => (await get(store, path)).text();
  expect(await text(memoryStore())).toBe("No such audio file.\n");
  expect(await text(storeWithAudio(), "none")).toBe("No such audio file.\n");
  const store: Store = { ...memoryStore(), getWithMetadata: () => Promise.reject(new Error("500")) };
  expect(await text(store)).toBe("KV does not answer.\n");
});
