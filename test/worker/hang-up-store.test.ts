/** What the store holds of a call when its hang-up is reported: its last state, and the mark that its flow has ended. */
import { describe, expect, test, vi } from "vitest";
import type { CallState } from "../../src/worker/deps.ts";
import type { Store } from "../../src/worker/store.ts";
import { finish, useFalseTime } from "./false-time.ts";
import {
  CALLER,
  type Line,
  lineOf,
  linkIn,
  type MemoryStore,
  MODES,
  memoryStore,
  type Outside,
  outside,
  post,
  webhook,
} from "./support.ts";

const FLOW = `
onHangup: tell
variables:
  said: { type: string, default: nothing }
steps:
  menu:
    gather: { prompt: A key., save: said, otherwise: bye }
    next: on
  on:
    branch: { on: vars.said, cases: { "*": bye }, else: menu }
  bye:
    hangup: Goodbye.
  tell:
    sms: { to: +14155550177, body: "Lost after {{ vars.said }}." }
    next: return
`;
const ENDED = `ended:${CALLER}`;
const stateAt = (rev: number): string => `call:${CALLER}:${rev}`;

interface Phone extends Outside {
  app: Line;
  /** The store of the Worker, without its faults. */
  memory: MemoryStore;
}

function phone(callState: CallState, faulty = (memory: MemoryStore): Store => memory): Phone {
  const [out, memory] = [outside(), memoryStore()];
  return { ...out, memory, app: lineOf(FLOW, { web: out.web, callState, store: faulty(memory) }) };
}

/** A call of this many turns, with the number of the turn as the key of each; the way on from there. */
async function called({ app }: Phone, turns: number): Promise<string> {
  let link = "";
  for (let turn = 1; turn <= turns; turn++) {
    const path = link === "" ? "/voice/desk" : link;
    link = linkIn(await finish(post(app, path, { Digits: String(turn) })));
  }
  await finish(app.settle());
  return link;
}

/** The caller presses the key that ends the flow; how many seconds its document took. */
async function ended(line: Phone): Promise<number> {
  const link = await called(line, 2);
  const began = Date.now();
  const bye = await finish(
    post(line.app, link, { Digits: "*" }).then((twiml) => [twiml, Date.now()] as const),
  );
  expect(bye[0]).toContain("Goodbye.");
  return (bye[1] - began) / 1000;
}

const report = ({ app }: Phone): Promise<Response> =>
  finish(app.fetch(webhook("/status/desk", { CallStatus: "completed" })));

async function reported(line: Phone): Promise<void> {
  expect((await report(line)).status).toBe(204);
  await finish(line.app.settle());
}

function texts({ sent }: Phone): (string | null)[] {
  return sent.map(({ what }) => new URLSearchParams(what.split(" ")[2]).get("Body"));
}

const reads = ({ memory }: Phone): string[] => memory.asked.filter((one) => one.startsWith("get"));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});

/** A store with faults at some keys: `get` and `put` may fail, hang or lag first. */
function faultyAt(
  isFaulty: (key: string) => boolean,
  { get, put }: { get?: () => Promise<unknown>; put?: () => Promise<unknown> },
) {
  return (memory: MemoryStore): Store => ({
    get: async (key) => {
      if (get && isFaulty(key)) await get();
      return memory.get(key);
    },
    put: async (key, value, options) => {
      if (put && isFaulty(key)) await put();
      return memory.put(key, value, options);
    },
  });
}

const fail = async (): Promise<never> => {
  throw new Error("KV is down");
};

useFalseTime();

describe.each(MODES)("CALL_STATE = %s: the last state", (callState) => {
  test.each([
    [0, 4],
    [1, 4],
    [2, 7],
    [3, 7],
    [4, 7],
    [5, 10],
    [7, 10],
    [8, 13],
    [20, 25],
  ])("of %i turns is found by %i reads", async (turns, count) => {
    const line = phone(callState);
    await called(line, turns);
    expect(reads(line)).toEqual([]);
    await reported(line);
    expect(texts(line)).toEqual(turns === 0 ? [] : [`Lost after ${turns === 1 ? "nothing" : turns}.`]);
    expect(reads(line)).toHaveLength(count);
  });

  test.each(Array.from({ length: 8 }, (_, index) => index + 1))(
    "of 9 turns is found if turn %i was never stored",
    async (missing) => {
      const line = phone(callState);
      await called(line, 9);
      line.memory.kept.delete(stateAt(missing));
      await reported(line);
      expect(texts(line)).toEqual(["Lost after 9."]);
    },
  );

  test.each([
    ["could not be stored", faultyAt((key) => key === stateAt(5), { put: fail })],
    ["cannot be read", faultyAt((key) => key === stateAt(5), { get: fail })],
    ["is not read in time", faultyAt((key) => key === stateAt(5), { get: never })],
  ])("that %s is the one before", async (_what, faulty) => {
    const line = phone(callState, faulty);
    await called(line, 5);
    await reported(line);
    expect(texts(line)).toEqual(["Lost after 4."]);
    const logged = line.app.lines.flatMap(({ store }) => store ?? []);
    expect(logged).toEqual([expect.stringMatching(/KV is down|no answer in time/)]);
  });

  test("after two lost writes in succession can be an older one", async () => {
    const line = phone(callState);
    await called(line, 9);
    for (const rev of [5, 6]) line.memory.kept.delete(stateAt(rev));
    await reported(line);
    expect(texts(line)).toEqual(["Lost after 4."]);
  });

  test("is found in a store that lags 3 s", async () => {
    const lag = (): Promise<void> => pause(3000);
    const line = phone(
      callState,
      faultyAt(() => true, { get: lag, put: lag }),
    );
    await called(line, 6);
    await reported(line);
    expect(texts(line)).toEqual(["Lost after 6."]);
  });

  test.each([
    ["fails", faultyAt(() => true, { get: fail }), "not read: KV is down"],
    ["hangs", faultyAt(() => true, { get: never }), "no answer in time"],
    ["misses everything", (memory: MemoryStore) => ({ ...memory, get: async () => null }), undefined],
  ])("in a store that %s is not found: nothing is sent", async (_what, faulty, store) => {
    const line = phone(callState, faulty);
    await called(line, 5);
    await reported(line);
    expect(line.sent).toEqual([]);
    expect(line.app.lines.at(-1)).toMatchObject({ event: "status completed" });
    expect(line.app.lines.at(-1)?.store).toBe(store);
  });
});

