/** The fault table: what happens to a call when the store does not do its part. */
import { describe, expect, test, vi } from "vitest";
import type { CallState } from "../../src/worker/deps.ts";
import type { Store } from "../../src/worker/store.ts";
import { finish, useFalseTime } from "./false-time.ts";
import {
  CALLEE,
  CALLER,
  type Line,
  line,
  linkIn,
  type MemoryStore,
  MODES,
  memoryStore,
  type Params,
  webhook,
} from "./support.ts";

useFalseTime();

interface Timed {
  twiml: string;
  /** How long the caller waited. */
  seconds: number;
}

async function post(app: Line, path: string, params: Params = {}): Promise<Timed> {
  const began = Date.now();
  const { response, replied } = await finish(
    app.fetch(webhook(path, params)).then((reply) => ({ response: reply, replied: Date.now() })),
  );
  expect(response.status).toBe(200);
  return { twiml: await response.text(), seconds: (replied - began) / 1000 };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});
const fail = (message: string) => async (): Promise<never> => {
  throw new Error(message);
};

interface Fault {
  store: (memory: MemoryStore) => Store;
  /** What the log says of a write behind the reply; of one that hangs, the runtime tells when it gives up. */
  noted?: object;
}

const FAULTS: Record<string, Fault> = {
  "misses what was written": { store: (memory) => ({ ...memory, get: async () => null }) },
  "answers 429": {
    store: () => ({ get: fail("KV GET failed: 429"), put: fail("KV PUT failed: 429 Too Many Requests") }),
    noted: { duplicate: true },
  },
  "answers 500": {
    store: () => ({ get: fail("KV GET failed: 500"), put: fail("KV PUT failed: 500") }),
    noted: { store: "not written: KV PUT failed: 500" },
  },
  hangs: { store: () => ({ get: never, put: never }) },
  "lags 3 s": { store: lagging },
};

function lagging(memory: MemoryStore): Store {
  return {
    get: (key) => pause(3000).then(() => memory.get(key)),
    put: (key, value, options) => pause(3000).then(() => memory.put(key, value, options)),
  };
}

const LOSING = Object.keys(FAULTS).filter((name) => name !== "lags 3 s");

/** Each fault in both modes. */
const IN_BOTH = MODES.flatMap((callState) => Object.keys(FAULTS).map((name) => ({ callState, name })));

function lineWith(name: string, callState: CallState): Line {
  const store = FAULTS[name]?.store(memoryStore()) ?? memoryStore();
  return line({ store, callState, callTime: Date.now });
}

/** A state that no ticket can carry. */
const STORY = "and then ".repeat(250).trim();

async function tellStory(app: Line): Promise<Timed> {
  const menu = await post(app, "/voice/desk");
  const story = await post(app, linkIn(menu.twiml), { Digits: "3" });
  await vi.advanceTimersByTimeAsync(10_000);
  return post(app, linkIn(story.twiml), { SpeechResult: STORY });
}

describe.each(IN_BOTH)("CALL_STATE = $callState and a store that $name", ({ callState, name }) => {
  test("is not noticed by a caller whose state fits its ticket", async () => {
    const app = lineWith(name, callState);
    let { twiml, seconds } = await post(app, "/voice/desk");
    for (const Digits of ["1", "4711", "1"]) {
      await vi.advanceTimersByTimeAsync(10_000);
      expect(seconds).toBe(0);
      ({ twiml, seconds } = await post(app, linkIn(twiml), { Digits }));
    }
    expect(twiml).toContain("Account 4711.");
    const turns = app.lines.filter(({ event }) => event !== "write");
    expect(turns.map(({ degraded }) => degraded)).toEqual([undefined, undefined, undefined, undefined]);
    const { noted } = FAULTS[name] ?? {};
    const written = app.lines.filter(({ event }) => event === "write");
    expect(written).toEqual(
      noted && callState === "store"
        ? Array(3).fill({ call: CALLER, flow: "desk", event: "write", ...noted })
        : [],
    );
  });

  test("never keeps a caller waiting beyond the 10 s of a turn", async () => {
    const app = lineWith(name, callState);
    const applause = await tellStory(app);
    expect(applause.seconds).toBeLessThanOrEqual(10);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await post(app, linkIn(applause.twiml), { Digits: "1" })).seconds).toBeLessThanOrEqual(10);
  });
});

