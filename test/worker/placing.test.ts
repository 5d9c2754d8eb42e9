/** Each field of a call to place or move, its machine's verdict and its callback: what is taken, asked and logged. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { readEvent } from "../../src/engine/event.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { sealStart, withStart } from "../../src/worker/start.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { ACCOUNT, HOST, lineOf, memoryStore, TOKEN, webhook } from "./support.ts";

const STEPS = `
steps:
  ask: { hangup: "Hello {{ vars.name }}." }
  word: { hangup: "A message." }
  missed:
    sms: { to: +14155550177, body: "{{ vars.name }} was not reached." }
    next: return
`;
const FIELDS = `
allow: [US, +4420*]
takes: [name, amount]
variables:
  name: { type: string, default: nobody }
  amount: { type: int }
`;
const FLOW = `onMachine: word\n${FIELDS}${STEPS}`;
const CALLS_TOKEN = "the-token-for-placing-calls";
const BODY = { to: "+14155550111", from: "+14155550100" };
const SID = `CA${"7".repeat(32)}`;
const PART =
  "takes: [name]\ngives: []\nvariables: { name: { type: string } }\nsteps: { one: { set: { name: x }, next: return } }\n";

useFalseTime();
beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 17));
});

/** An app whose Durable Object notes its orders and answers with a status, and Twilio, which answers in turn. */
function start(flow = FLOW, overrides: Partial<Deps> = {}, answers: [number, unknown][] = [], status = 201) {
  const orders: unknown[] = [];
  const named: string[] = [];
  const asked: string[] = [];
  const fetch = async (url: string, { method, body }: RequestInit): Promise<Response> => {
    asked.push(`${method} ${new URL(url).pathname.split("/").slice(4).join("/")} ${body}`);
    const [answered, json] = answers.shift() ?? [method === "POST" && url.endsWith("s.json") ? 201 : 200, {}];
    return Response.json(json, { status: answered });
  };
  const app = lineOf(flow, {
    web: { fetch, privateHosts: [] },
    accountSid: ACCOUNT,
    callsToken: CALLS_TOKEN,
    callTime: Date.now,
    outbound: (name) => {
      named.push(name);
      return {
        fetch: async (_, init) => {
          orders.push(JSON.parse(String(init?.body)));
          return new Response(status === 204 ? null : "{}", { status });
        },
      };
    },
    ...overrides,
  });
  const send = async (body: unknown = BODY, path = "/calls/desk", method = "POST") => {
    const headers = { Authorization: `Bearer ${CALLS_TOKEN}`, "Idempotency-Key": "key-1" };
    const init = { method, headers, ...(method !== "GET" && { body: JSON.stringify(body) }) };
    const response = await finish(app.fetch(new Request(HOST + path, init)));
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  };
  return { app, send, orders, named, asked };
}

const formOf = (order: unknown): Record<string, string> => {
  const { form = "" } = Object(order);
  return Object.fromEntries(new URLSearchParams(form));
};

