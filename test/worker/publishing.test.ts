/** Versions that are published without a deploy. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Program } from "../../src/program/program.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import type { Wanted } from "../../src/worker/wanted.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { pointerObjects } from "./pointer-object.ts";
import { HOST, type Line, line, linkIn, type MemoryStore, memoryStore, post, webhook } from "./support.ts";

const FLOW = `
steps:
  menu:
    gather: { prompt: Press 1 for the first version., choices: { 1: bye }, otherwise: bye }
  bye: { hangup: Goodbye from the first version. }
`;
const FIRST = programOf(FLOW, "flows/desk.yaml");
const SECOND = programOf(FLOW.replaceAll("first", "second"), "flows/desk.yaml");
const THIRD = programOf(FLOW.replaceAll("first", "third"), "flows/desk.yaml");
const TOKEN = "the-token-of-the-admin";

useFalseTime();

let objects: ReturnType<typeof pointerObjects>;
let store: MemoryStore;

beforeEach(() => {
  objects = pointerObjects();
  store = memoryStore();
});

/** An isolate of the Worker. */
function isolate(bundled: Program = FIRST, overrides: Partial<Deps> = {}): Line {
  return line({
    programs: indexPrograms([bundled]),
    store,
    archive: newArchive(),
    adminToken: TOKEN,
    publishing: objects.isolate(),
    ...overrides,
  });
}

async function admin(
  app: Line,
  method: string,
  path: string,
  body?: unknown,
  token = TOKEN,
): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  // A second write of a Program within a second is tried again a second later.
  return finish(app.fetch(new Request(`${HOST}/admin/${path}`, init)));
}

async function point(app: Line, wanted: Omit<Wanted, "change">): Promise<number> {
  const change = { action: "publish", hash: wanted.hash, who: "ada", note: "a note" };
  return (await admin(app, "PUT", "flows/desk", { ...wanted, change })).status;
}

async function upload(app: Line, program: Program): Promise<number> {
  return (await admin(app, "PUT", `programs/desk/${program.hash}`, program)).status;
}

/** The version that a new call hears. */
async function heard(app: Line, From = "+14155550111"): Promise<string> {
  const twiml = await finish(post(app, "/voice/desk", { From }));
  return /for the (\w+) version/.exec(twiml)?.[1] ?? twiml;
}