describe.each(MODES)("CALL_STATE = %s and a state that is too large for its ticket", (callState) => {
  test("is kept before the reply goes, and read from the store", async () => {
    const memory = memoryStore();
    const app = line({ store: lagging(memory), callState, callTime: Date.now });
    const applause = await tellStory(app);
    expect(linkIn(applause.twiml)).toBe("/voice/desk/3f9c1a2b7d/applause/answered/3");
    expect([applause.seconds, memory.kept.has(`call:${CALLER}:3`)]).toEqual([3, true]);
    const said = await post(app, linkIn(applause.twiml), { Digits: "1" });
    expect(said).toMatchObject({ seconds: 3, twiml: expect.stringContaining(`You said ${STORY}.`) });
    expect(app.lines.at(-1)?.degraded).toBeUndefined();
    expect(app.lines.find(({ step }) => step === "story")?.ticket).toBe("too-large");
  });

  test("continues to be written after the reply if the store takes longer than a turn waits", async () => {
    const memory = memoryStore();
    const put: Store["put"] = async (key, value) => {
      await pause(6000);
      return memory.put(key, value);
    };
    const late: Promise<unknown>[] = [];
    const app = line({ store: { get: memory.get, put }, callState, waitUntil: (work) => late.push(work) });
    await tellStory(app);
    // What is not handed to waitUntil, workerd cancels with the reply.
    const written = Promise.all(late).then(() => memory.kept.has(`call:${CALLER}:3`));
    expect(await finish(written)).toBe(true);
  });

  test("is sealed in the store", async () => {
    const memory = memoryStore();
    await tellStory(line({ store: memory, callState }));
    expect(memory.kept.get(`call:${CALLER}:3`)).toMatch(
      /^\/voice\/desk\/3f9c1a2b7d\/applause\/answered\/3\?t=[\w-]+$/,
    );
  });

  test.each(LOSING)(
    "continues with the declared defaults when the store %s, and the log says so",
    async (name) => {
      const app = lineWith(name, callState);
      const applause = await tellStory(app);
      await vi.advanceTimersByTimeAsync(10_000);
      const said = await post(app, linkIn(applause.twiml), { Digits: "1" });
      expect(said.twiml).toContain("You said nothing.");
      expect(app.lines.at(-1)).toMatchObject({ step: "applause", degraded: true, store: expect.any(String) });
    },
  );

  test.each([
    ["answers 429", { duplicate: true }],
    ["answers 500", { store: "not written: KV PUT failed: 500" }],
    ["hangs", { store: "not written in time" }],
  ])("tells in its turn's own line when the store %s", async (name, told) => {
    const app = lineWith(name, callState);
    await tellStory(app);
    expect(app.lines.find(({ step }) => step === "story")).toMatchObject({ ticket: "too-large", ...told });
  });

  test("survives a store that fails once", async () => {
    const memory = memoryStore();
    const put = vi.fn(memory.put).mockRejectedValueOnce(new Error("KV PUT failed: 500"));
    const get = vi.fn(memory.get).mockRejectedValueOnce(new Error("KV GET failed: 500"));
    const app = line({ store: { get, put }, callState });
    const applause = await tellStory(app);
    const said = await post(app, linkIn(applause.twiml), { Digits: "1" });
    expect(said.twiml).toContain(`You said ${STORY}.`);
    expect(app.lines.map(({ store, degraded }) => store ?? degraded)).toEqual(Array(4).fill(undefined));
  });
});

test.each<[CallState, string[]]>([
  ["store", ["put call:%s:1", "put call:%s:2", "put call:%s:3"]],
  ["ticket", []],
])("CALL_STATE = %s writes the states that fit their tickets to these keys: %j", async (callState, keys) => {
  const store = memoryStore();
  const app = line({ store, callState });
  let { twiml } = await post(app, "/voice/desk");
  for (const Digits of ["1", "4711", "1"]) ({ twiml } = await post(app, linkIn(twiml), { Digits }));
  expect(store.asked).toEqual(keys.map((key) => key.replace("%s", CALLER)));
});

describe("without its ticket", () => {
  const cut = (url: string): string => url.replace(/\?.*/, "");

  test("a call continues with what the store keeps", async () => {
    const app = line();
    const account = await post(app, linkIn((await post(app, "/voice/desk")).twiml), { Digits: "1" });
    const confirm = await post(app, linkIn(account.twiml), { Digits: "4711" });
    expect((await post(app, cut(linkIn(confirm.twiml)), { Digits: "1" })).twiml).toContain("Account 4711.");
    expect(app.lines.at(-1)?.degraded).toBeUndefined();
  });

  test("an aside finds the state of the call that it belongs to", async () => {
    const app = line();
    const dial = await post(app, linkIn((await post(app, "/voice/desk")).twiml), { Digits: "2" });
    const leg = { CallSid: CALLEE, ParentCallSid: CALLER, From: "+14155550100" };
    const whisper = await post(app, cut(linkIn(dial.twiml, "url")), leg);
    expect(whisper.twiml).toContain("A call from +14155550111.");
  });

  test("and without a copy, at the place in the URL, with the revision that it names", async () => {
    const app = line();
    const { twiml } = await post(app, "/voice/desk/3f9c1a2b7d/account/answered/7", { Digits: "4711" });
    expect(linkIn(twiml)).toMatch(/\/confirm\/answered\/8\?t=/);
    expect(app.lines.at(-1)).toMatchObject({ degraded: true, store: "no state is stored" });
  });

  test("a copy that belongs to another call does not count", async () => {
    const memory = memoryStore();
    const app = line({ store: memory });
    await post(app, "/voice/desk", { CallSid: CALLEE });
    memory.kept.set(`call:${CALLER}:1`, memory.kept.get(`call:${CALLEE}:1`) ?? "");
    await post(app, "/voice/desk/3f9c1a2b7d/menu/answered/1", { Digits: "1" });
    expect(app.lines.at(-1)).toMatchObject({ degraded: true, store: "the stored state does not open" });
  });
});