describe("a call to place", () => {
  test.each<[string, unknown, boolean]>([
    ["to", "+14155550111", true],
    ["to", "+442079460000", true],
    ["to", "+4930901820", false],
    ["to", "x+14155550111", false],
    ["to", "+14155550111x", false],
    ["to", undefined, false],
    ["to", ["+14155550111"], false],
    ["from", "+1234567", true],
    ["from", "+123456789012345", true],
    ["from", "+123456", false],
    ["from", "+1234567890123456", false],
    ["from", "+0123456789", false],
    ["from", "x+14155550100", false],
    ["from", "+14155550100x", false],
    ["from", undefined, false],
    ["from", ["+14155550100"], false],
    ["set", {}, true],
    ["set", { name: "Ada" }, true],
    ["set", { amount: 12 }, true],
    ["set", { name: "Ada", amount: "12" }, true],
    ["set", { name: "Ada", amount: "many" }, false],
    ["set", { other: 1 }, false],
    ["set", { constructor: 1 }, false],
    ["set", ["Ada"], false],
    ["set", "Ada", false],
    ["set", null, false],
    ["machine", "detect", true],
    ["machine", "message-end", true],
    ["machine", "Detect", false],
    ["machine", true, false],
    ["machine", null, false],
    ["async", false, true],
    ["async", true, false],
    ["async", "true", false],
    ["async", null, false],
    ["step", "ask", false],
    ["constructor", {}, false],
  ])("with %s %j: %s", async (field, value, isTaken) => {
    const { send, orders } = start();
    const { status, body } = await send({ ...BODY, [field]: value });
    expect([status, orders.length]).toEqual(isTaken ? [201, 1] : [400, 0]);
    if (!isTaken)
      expect(body.error).toEqual({ code: field, message: expect.stringContaining(`\`${field}\``) });
  });

  test.each<[string, object, boolean]>([
    [FLOW, { machine: "detect", async: true }, true],
    [FLOW, { async: true }, false],
    [FIELDS + STEPS, { machine: "detect", async: true }, false],
    [FIELDS + STEPS, { machine: "detect", async: false }, true],
  ])("in a flow with or without `onMachine`: %#", async (flow, more, isTaken) => {
    const { send } = start(flow);
    expect((await send({ ...BODY, ...more })).status).toBe(isTaken ? 201 : 400);
  });

  test("goes to no number if the flow allows none", async () => {
    const { send } = start(FLOW.replace("allow: [US, +4420*]\n", ""));
    for (const to of ["+14155550111", "", "undefined"])
      expect(await send({ ...BODY, to })).toMatchObject({ status: 400, body: { error: { code: "to" } } });
  });

  test("with several faults names the first, and an unknown field before all", async () => {
    const { send } = start();
    const faultOf = async (body: object) => (await send(body)).body.error.code;
    expect(await faultOf({ to: "x", from: "y", machine: 5 })).toBe("to");
    expect(await faultOf({ to: "x", one: 1, two: 2 })).toBe("one");
  });

  test("takes no `set` if the flow takes nothing", async () => {
    const { send } = start(FLOW.replace("takes: [name, amount]\n", "").replace("next: return", "next: ask"));
    expect(await send({ ...BODY, set: { name: "Ada" } })).toMatchObject({ status: 400 });
    expect(await send({ ...BODY, set: {} })).toMatchObject({ status: 201 });
  });

  test.each<[object, object]>([
    [{}, {}],
    [{ machine: "detect" }, { MachineDetection: "Enable" }],
    [
      { machine: "message-end", async: true },
      {
        MachineDetection: "DetectMessageEnd",
        AsyncAmd: "true",
        AsyncAmdStatusCallback: expect.stringMatching(
          /^https:\/\/phone\.example\.com\/machine\/desk\?t=[\w-]{40,}$/,
        ),
      },
    ],
  ])("with %j is handed over with its own URLs", async (more, fields) => {
    const { send, orders, named } = start();
    await send({ ...BODY, ...more });
    expect(orders).toEqual([
      { key: "key-1", resource: "Calls", form: expect.any(String), asked: expect.any(String) },
    ]);
    expect(named).toEqual(["desk"]);
    const form = formOf(orders[0]);
    const ticket = form.Url?.split("?t=")[1];
    expect(form).toEqual({
      To: BODY.to,
      From: BODY.from,
      Url: `${HOST}/voice/desk?t=${ticket}`,
      StatusCallback: `${HOST}/status/desk?t=${ticket}`,
      ...fields,
    });
  });

  test("has URLs of PUBLIC_URL", async () => {
    const { send, orders } = start(FLOW, { publicUrl: "https://public.example/phone" });
    await send({ ...BODY, machine: "detect", async: true });
    const { Url, StatusCallback, AsyncAmdStatusCallback } = formOf(orders[0]);
    expect([Url, StatusCallback, AsyncAmdStatusCallback].map((url) => url?.split("?")[0])).toEqual(
      ["voice", "status", "machine"].map((road) => `https://public.example/phone/${road}/desk`),
    );
  });

  test("has a URL of at most 2,000 characters", async () => {
    const lengths: number[] = [];
    // A ticket grows by one or two characters with each of a name: four hosts meet every length.
    for (const host of ["a", "aa", "aaa", "aaaa"]) {
      for (let size = 1400; size < 1440; size++) {
        const { send, orders } = start(FLOW, { publicUrl: `https://${host}.example` });
        const { status, body } = await send({ ...BODY, set: { name: "x".repeat(size) } });
        if (status === 201) lengths.push(formOf(orders[0]).Url?.length ?? 0);
        else {
          expect(body.error).toEqual({ code: "set", message: "The values of `set` are too long." });
          break;
        }
      }
    }
    expect(Math.max(...lengths)).toBe(2000);
  });

  test.each([
    ["POST", "/calls/none", { error: { code: "flow", message: 'Unknown flow "none".' } }],
    ["POST", "/calls", { error: { code: "flow", message: 'Unknown flow "".' } }],
    ["GET", "/calls/desk", expect.stringContaining("Not found")],
    ["PUT", "/calls/desk", expect.stringContaining("Not found")],
    ["POST", `/calls/desk/${SID}`, expect.stringContaining("Not found")],
  ])("is no %s of %s", async (method, path, body) => {
    const { send, orders } = start();
    expect(await send(BODY, path, method)).toEqual({ status: 404, body });
    expect(orders).toEqual([]);
  });

  test("begins in no part", async () => {
    const { send } = start(PART);
    expect(await send()).toEqual({
      status: 404,
      body: { error: { code: "flow", message: 'Unknown flow "desk".' } },
    });
  });
});

