/** Variables that outlive calls. */
import { describe, expect, test, vi } from "vitest";
import { personAt } from "../../src/engine/caller.ts";
import { readEvent } from "../../src/engine/event.ts";
import type { Caller } from "../../src/program/call.ts";
import { readPersistent, writePersistent } from "../../src/worker/persistent.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import type { Store } from "../../src/worker/store.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { CALLEE, inside, type Line, line, linesIn, linkIn, MODES, memoryStore, post } from "./support.ts";

useFalseTime();

const COUNT = `
variables:
  calls: { type: int, default: 100, keep: caller }
  all: { type: int, keep: flow }
steps:
  count:
    set: { calls: "{{ vars.calls + 1 }}", all: "{{ vars.all + 1 }}" }
    next: bye
  bye:
    hangup: "{{ vars.calls }} of {{ vars.all }}."
`;
const NUMBER = "+14155550111";
const CALLS = `keep:caller:${NUMBER}:desk.calls`;

/** A whole call, and what it hears. */
async function call(app: Line, From = NUMBER): Promise<string> {
  const heard = inside(await finish(post(app, "/voice/desk", { From })));
  await finish(app.settle());
  return heard.replace(/<\/?Say>|<Hangup\/>/g, "");
}

describe.each(MODES)("CALL_STATE = %s: a variable that is kept", (callState) => {
  const lineIn = linesIn(callState);

  test("has its default at first, and what the call before left", async () => {
    const store = memoryStore();
    const app = lineIn(COUNT, { store });
    expect([await call(app), await call(app), await call(app, "+14155550222")]).toEqual([
      "101 of 1.",
      "102 of 2.",
      "101 of 3.",
    ]);
    expect([store.kept.get(CALLS), store.kept.get("keep:flow:desk.all")]).toEqual(["102", "3"]);
  });

  test.each([
    ["a text", '"many"'],
    ["null", "null"],
    ["half a number", "1.5"],
    ["no JSON", "{"],
    ["a list", "[1]"],
  ])("has its default where the store holds %s, and the log says so", async (_what, value) => {
    const app = lineIn(COUNT, { store: memoryStore({ [CALLS]: value }) });
    expect(await call(app)).toBe("101 of 1.");
    expect(app.lines[0]?.store).toBe("caller:desk.calls is not of type int");
  });

  test.each([
    "anonymous",
    "",
    "unknown",
    "Restricted",
    "client:Anonymous",
    // Twilio spells ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a phone's keys.
    "+266696687",
    "+7378742833",
    "+2562533",
    "+8656696",
    "+86282452253",
  ])("is nobody's where the caller is %j", async (From) => {
    const store = memoryStore();
    const app = lineIn(COUNT, { store });
    expect([await call(app, From), await call(app, From)]).toEqual(["101 of 1.", "101 of 2."]);
    expect([...store.kept.keys()].filter((key) => key.startsWith("keep:caller"))).toEqual([]);
  });

  test.each([
    "sip:ada@example.com",
    "client:ada",
    "whatsapp:+14155550111",
    "rcs:ada",
    "messenger:1",
    "+266696",
    "+123456789012345",
  ])("is that of the caller %s", async (From) => {
    const app = lineIn(COUNT);
    expect([await call(app, From), await call(app, From)]).toEqual(["101 of 1.", "102 of 2."]);
  });

  test("is written a second later where KV is asked too often", async () => {
    const memory = memoryStore();
    const put = vi.fn(memory.put).mockRejectedValueOnce(new Error("KV PUT failed: 429 Too Many Requests"));
    const began = Date.now();
    const app = lineIn(COUNT, { store: { ...memory, put } });
    await call(app);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
    expect([memory.kept.get(CALLS), memory.kept.get("keep:flow:desk.all")]).toEqual(["101", "1"]);
    expect(app.lines.map(({ event }) => event)).toEqual(["start"]);
  });

  test("that cannot be written is told in the log, and the caller hears nothing of it", async () => {
    const put: Store["put"] = async () => Promise.reject(new Error("KV PUT failed: 500"));
    const app = lineIn(COUNT, { store: { ...memoryStore(), put } });
    expect(await call(app)).toBe("101 of 1.");
    expect(app.lines.at(-1)).toMatchObject({ event: "keep", store: "not written: KV PUT failed: 500" });
  });

  test.each<[string, Store["get"], string]>([
    ["fails", async () => Promise.reject(new Error("down")), "not read: down"],
    ["hangs", () => new Promise(() => {}), "no answer in time"],
  ])("has its default where the store %s, and the log says so", async (_what, get, store) => {
    const app = lineIn(COUNT, { store: { ...memoryStore(), get } });
    expect(await call(app)).toBe("101 of 1.");
    expect(app.lines[0]).toMatchObject({ event: "start", store });
  });

  test("travels with the call, and is not read again", async () => {
    const store = memoryStore({ [CALLS]: "7" });
    const flow = COUNT.replace(
      "steps:",
      "steps:\n  menu: { gather: { prompt: A key., choices: { 1: count }, otherwise: hangup } }",
    );
    const app = lineIn(flow, { store });
    const menu = await finish(post(app, "/voice/desk"));
    store.kept.delete(CALLS);
    expect(await finish(post(app, linkIn(menu), { Digits: "1" }))).toContain("8 of 1.");
  });
});