describe("a published version", () => {
  test("is live in every isolate within ten seconds, and calls in progress keep theirs", async () => {
    const [here, there] = [isolate(), isolate()];
    const waiting = linkIn(await post(there, "/voice/desk"));
    expect(await upload(here, SECOND)).toBe(204);
    expect(await point(here, { expect: 0, hash: SECOND.hash })).toBe(200);
    await vi.advanceTimersByTimeAsync(5001);
    expect([await heard(here), await heard(there)]).toEqual(["second", "second"]);
    expect(await post(there, waiting, { Digits: "1" })).toContain("Goodbye from the first version.");
  });

  test("costs a call's first webhook one read at most, and an isolate one in five seconds", async () => {
    const app = isolate();
    for (let calls = 0; calls < 20; calls++) await heard(app);
    expect(objects.reads()).toBe(1);
    await post(app, linkIn(await post(app, "/voice/desk")), { Digits: "1" });
    expect(objects.reads()).toBe(1);
  });

  test("is heard by all callers who reach a new isolate at once", async () => {
    await upload(isolate(), SECOND);
    await point(isolate(), { expect: 0, hash: SECOND.hash });
    const app = isolate();
    expect(await Promise.all([heard(app), heard(app), heard(app)])).toEqual(["second", "second", "second"]);
  });

  test("is over once a deploy brings another version of the flow", async () => {
    await upload(isolate(), SECOND);
    await point(isolate(), { expect: 0, hash: SECOND.hash });
    expect(await heard(isolate(FIRST))).toBe("second");
    expect(await heard(isolate(THIRD))).toBe("third");
  });

  test("counts the calls that begin in it", async () => {
    const app = isolate();
    await upload(app, SECOND);
    await point(app, { expect: 0, hash: SECOND.hash });
    for (let calls = 0; calls < 3; calls++) await heard(app);
    await vi.advanceTimersByTimeAsync(5001);
    await heard(app);
    expect(await (await admin(app, "GET", "flows/desk")).json()).toMatchObject({
      calls: { [SECOND.hash]: 3 },
    });
  });

  test("counts each call once, and loses none while the object fails", async () => {
    const app = isolate();
    await upload(app, SECOND);
    await point(app, { expect: 0, hash: SECOND.hash });
    const calls = async (): Promise<unknown> => {
      const { calls } = JSON.parse(await (await admin(isolate(), "GET", "flows/desk")).text());
      return calls;
    };
    await heard(app);
    await heard(app);
    const recover = objects.fail(() => Promise.reject(new Error("overloaded")));
    await vi.advanceTimersByTimeAsync(5000);
    await heard(app);
    recover();
    for (const counted of [3, 4, 5]) {
      await vi.advanceTimersByTimeAsync(5000);
      await heard(app);
      expect(await calls()).toEqual({ [SECOND.hash]: counted });
    }
  });

  test("is read again after five seconds, not sooner", async () => {
    const app = isolate();
    await heard(app);
    await vi.advanceTimersByTimeAsync(4999);
    await heard(app);
    expect(objects.reads()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await heard(app);
    expect(objects.reads()).toBe(2);
  });

  test("stays in KV without an expiry", async () => {
    const options: unknown[] = [];
    const put = store.put;
    store.put = (key, value, expiry) => {
      options.push(expiry);
      return put(key, value);
    };
    await upload(isolate(), SECOND);
    expect(options).toEqual([undefined]);
  });
});

describe("the bundled version answers", () => {
  const published = async (): Promise<void> => {
    await upload(isolate(), SECOND);
    await point(isolate(), { expect: 0, hash: SECOND.hash });
  };

  test.each([
    ["does not answer", () => new Promise<Response>(() => {}), "could not be read in time"],
    ["fails", () => Promise.reject(new Error("overloaded")), "could not be read: Error: overloaded"],
    ["answers with nonsense", async () => new Response("<html>"), "could not be read: SyntaxError"],
  ])("if the pointer's object %s, and the log says so", async (_what, how, says) => {
    await published();
    objects.fail(how);
    const app = isolate();
    const began = Date.now();
    expect(await heard(app)).toBe("first");
    expect(Date.now() - began).toBe(says.includes("in time") ? 1500 : 0);
    expect(app.lines.find(({ event }) => event === "start")?.store).toContain(says);
  });

  const whyBundled = async (): Promise<string | undefined> => {
    const app = isolate();
    expect(await heard(app)).toBe("first");
    return app.lines.find(({ event }) => event === "start")?.store;
  };

  test("if the published version is not in KV", async () => {
    await published();
    store.kept.clear();
    expect(await whyBundled()).toBe(`the published version ${SECOND.hash} is not in KV`);
  });

  test("if KV cannot be read", async () => {
    await published();
    store.get = () => Promise.reject(new Error("KV GET failed: 500"));
    expect(await whyBundled()).toBe("not read: KV GET failed: 500");
  });

  test("but an isolate that knows the pointer keeps to it", async () => {
    await published();
    const app = isolate();
    await heard(app);
    objects.fail(() => Promise.reject(new Error("overloaded")));
    await vi.advanceTimersByTimeAsync(5001);
    expect(await heard(app)).toBe("second");
  });
});

describe("a change", () => {
  test("is refused if another one was made meanwhile", async () => {
    const app = isolate();
    await upload(app, SECOND);
    expect(await point(app, { expect: 0, hash: SECOND.hash })).toBe(200);
    expect(await point(app, { expect: 0, hash: FIRST.hash })).toBe(409);
    expect(await point(app, { expect: 1, hash: FIRST.hash })).toBe(200);
    expect(await (await admin(app, "GET", "flows/desk")).json()).toMatchObject({
      bundled: FIRST.hash,
      pointer: { rev: 2, hash: FIRST.hash },
      history: [
        { hash: FIRST.hash, who: "ada", note: "a note", at: expect.stringMatching(/^\d{4}-.*Z$/) },
        { hash: SECOND.hash },
      ],
    });
  });

  test("is refused if KV does not take the Program, and nothing is published", async () => {
    store.put = () => Promise.reject(new Error("KV PUT failed: 500"));
    const app = isolate();
    const response = await admin(app, "PUT", `programs/desk/${SECOND.hash}`, SECOND);
    expect([response.status, await response.text()]).toEqual([503, "not written: KV PUT failed: 500\n"]);
    expect(await point(app, { expect: 0, hash: FIRST.hash })).toBe(503);
    expect(await (await admin(app, "GET", "flows/desk")).json()).toEqual({
      bundled: FIRST.hash,
      history: [],
      calls: {},
    });
  });

  test("to a version that cannot be had is refused", async () => {
    expect(await point(isolate(), { expect: 0, hash: SECOND.hash })).toBe(404);
  });
});

describe("a canary", () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => `+1415555${String(index).padStart(4, "0")}`);

  async function second(percent: number, expectRev: number): Promise<Set<string>> {
    const app = isolate();
    await upload(app, SECOND);
    await point(app, { expect: expectRev, hash: FIRST.hash, canary: { hash: SECOND.hash, percent } });
    const among = new Set<string>();
    for (const number of numbers) if ((await heard(app, number)) === "second") among.add(number);
    return among;
  }

  test("is heard by about its share of the callers, by the same ones each time, and by them if it grows", async () => {
    const tenth = await second(10, 0);
    expect(tenth.size).toBeGreaterThan(60);
    expect(tenth.size).toBeLessThan(140);
    const other = isolate();
    for (const number of numbers.slice(0, 100))
      expect(await heard(other, number)).toBe(tenth.has(number) ? "second" : "first");
    const half = await second(50, 1);
    expect([...tenth].filter((number) => !half.has(number))).toEqual([]);
    expect(half.size).toBeGreaterThan(400);
  });
});