describe.each(MODES)("CALL_STATE = %s: a flow that has ended", (callState) => {
  const isMark = (key: string): boolean => key === ENDED;

  test("is known by one read, and nothing is sent", async () => {
    const line = phone(callState);
    expect(await ended(line)).toBe(0);
    await reported(line);
    expect([line.sent, reads(line)]).toEqual([[], [`get ${ENDED}`]]);
  });

  test("sends nothing if the mark lags 3 s: the last document waits for it", async () => {
    const line = phone(callState, faultyAt(isMark, { put: () => pause(3000) }));
    expect(await ended(line)).toBe(3);
    await reported(line);
    expect(line.sent).toEqual([]);
  });

  test.each([1, 2, 3])("sends nothing if the mark fails %i times", async (times) => {
    const put = vi.fn(async (): Promise<void> => {});
    for (let time = 0; time < times; time++) put.mockImplementationOnce(fail);
    const line = phone(callState, faultyAt(isMark, { put }));
    expect(await ended(line)).toBe(0);
    await finish(line.app.settle());
    await reported(line);
    expect(line.sent).toEqual([]);
    const { store } = line.app.lines.find(({ step, next }) => step === "menu" && next === undefined) ?? {};
    expect(store).toBe(times < 2 ? undefined : "not written: KV is down");
  });

  test.each([
    ["fails", fail, "not read: KV is down"],
    ["hangs", never, "no answer in time"],
  ])("sends nothing if reading the mark %s, and the log says so", async (_what, get, store) => {
    const line = phone(callState, faultyAt(isMark, { get }));
    await ended(line);
    await reported(line);
    expect(line.sent).toEqual([]);
    expect(line.app.lines.at(-1)).toMatchObject({ event: "status completed", store });
  });

  test("hears its last document within 4 s if the mark hangs", async () => {
    const line = phone(callState, faultyAt(isMark, { put: never }));
    expect(await ended(line)).toBe(4);
    expect(line.app.lines.at(-1)?.store).toBe("not written in time");
  });

  test("is taken for cut off if the mark fails to the last, and the log says so", async () => {
    const line = phone(callState, faultyAt(isMark, { put: fail }));
    await ended(line);
    await finish(line.app.settle());
    expect(line.app.lines.at(-1)).toMatchObject({ event: "write", store: "not written: KV is down" });
    await reported(line);
    expect(texts(line)).toEqual(["Lost after 2."]);
  });
});

describe.each(MODES)("CALL_STATE = %s: a hang-up reported twice", (callState) => {
  test.each([
    ["within a second", 500],
    ["much later", 60_000],
  ])("%s sends once", async (_when, ms) => {
    const line = phone(callState);
    await called(line, 2);
    await reported(line);
    await vi.advanceTimersByTimeAsync(ms);
    await reported(line);
    expect(texts(line)).toEqual(["Lost after 2."]);
  });

  test("at once sends once: the store refuses the second mark", async () => {
    const line = phone(callState);
    await called(line, 2);
    await Promise.all([report(line), report(line)]);
    await finish(line.app.settle());
    expect(texts(line)).toEqual(["Lost after 2."]);
    expect(line.app.lines.filter(({ duplicate }) => duplicate)).toHaveLength(1);
  });

  test.each([
    ["cannot take the mark", faultyAt((key) => key === ENDED, { put: fail })],
    [
      "does not show the mark yet",
      (memory: MemoryStore): Store => ({
        ...memory,
        get: async (key) => (key === ENDED ? null : memory.get(key)),
      }),
    ],
  ])("sends twice, under one key, if the store %s", async (_what, faulty) => {
    const line = phone(callState, faulty);
    await called(line, 2);
    await reported(line);
    await vi.advanceTimersByTimeAsync(2000);
    await reported(line);
    expect(texts(line)).toEqual(["Lost after 2.", "Lost after 2."]);
    expect(new Set(line.sent.map(({ key }) => key)).size).toBe(1);
  });
});