describe.each(MODES)("CALL_STATE = %s: a part's variable that is kept", (callState) => {
  const PART = COUNT.replace("steps:", "gives: [calls]\nsteps:").replace(
    /hangup: .*/,
    'say: "{{ vars.calls }} of {{ vars.all }}."\n    next: return',
  );
  const RUN =
    "steps:\n  one: { run: { flow: counter }, next: two }\n  two: { run: { flow: counter }, next: hangup }\n";

  test("is one for all flows that run it, and for each time they do", async () => {
    const flows = ["desk", "shop"].map((name) => programOf(RUN, `flows/${name}.yaml`, { counter: PART }));
    const store = memoryStore();
    const app = line({ store, callState, programs: indexPrograms(flows) });
    expect(await call(app)).toBe("101 of 1.102 of 2.");
    expect(inside(await finish(post(app, "/voice/shop")))).toContain("103 of 3.");
    await finish(app.settle());
    expect(store.kept.get(`keep:caller:${NUMBER}:counter.calls`)).toBe("104");
  });
});

describe.each(MODES)("CALL_STATE = %s: a variable that is kept and set beside the call", (callState) => {
  const lineIn = linesIn(callState);

  const FLOW = `
variables:
  greeted: { type: string, default: nobody, keep: caller }
steps:
  hello:
    dial: { to: +14155550100, whisper: { step: note }, status: { else: hangup } }
    next: bye
  note:
    set: { greeted: "{{ vars.greeted + '+' }}" }
    next: return
  bye:
    hangup: "{{ vars.greeted }}."
`;

  test("is the caller's, and reaches this call and the next", async () => {
    const store = memoryStore();
    const app = lineIn(FLOW, { store });
    const leg = { CallSid: CALLEE, ParentCallSid: "", From: "+14155550199" };
    const heard: string[] = [];
    for (const _call of ["first", "second"]) {
      const dial = await finish(post(app, "/voice/desk"));
      await finish(post(app, linkIn(dial, "url"), leg));
      await finish(app.settle());
      heard.push(
        inside(await finish(post(app, linkIn(dial), { DialCallStatus: "completed", DialBridged: "true" }))),
      );
      await vi.advanceTimersByTimeAsync(2000);
    }
    expect(heard).toEqual(["<Say>nobody+.</Say><Hangup/>", "<Say>nobody++.</Say><Hangup/>"]);
    expect([...store.kept.keys()].filter((key) => key.startsWith("keep:"))).toEqual([
      `keep:caller:${NUMBER}:desk.greeted`,
    ]);
  });
});

describe("whose variable it is", () => {
  const program = programOf(COUNT, "flows/desk.yaml");
  const read = async (caller: Partial<Caller>) => {
    const store = memoryStore();
    const whole = { ...readEvent({ CallSid: "CA1", From: NUMBER }).caller, ...caller };
    await readPersistent(store, program, whole, Date.now());
    return store.asked.toSorted();
  };
  const ALL = "get keep:flow:desk.all";

  test.each([
    NUMBER,
    "+123456",
    "+123456789012345",
    "sip:ada@example.com",
    "client:ada",
    "whatsapp:+14155550111",
    "rcs:brand",
    "messenger:ada",
  ])("%s has one", async (number) => {
    expect(await read({ number })).toEqual(
      [`get keep:caller:${personAt(number)}:desk.calls`, ALL].toSorted(),
    );
  });

  test.each([
    "",
    "+12345",
    "+1234567890123456",
    "14155550111",
    "x+14155550111",
    "Restricted",
    "sip:",
    "xsip:a",
    "+1415a",
  ])("%j has none, and nothing is read for it", async (number) => {
    expect(await read({ number })).toEqual([ALL]);
  });

  test("a hidden number has none", async () => {
    expect(await read({ number: NUMBER, hidden: true })).toEqual([ALL]);
  });

  test("nor is one written for it", async () => {
    const store = memoryStore();
    const { caller } = readEvent({ CallSid: "CA1", From: "anonymous" });
    const value = { effect: "persist" as const, name: "caller:desk.calls", value: 5 };
    expect(await writePersistent(store, value, caller)).toEqual({});
    expect(store.asked).toEqual([]);
  });
});
