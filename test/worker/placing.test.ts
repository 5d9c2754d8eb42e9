/** Each field of a call to place or move, its machine's verdict and its ticket: what is taken, asked and logged. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { readEvent } from "../../src/engine/event.ts";
import { sealStart, withStart } from "../../src/worker/start.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { BODY, FIELDS, FLOW, SID, STEPS, start } from "./noted-orders.ts";
import { HOST, TOKEN, webhook } from "./support.ts";

const PART =
  "takes: [name]\ngives: []\nvariables: { name: { type: string } }\nsteps: { one: { set: { name: x }, next: return } }\n";

useFalseTime();
beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 17));
});

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

  test("is a JSON object", async () => {
    const { send, orders } = start();
    expect(await send("text")).toMatchObject({ status: 400, body: { error: { code: "body" } } });
    expect(orders).toEqual([]);
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