describe("a call in progress", () => {
  const path = `/calls/desk/${SID}`;

  test.each<[object, string | undefined]>([
    [{}, undefined],
    [{ step: "word" }, undefined],
    [{ set: { name: "Cy" } }, undefined],
    [{ step: "none" }, "step"],
    [{ step: "constructor" }, "step"],
    [{ step: null }, "step"],
    [{ step: ["word"] }, "step"],
    [{ set: { other: 1 } }, "set"],
    [{ to: "+14155550111" }, "to"],
    [{ machine: "detect" }, "machine"],
  ])("with %j is moved, or the fault is in %s", async (body, fault) => {
    const { send, asked } = start();
    const answer = await send(body, path, "PUT");
    if (fault) expect(answer).toMatchObject({ status: 400, body: { error: { code: fault } } });
    else expect(answer).toEqual({ status: 200, body: { sid: SID } });
    const url = encodeURIComponent(`${HOST}/voice/desk?t=`);
    expect(asked).toEqual(fault ? [] : [expect.stringContaining(`POST Calls/${SID}.json Url=${url}`)]);
  });

  test.each(["CA1", `${SID}0`, `CA${"g".repeat(32)}`, "..%2FMessages", `${SID}%3FA=b`])(
    "has a CallSid, unlike %s, which is never asked for",
    async (sid) => {
      const { send, asked } = start();
      const answer = await send({}, `/calls/desk/${sid}`, "PUT");
      expect(answer).toMatchObject({ status: 404, body: { error: { code: "sid" } } });
      expect(asked).toEqual([]);
    },
  );

  test.each([
    ["an unknown call", 404, 20404, 404],
    ["a call that is over, or not answered yet", 400, 21220, 409],
    ["a wrong parameter", 400, 21205, 400],
    ["too many requests", 429, 20429, 429],
    ["a wrong secret", 401, 20003, 502],
    ["a failure", 500, 20500, 502],
  ])("that Twilio does not move, because of %s", async (_, answered, code, status) => {
    const refusal: [number, unknown] = [answered, { code, message: "No." }];
    const { send } = start(FLOW, {}, [refusal, refusal, refusal]);
    expect(await send({}, path, "PUT")).toEqual({
      status,
      body: { error: { code: `twilio-${code}`, message: "No." } },
    });
  });
});

describe("a machine's verdict", () => {
  const verdict = (AnsweredBy: string | undefined, t = "ticket", path = "/machine/desk") =>
    webhook(`${path}?t=${t}`, AnsweredBy === undefined ? {} : { AnsweredBy });

  test.each([
    ["machine_start", true],
    ["machine_end_beep", true],
    ["machine_", false],
    ["a_machine_start", false],
    ["machine_start&t=x", false],
    ["human", false],
    ["", false],
    [undefined, false],
  ])("%s moves the call: %s", async (AnsweredBy, isMoved) => {
    const { app, asked } = start();
    expect((await app.fetch(verdict(AnsweredBy))).status).toBe(204);
    const url = encodeURIComponent(`${HOST}/voice/desk?AnsweredBy=${AnsweredBy}&t=ticket`);
    const sid = "CA00000000000000000000000000000001";
    expect(asked).toEqual(isMoved ? [`POST Calls/${sid}.json Url=${url}`] : []);
    expect(app.lines).toEqual(isMoved ? [{ call: sid, flow: "desk", event: AnsweredBy }] : []);
  });

  test.each([
    ["has another `onMachine`", FLOW.replaceAll("word", "note"), "A message."],
    ["has none any more", FLOW.replace("onMachine: word\n", "").replace("  word:", "  note:"), "Hello Ada."],
  ])("after a deploy enters the version that %s", async (_, flow, says) => {
    const sealing = { secrets: [TOKEN], cipher: nodeCipher };
    const t = await sealStart(sealing, "desk", { set: { name: "Ada" }, step: "word", rev: 1e6 });
    const { app } = start(flow);
    const request = webhook(`/voice/desk?AnsweredBy=machine_start&t=${t}`, {
      Direction: "outbound-api",
      CallStatus: "in-progress",
    });
    const response = await finish(app.fetch(request));
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(says)]);
  });

  test("is logged with Twilio's reason if the call is not moved", async () => {
    const { app } = start(FLOW, {}, [[400, { code: 21220, message: "Call is not in-progress." }]]);
    expect((await app.fetch(verdict("machine_start"))).status).toBe(204);
    expect(app.lines).toEqual([
      expect.objectContaining({ event: "machine_start", error: "Call is not in-progress." }),
    ]);
  });
});