describe("the admin endpoint", () => {
  const PATHS: [method: string, path: string][] = [
    ["GET", "flows/desk"],
    ["PUT", "flows/desk"],
    ["GET", `programs/desk/${FIRST.hash}`],
    ["PUT", `programs/desk/${FIRST.hash}`],
  ];

  test.each(PATHS)("%s %s is not there without an ADMIN_TOKEN", async (method, path) => {
    const { adminToken: _, ...rest } = { adminToken: undefined };
    const app = line({ programs: indexPrograms([FIRST]), store, ...rest });
    expect((await admin(app, method, path, method === "GET" ? undefined : {})).status).toBe(404);
  });

  test.each(PATHS)("%s %s refuses another token", async (method, path) => {
    const response = await admin(isolate(), method, path, method === "GET" ? undefined : {}, "another");
    expect(response.status).toBe(401);
    expect(store.asked).toEqual([]);
  });

  test("says what to do without the Durable Object", async () => {
    const app = line({ programs: indexPrograms([FIRST]), store, adminToken: TOKEN });
    const response = await admin(app, "GET", "flows/desk");
    expect([response.status, await response.text()]).toEqual([501, expect.stringContaining("POINTERS")]);
  });

  test.each([
    ["another hash", { ...SECOND, start: "bye" }],
    ["another format", { ...SECOND, format: 1 }],
    ["no Program", 1],
  ])("takes no Program with %s", async (_what, body) => {
    expect((await admin(isolate(), "PUT", `programs/desk/${SECOND.hash}`, body)).status).toBe(400);
    expect(store.kept.size).toBe(0);
  });

  test("returns a bundled Program", async () => {
    const response = await admin(isolate(), "GET", `programs/desk/${FIRST.hash}`);
    expect(await response.json()).toEqual(FIRST);
  });
});

test("a flow that was only published answers calls and status callbacks", async () => {
  const other = programOf(FLOW, "flows/other.yaml");
  const app = isolate();
  await admin(app, "PUT", `programs/other/${other.hash}`, other);
  const change = { action: "publish", hash: other.hash, who: "ada", note: "" };
  await admin(app, "PUT", "flows/other", { expect: 0, hash: other.hash, change });
  await vi.advanceTimersByTimeAsync(5001);
  const fresh = isolate();
  expect((await fresh.fetch(webhook("/status/other", { CallStatus: "ringing" }))).status).toBe(204);
  expect(await finish(post(fresh, "/voice/other"))).toContain("for the first version");
});