describe("the callback of a call that no one answers", () => {
  const plan = (retry: string): string =>
    `timezone: America/New_York\n${FLOW}`.replace(
      "onMachine: word",
      `onMachine: word\nonUnanswered: { step: missed, retry: ${retry} }`,
    );
  const PLAN = plan('{ after: [10m, 1h], until: "20:00" }');
  const texts = (asked: string[]): string[] => asked.filter((one) => one.includes("Messages.json"));

  async function report(app: ReturnType<typeof start>["app"], CallStatus = "no-answer"): Promise<void> {
    const sealing = { secrets: [TOKEN], cipher: nodeCipher };
    const t = await sealStart(sealing, "desk", { set: { name: "Ada" } });
    const request = webhook(`/status/desk?t=${t}`, { CallStatus, Direction: "outbound-api" });
    expect((await app.fetch(request)).status).toBe(204);
    await app.settle();
  }

  test.each([
    [PLAN, [10, 60], 480],
    // A call that fails for another reason is not tried for ever: the object bounds it.
    [plan("{ after: [5m] }"), [5], undefined],
  ])("asks for another call by the flow's own clock", async (flow, after, left) => {
    const { app, orders, asked, named } = start(flow, {}, [], 200);
    await report(app);
    expect(orders).toEqual([{ sid: "CA00000000000000000000000000000001", after, ...(left && { left }) }]);
    expect(named).toEqual(["desk"]);
    expect(app.lines.at(-1)).toMatchObject({ event: "status no-answer", next: "retry" });
    expect(asked).toEqual([]);
  });

  test("counts the minutes too", async () => {
    vi.setSystemTime(Date.UTC(2026, 10, 23, 17, 25));
    const { app, orders } = start(PLAN, {}, [], 200);
    await report(app);
    expect(orders).toMatchObject([{ left: 455 }]);
  });

  test("counts in UTC if the flow has no time zone", async () => {
    const { app, orders } = start(PLAN.replace("timezone: America/New_York\n", ""), {}, [], 200);
    await report(app);
    expect(orders).toMatchObject([{ left: 180 }]);
  });

  test.each<[string, number, Partial<Deps>]>([
    ["the object has no plan", 204, {}],
    ["the object fails", 500, {}],
    ["there is no object", 200, { outbound: undefined }],
  ])("runs `onUnanswered` if %s, with the values of `set`, once", async (_, status, overrides) => {
    const { app, asked } = start(PLAN, overrides, [], status);
    await report(app);
    await report(app);
    expect(texts(asked)).toEqual([expect.stringContaining("Body=Ada+was+not+reached.")]);
    expect(app.lines[0]).toEqual({
      call: "CA00000000000000000000000000000001",
      flow: "desk",
      event: "status no-answer",
      version: expect.any(String),
      step: "missed",
      store: undefined,
      error: undefined,
      ms: expect.any(Number),
    });
  });

  test("runs it with the variables that earlier calls left", async () => {
    const flow = PLAN.replace(
      "amount: {",
      "tries: { type: int, default: 0, keep: caller }\n  amount: {",
    ).replace(
      'missed:\n    sms: { to: +14155550177, body: "{{ vars.name }} was not reached." }',
      'missed: { set: { tries: "{{ vars.tries + 1 }}" }, next: text }\n' +
        '  text:\n    sms: { to: +14155550177, body: "{{ vars.tries }} times" }',
    );
    const store = memoryStore({ "keep:caller:+14155550100:desk.tries": "2" });
    const { app, asked } = start(flow, { store }, [], 204);
    await report(app);
    expect(texts(asked)).toEqual([expect.stringContaining("Body=3+times")]);
    expect(store.kept.get("keep:caller:+14155550100:desk.tries")).toBe("3");
  });

  test("runs it and logs why there is no plan if the object throws", async () => {
    const outbound = () => ({ fetch: () => Promise.reject(new Error("overloaded")) });
    const { app, asked } = start(PLAN, { outbound });
    await report(app);
    expect(texts(asked)).toHaveLength(1);
    expect(app.lines.at(-1)).toMatchObject({ step: "missed", error: "overloaded" });
  });

  test("logs why there is no plan if there is no `onUnanswered` either", async () => {
    const { onUnanswered: _, ...program } = programOf(PLAN, "flows/desk.yaml");
    const outbound = () => ({ fetch: () => Promise.reject(new Error("overloaded")) });
    const { app } = start(PLAN, { outbound, programs: indexPrograms([program]) });
    await report(app);
    expect(app.lines).toEqual([expect.objectContaining({ event: "status no-answer", error: "overloaded" })]);
    const { app: other } = start(PLAN, { programs: indexPrograms([program]) }, [], 204);
    await report(other);
    expect(other.lines[0]).not.toHaveProperty("error");
  });

  test("logs why `onUnanswered` failed", async () => {
    const { app } = start(PLAN.replace("{{ vars.name }} was", "{{ 1 / vars.amount }} was"), {}, [], 204);
    await report(app);
    expect(app.lines.find(({ event }) => event.startsWith("status"))?.error).toMatch(/division_by_zero/);
  });

  test("of a person who cancels it asks for no other", async () => {
    const { app, orders, asked } = start(PLAN, {}, [], 200);
    await report(app, "canceled");
    expect([orders.length, texts(asked).length]).toEqual([0, 1]);
  });

  test("does nothing if the store cannot say whether it has run", async () => {
    const store = { ...memoryStore(), get: () => Promise.reject(new Error("KV is down")) };
    const { app, orders, asked } = start(PLAN, { store }, [], 204);
    await report(app);
    expect([orders, asked]).toEqual([[], []]);
    expect(app.lines.at(-1)?.store).toBe("not read: KV is down");
  });

  test("runs nothing if another delivery has just begun to", async () => {
    const store = { ...memoryStore(), put: () => Promise.reject(new Error("KV PUT failed: 429")) };
    const { app, asked } = start(PLAN, { store }, [], 204);
    await report(app);
    expect(asked).toEqual([]);
    expect(app.lines.at(-1)).toMatchObject({ duplicate: true });
  });

  test.each(["xbusy", "busyx", "completed", "in-progress"])(
    "does nothing at the status %s",
    async (status) => {
      const { app, orders, asked } = start(PLAN, {}, [], 200);
      await report(app, status);
      expect([orders, asked]).toEqual([[], []]);
    },
  );

  test("does nothing and reads nothing in a flow that has no step for it", async () => {
    const store = memoryStore();
    const { app, orders } = start(FLOW, { store });
    await report(app);
    expect([orders, store.asked]).toEqual([[], []]);
  });
});

describe("a start", () => {
  const sealing = { secrets: [TOKEN], cipher: nodeCipher };
  const event = readEvent({ CallSid: SID });
  const withTicket = (t: string) => ({ ...event, params: { ...event.params, t } });

  test.each<[object, object]>([
    [
      { set: { name: "Ada" }, step: "word" },
      { set: { name: "Ada" }, step: "word" },
    ],
    [{ set: { name: "Ada" } }, { set: { name: "Ada" } }],
    [{ step: "word" }, { set: {}, step: "word" }],
    [{}, { set: {} }],
  ])("of %j opens in its own flow alone", async (sealed, { set, step }: { set?: object; step?: string }) => {
    const t = await sealStart(sealing, "desk", sealed);
    const opened = await withStart(sealing, "desk", withTicket(t));
    expect(opened).toEqual({ event: { ...withTicket(t), set }, ...(step && { step }) });
    const closed = { event: withTicket(t), isSealed: true };
    expect(await withStart(sealing, "other", withTicket(t))).toEqual(closed);
    const others = { ...sealing, secrets: ["another"] };
    expect(await withStart(others, "desk", withTicket(t))).toEqual(closed);
  });

  test.each([undefined, "", "x", "x".repeat(80)])("is not in the ticket %j", async (t) => {
    const given = t === undefined ? event : withTicket(t);
    const closed = (t?.length ?? 0) > 37 && { isSealed: true };
    expect(await withStart(sealing, "desk", given)).toEqual({ event: given, ...closed });
  });

  test("of a call in progress says at which revision it goes on", async () => {
    const t = await sealStart(sealing, "desk", { rev: 5 });
    expect(await withStart(sealing, "desk", withTicket(t))).toMatchObject({ rev: 5 });
  });
});
