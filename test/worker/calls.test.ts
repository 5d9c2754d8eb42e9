/** Placing calls: what `POST /calls/<flow>` accepts, and that no call is placed twice, whatever fails. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { Journal } from "../../src/worker/journal.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { APOLOGY } from "../../src/worker/reply.ts";
import { STAYS_SEALED } from "../../src/worker/start.ts";
import { giveUp } from "../../src/worker/unanswered.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { outboundObjects } from "./outbound-object.ts";
import { ACCOUNT, CALLER, HOST, type Line, lineOf, linkIn, post, TOKEN, webhook } from "./support.ts";

const FLOW = `
allow: [US, +4420*]
takes: [name, amount]
onMachine: word
onUnanswered:
  step: missed
  retry: { after: [10m, 1h], until: "20:00" }
timezone: America/New_York
variables:
  name: { type: string, default: nobody }
  amount: { type: int }
steps:
  ask:
    gather: { prompt: "Hello {{ vars.name }}, {{ vars.amount }}.", choices: { 1: bye }, otherwise: bye }
  bye: { hangup: Goodbye. }
  word: { hangup: "A message for {{ vars.name }} ({{ call.answeredBy }})." }
  missed:
    sms: { to: +14155550177, body: "{{ vars.name }} was not reached." }
    next: return
`;
const HANGUP = `
takes: [name]
onHangup: tell
variables:
  name: { type: string, default: nobody }
  said: { type: string, default: nothing }
steps:
  menu:
    gather: { prompt: A key., save: said, otherwise: menu }
    next: menu
  tell:
    sms: { to: +14155550177, body: "Lost {{ vars.name }} after {{ vars.said }}." }
    next: return
`;
const CALLS_TOKEN = "the-token-for-placing-calls";
const BODY = { to: "+14155550111", from: "+14155550100", set: { name: "Ada & Bo", amount: 12 } };
const SID = `CA${"7".repeat(32)}`;

useFalseTime();

type Answer = [status: number, body: unknown] | "hangs" | "breaks";

/** Twilio: places calls, lists them, and fails as told. What is placed is placed, however it is answered. */
class Twilio {
  readonly placed: { sid: string; form: Record<string, string>; date_created: string }[] = [];
  readonly asked: string[] = [];
  readonly updates: { path: string; form: Record<string, string> }[] = [];
  /** How the next requests are answered; after them, as they should be. */
  readonly answers: Answer[] = [];
  /** Whether a request that fails was acted on. */
  acts = true;

  readonly fetch = async (address: string, { method, body }: RequestInit): Promise<Response> => {
    const url = new URL(address);
    this.asked.push(`${method} ${url.pathname.replace(/.*Accounts\/\w+/, "")}`);
    const answer = this.answers.shift();
    const form = Object.fromEntries(new URLSearchParams(String(body)));
    const isRefused = Array.isArray(answer) && /^4/.test(`${answer[0]}`);
    const real = isRefused || (answer && !this.acts) ? undefined : this.#act(method ?? "", url, form);
    if (answer === "hangs") throw new DOMException("late", "TimeoutError");
    if (answer === "breaks") throw new TypeError("the connection was reset");
    if (answer) return Response.json(answer[1], { status: answer[0] });
    return real ?? new Response(null, { status: 404 });
  };

  #act(method: string, { pathname, searchParams }: URL, form: Record<string, string>): Response {
    if (method === "GET") {
      const { To, From } = Object.fromEntries(searchParams);
      const calls = this.placed.filter((call) => call.form.To === To && call.form.From === From);
      return Response.json({ calls: calls.map(({ form: _, ...call }) => ({ ...call, status: "queued" })) });
    }
    if (!pathname.endsWith("/Calls.json")) {
      this.updates.push({ path: pathname, form });
      return Response.json({ sid: SID, status: "in-progress" });
    }
    const sid = `CA${String(this.placed.length + 1).padStart(32, "0")}`;
    this.placed.push({ sid, form, date_created: new Date().toUTCString() });
    return Response.json({ sid, status: "queued", date_created: new Date().toUTCString() }, { status: 201 });
  }
}

let twilio: Twilio;
let objects: ReturnType<typeof outboundObjects>;
let app: Line;

function start(limits = { minute: 60, day: 1000 }, overrides: Partial<Deps> = {}): void {
  twilio = new Twilio();
  const web = { fetch: twilio.fetch, privateHosts: [] };
  objects = outboundObjects({ web, tokens: [TOKEN], accountSid: ACCOUNT, limits }, (one) =>
    giveUp(app.deps, one),
  );
  app = lineOf(FLOW, {
    web,
    accountSid: ACCOUNT,
    callsToken: CALLS_TOKEN,
    callTime: Date.now,
    outbound: objects.outbound,
    ...overrides,
  });
}

beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 17));
  start();
});

interface Asked {
  status: number;
  body: { sid?: string; status?: string; error?: { code: string; message: string } };
  after: string | null;
}

async function call(
  body: unknown = BODY,
  { key = "key-1", token = CALLS_TOKEN, path = "/calls/desk", method = "POST" } = {},
): Promise<Asked> {
  const headers = { Authorization: `Bearer ${token}`, ...(key && { "Idempotency-Key": key }) };
  const asking = app.fetch(new Request(HOST + path, { method, headers, body: JSON.stringify(body) }));
  const response = await finish(asking);
  return {
    status: response.status,
    body: await response.json().catch(() => ({})),
    after: response.headers.get("Retry-After"),
  };
}

const minutes = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 60_000);

const formOf = (index: number): Record<string, string> => twilio.placed[index]?.form ?? {};
const at = (url = ""): string => url.replace(HOST, "");

describe("a call is placed", () => {
  test("with a URL in which the values of `set` are sealed", async () => {
    const { status, body } = await call();
    expect({ status, body }).toEqual({
      status: 201,
      body: { sid: `CA${"1".padStart(32, "0")}`, status: "queued" },
    });
    const form = formOf(0);
    expect(Object.keys(form)).toEqual(["To", "From", "Url", "StatusCallback"]);
    expect(form.Url).toMatch(/^https:\/\/phone\.example\.com\/voice\/desk\?t=[\w-]{40,}$/);
    expect(JSON.stringify(twilio.placed)).not.toContain("Ada");
    const params = { Direction: "outbound-api", From: BODY.from, To: BODY.to };
    expect(await post(app, at(form.Url), params)).toContain("Hello Ada &amp; Bo, 12.");
    expect(JSON.stringify(app.lines)).not.toContain("Ada");
  });

  test("and its first webhook does not open another flow's ticket, nor one that was changed", async () => {
    await call();
    const ticket = twilio.placed[0]?.form.Url?.split("?t=")[1] ?? "";
    const changed = `${ticket.slice(0, -1)}${ticket.endsWith("A") ? "B" : "A"}`;
    expect(await post(app, `/voice/desk?t=${changed}`)).toContain("Hello nobody, 0.");
    expect(app.lines.at(-1)).toMatchObject({ degraded: true, error: STAYS_SEALED });
  });

  test("and a person who is called about values that do not open hears no flow with blanks", async () => {
    await call();
    app = lineOf(FLOW, { sealing: { secrets: ["a new secret"], cipher: nodeCipher } });
    const params = { Direction: "outbound-api", From: BODY.from, To: BODY.to };
    const heard = await post(app, at(formOf(0).Url), params);
    expect(heard).toBe(APOLOGY);
    expect(app.lines.at(-1)).toMatchObject({ event: "start", degraded: true, error: STAYS_SEALED });
    await app.fetch(webhook(at(formOf(0).StatusCallback), { ...params, CallStatus: "busy" }));
    expect(app.lines.at(-1)).toMatchObject({ event: "status busy", degraded: true, error: STAYS_SEALED });
    await app.settle();
    expect(twilio.asked).toEqual(["POST /Calls.json"]);
  });

  test("and a parameter `t` of another application is no ticket", async () => {
    expect(await post(app, "/voice/desk?t=morning", { Direction: "outbound-api" })).toContain("Hello nobody");
    expect(app.lines.at(-1)?.degraded).toBeUndefined();
  });

  test.each([
    ["detect", "Enable"],
    ["message-end", "DetectMessageEnd"],
  ])("with answering machine detection: %s", async (machine, MachineDetection) => {
    await call({ ...BODY, machine });
    expect(twilio.placed[0]?.form).toMatchObject({ MachineDetection });
    expect(twilio.placed[0]?.form).not.toHaveProperty("AsyncAmd");
  });

  test("by the bearer of CALLS_TOKEN only, and by no one without one", async () => {
    expect((await call(BODY, { token: "another" })).status).toBe(401);
    start(undefined, { callsToken: undefined });
    expect((await call()).status).toBe(404);
    start(undefined, { outbound: undefined });
    expect((await call()).status).toBe(501);
    expect(twilio.asked).toEqual([]);
  });

  test.each<[string, unknown, number, string]>([
    ["no JSON object", "text", 400, "body"],
    ["an unknown field", { ...BODY, form: "+14155550100" }, 400, "form"],
    ["no receiver", { from: BODY.from }, 400, "to"],
    ["a receiver that `allow` does not have", { ...BODY, to: "+33142685300" }, 400, "to"],
    ["a short number", { ...BODY, to: "911" }, 400, "to"],
    ["a sender that is no number", { ...BODY, from: "Ringflow" }, 400, "from"],
    ["a variable that the flow does not take", { ...BODY, set: { other: 1 } }, 400, "set"],
    ["a value of another type", { ...BODY, set: { amount: "many" } }, 400, "set"],
    ["values that do not fit a URL", { ...BODY, set: { name: "x".repeat(3000) } }, 400, "set"],
    ["another detection", { ...BODY, machine: "yes" }, 400, "machine"],
    ["an asynchronous verdict without detection", { ...BODY, async: true }, 400, "async"],
  ])("never with %s", async (_, body, status, code) => {
    expect(await call(body)).toMatchObject({ status, body: { error: { code } } });
    expect(twilio.asked).toEqual([]);
  });

  test("never without a key, and never in a flow that there is not", async () => {
    expect(await call(BODY, { key: "" })).toMatchObject({ status: 400, body: { error: { code: "key" } } });
    expect(await call(BODY, { path: "/calls/none" })).toMatchObject({ status: 404 });
    expect(twilio.asked).toEqual([]);
  });
});

describe("an Idempotency-Key", () => {
  test("places one call, however often it comes", async () => {
    const first = await call();
    await minutes(60 * 24 * 6);
    expect(await call()).toEqual(first);
    expect(twilio.placed).toHaveLength(1);
  });

  test("is known again after a new TICKET_SECRET, which seals the same values otherwise", async () => {
    const { body } = await call();
    app = lineOf(FLOW, {
      ...{ accountSid: ACCOUNT, callsToken: CALLS_TOKEN, outbound: objects.outbound },
      web: { fetch: twilio.fetch, privateHosts: [] },
      sealing: { secrets: ["a new secret"], cipher: nodeCipher },
    });
    expect(await call()).toMatchObject({ status: 201, body });
    const { from, to, set } = BODY;
    expect((await call({ from, to, async: false, set })).status).toBe(201);
    expect((await call({ ...BODY, set: { name: "Bo", amount: 12 } })).status).toBe(409);
    expect(twilio.placed).toHaveLength(1);
  });

  test("places one call if it comes twice at once", async () => {
    const both = await Promise.all([call(), call()]);
    // The second one comes while the first is placed, or after it.
    expect(both[0]?.status).toBe(201);
    expect(both[1]?.status === 409 || both[1]?.body.sid === both[0]?.body.sid).toBe(true);
    expect(twilio.placed).toHaveLength(1);
  });

  test("is refused with another body", async () => {
    await call();
    const other = await call({ ...BODY, to: "+14155550112" });
    expect(other).toMatchObject({ status: 409, body: { error: { code: "other-body" } } });
    expect(twilio.placed).toHaveLength(1);
  });

  test("can be used again after Twilio has refused the call", async () => {
    twilio.answers.push([400, { code: 21211, message: "The 'To' number +14155550111 is not valid." }]);
    const refused = await call();
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: "twilio-21211", message: "The 'To' number +*** is not valid." } },
    });
    expect((await call()).status).toBe(201);
    expect(twilio.placed).toHaveLength(1);
  });

  test("can be used again after a 429, which says when", async () => {
    twilio.answers.push([429, { code: 20429, message: "Too many requests" }]);
    expect(await call()).toMatchObject({ status: 429, after: "1" });
    expect((await call()).status).toBe(201);
    expect(twilio.asked).toEqual(["POST /Calls.json", "POST /Calls.json"]);
  });

  test("says that the credentials are wrong", async () => {
    twilio.answers.push([401, { code: 20003, message: "Authenticate" }]);
    expect(await call()).toMatchObject({ status: 502, body: { error: { code: "twilio-20003" } } });
  });
});

/** Twilio fails in a way that says nothing about the call. */
const UNCERTAIN: [string, Answer, number][] = [
  ["a time-out", "hangs", 504],
  ["a lost connection", "breaks", 502],
  ["500", [500, {}], 502],
  ["503", [503, { code: 20503, message: "Service unavailable" }], 502],
  ["half an answer", [201, { sid: 5 }], 502],
];

describe.each(UNCERTAIN)("after %s", (_, answer, status) => {
  test.each([true, false])("one call is placed by the next try (it was placed: %s)", async (acts) => {
    twilio.acts = acts;
    twilio.answers.push(answer);
    expect(await call()).toMatchObject({ status, after: "60", body: { error: { code: "unknown" } } });
    expect(await call()).toMatchObject({ status: 409, body: { error: { code: "in-progress" } } });
    await minutes(2);
    expect((await call()).status).toBe(201);
    expect(twilio.placed).toHaveLength(1);
    expect(twilio.asked.slice(1)).toEqual(
      acts ? ["GET /Calls.json"] : ["GET /Calls.json", "POST /Calls.json"],
    );
  });

  test("and again while it looks for the call, nothing is placed", async () => {
    twilio.answers.push(answer, answer);
    await call();
    await minutes(2);
    expect((await call()).status).toBe(status);
    await minutes(2);
    expect((await call()).status).toBe(201);
    expect(twilio.placed).toHaveLength(1);
  });
});

test("a call between the same numbers under another key is not taken for this one", async () => {
  await call(BODY, { key: "before" });
  twilio.acts = false;
  twilio.answers.push("breaks");
  await call();
  await call({ ...BODY, set: {} }, { key: "other" });
  await minutes(2);
  const { body } = await call();
  expect(twilio.placed.map(({ sid }) => sid).indexOf(body.sid ?? "")).toBe(2);
  expect(twilio.placed).toHaveLength(3);
});

test("a call between the same numbers that was there before is not taken for this one", async () => {
  await call(BODY, { path: "/calls/desk", key: "before" });
  objects.storageOf("desk").sql.exec("DELETE FROM calls");
  await minutes(1);
  twilio.acts = false;
  twilio.answers.push("breaks");
  await call();
  await minutes(2);
  expect((await call()).status).toBe(201);
  expect(twilio.placed).toHaveLength(2);
});

describe("the process dies", () => {
  // A request uses the storage a few times, and Twilio once.
  test.each(Array.from({ length: 24 }, (_, uses) => uses))("after %i uses of its storage", async (uses) => {
    objects.object("desk");
    const storage = objects.storageOf("desk");
    storage.usesLeft = uses;
    const dying = call().catch(() => undefined);
    await dying;
    storage.usesLeft = Number.POSITIVE_INFINITY;
    objects.revive();
    for (let tries = 0; tries < 3; tries++) {
      await minutes(2);
      storage.usesLeft = tries === 0 ? uses : Number.POSITIVE_INFINITY;
      await call().catch(() => undefined);
      storage.usesLeft = Number.POSITIVE_INFINITY;
      objects.revive();
    }
    await minutes(2);
    expect((await call()).status).toBe(201);
    expect(twilio.placed).toHaveLength(1);
  });
});

describe("the limits", () => {
  test("of a minute and a day count every call that is placed, and none that is refused", async () => {
    start({ minute: 2, day: 3 });
    const next = (index: number) => call(BODY, { key: `key-${index}` });
    twilio.answers.push([400, { code: 21211, message: "no" }]);
    await next(0);
    expect([(await next(1)).status, (await next(2)).status]).toEqual([201, 201]);
    expect(await next(3)).toMatchObject({ status: 429, after: "60", body: { error: { code: "limit" } } });
    expect((await next(1)).status).toBe(201);
    await minutes(2);
    expect((await next(3)).status).toBe(201);
    await minutes(2);
    expect(await next(4)).toMatchObject({ status: 429, after: expect.stringMatching(/^\d{5}$/) });
    await minutes(60 * 24);
    expect((await next(4)).status).toBe(201);
  });

  test("leave a call that is due in the journal, however old it is", async () => {
    start(undefined, {
      programs: indexPrograms([
        programOf(FLOW.replace('[10m, 1h], until: "20:00"', "10d"), "flows/desk.yaml"),
      ]),
    });
    await call();
    const { sid = "", form } = twilio.placed[0] ?? {};
    const params = {
      CallSid: sid,
      CallStatus: "busy",
      Direction: "outbound-api",
      From: BODY.from,
      To: BODY.to,
    };
    await app.fetch(webhook(at(form?.StatusCallback), params));
    await minutes(60 * 24 * 8);
    await objects.object("desk").alarm();
    expect(twilio.placed).toHaveLength(1);
    await minutes(60 * 24 * 2);
    await objects.object("desk").alarm();
    expect(twilio.placed).toHaveLength(2);
  });

  test("forget a key after a week", async () => {
    await call();
    const storage = objects.storageOf("desk");
    expect(storage.alarm).toBeGreaterThan(Date.now() + 7 * 24 * 3_600_000 - 60_000);
    await minutes(60 * 24 * 7 + 2);
    await objects.object("desk").alarm();
    await call();
    expect(twilio.placed).toHaveLength(2);
  });
});

describe("an asynchronous verdict", () => {
  async function verdict(AnsweredBy: string): Promise<string | undefined> {
    await call({ ...BODY, machine: "message-end", async: true });
    const { AsyncAmd, AsyncAmdStatusCallback } = twilio.placed[0]?.form ?? {};
    expect(AsyncAmd).toBe("true");
    const params = {
      AnsweredBy,
      MachineDetectionDuration: "5230",
      CallStatus: "",
      From: "",
      To: "",
      Direction: "",
    };
    const response = await app.fetch(webhook(at(AsyncAmdStatusCallback), params));
    expect(response.status).toBe(204);
    return twilio.updates[0]?.form.Url;
  }

  test("of a machine moves the call to `onMachine`, with the values of `set`", async () => {
    const url = await verdict("machine_end_beep");
    expect(twilio.updates[0]?.path).toContain("/Calls/CA00000000000000000000000000000001.json");
    expect(await post(app, at(url), { Direction: "outbound-api" })).toContain(
      "A message for Ada &amp; Bo (machine_end_beep).",
    );
  });

  test.each(["human", "unknown", "fax"])("of %s moves nothing", async (AnsweredBy) => {
    expect(await verdict(AnsweredBy)).toBeUndefined();
  });

  test("must be signed", async () => {
    await verdict("human");
    const path = at(twilio.placed[0]?.form.AsyncAmdStatusCallback);
    const forged = webhook(path, { AnsweredBy: "machine_start" }, "another token");
    expect((await app.fetch(forged)).status).toBe(403);
    expect(twilio.updates).toEqual([]);
  });
});

describe("a call that is not answered", () => {
  const messages = (): string[] => twilio.asked.filter((one) => one.includes("Messages"));

  async function report(index: number, CallStatus = "no-answer"): Promise<void> {
    const [form, sid = ""] = [formOf(index), twilio.placed[index]?.sid];
    const params = { CallSid: sid, CallStatus, Direction: "outbound-api", From: BODY.from, To: BODY.to };
    expect((await app.fetch(webhook(at(form.StatusCallback), params))).status).toBe(204);
    await app.settle();
  }

  const ring = (): Promise<void> => objects.object("desk").alarm();

  test("is placed again by the plan, and then runs `onUnanswered`, once", async () => {
    await call();
    await report(0, "busy");
    expect(objects.storageOf("desk").alarm).toBe(Date.now() + 10 * 60_000);
    await minutes(10);
    await ring();
    expect(twilio.placed).toHaveLength(2);
    expect(twilio.placed[1]?.form).toEqual(twilio.placed[0]?.form);
    await report(1);
    await minutes(60);
    await ring();
    expect([twilio.placed.length, messages().length]).toEqual([3, 0]);
    await report(2, "failed");
    await report(2, "failed");
    expect([twilio.placed.length, messages().length]).toEqual([3, 1]);
  });

  test("is placed again once, however often the callback comes and the alarm goes off", async () => {
    await call();
    await report(0);
    const storage = objects.storageOf("desk");
    const due = storage.alarm;
    await minutes(1);
    await report(0);
    expect(storage.alarm).toBe(due);
    await minutes(9);
    await ring();
    await ring();
    expect(storage.alarm).toBeGreaterThan(Date.now() + 3_600_000);
    await report(0);
    await minutes(20);
    await ring();
    expect(twilio.placed).toHaveLength(2);
  });

  test("is placed again a minute later if Twilio does not say whether it was", async () => {
    await call();
    await report(0);
    await minutes(10);
    twilio.answers.push("breaks");
    await ring();
    expect(objects.storageOf("desk").alarm).toBe(Date.now() + 60_000);
    await minutes(1);
    await ring();
    expect(twilio.placed).toHaveLength(2);
  });

  test("is not placed again if it was canceled", async () => {
    await call();
    await report(0, "canceled");
    await minutes(60);
    await ring();
    expect([twilio.placed.length, messages().length]).toEqual([1, 1]);
  });

  test("is not placed again after `until`", async () => {
    vi.setSystemTime(Date.UTC(2026, 10, 24, 0, 55));
    await call();
    await report(0);
    expect(messages()).toHaveLength(1);
    await minutes(60);
    await ring();
    expect(twilio.placed).toHaveLength(1);
  });

  test("is not placed after `until` either if there was no room before", async () => {
    start({ minute: 60, day: 1 });
    vi.setSystemTime(Date.UTC(2026, 10, 24, 0, 45));
    await call();
    await report(0);
    await minutes(10);
    await ring();
    expect(objects.storageOf("desk").alarm).toBe(Date.now() + 60_000);
    await minutes(60 * 24);
    expect(messages()).toEqual([]);
    await finish(ring());
    await finish(ring());
    expect(twilio.placed).toHaveLength(1);
    expect(messages()).toHaveLength(1);
    expect(app.lines.filter(({ event }) => event === "unanswered")).toMatchObject([
      { call: twilio.placed[0]?.sid, flow: "desk", step: "missed" },
    ]);
  });

  test("runs `onUnanswered` if Twilio refuses the next call, also if the object dies then", async () => {
    await call();
    await report(0);
    await minutes(10);
    const refused: Answer = [400, { code: 21215, message: "Geo permission" }];
    twilio.answers.push(refused);
    const storage = objects.storageOf("desk");
    // The object dies when it notes that the call is over.
    const update = vi.spyOn(Journal.prototype, "update").mockImplementation((_, { due }) => {
      if (due === 0) throw new Error("the process died");
    });
    await finish(ring().catch(() => undefined));
    update.mockRestore();
    expect(messages()).toHaveLength(1);
    objects.revive();
    twilio.answers.push(refused);
    await finish(ring());
    expect([twilio.placed.length, messages().length]).toEqual([1, 1]);
    expect(storage.alarm).toBeGreaterThan(Date.now() + 3_600_000);
  });

  test("is not one that a person took", async () => {
    await call();
    await report(0, "completed");
    expect(messages()).toEqual([]);
  });
});

describe("a call in progress", () => {
  const moving = { path: `/calls/desk/${SID}`, method: "PUT" };

  test("moves to a step of the flow", async () => {
    expect(await call({ step: "word", set: { name: "Cy" } }, moving)).toMatchObject({ status: 200 });
    expect(await post(app, at(twilio.updates[0]?.form.Url))).toContain("A message for Cy ().");
  });

  test("moves to the start", async () => {
    await call({}, moving);
    expect(await post(app, at(twilio.updates[0]?.form.Url))).toContain("Hello nobody");
  });

  test("that hangs up after a move has the state that it had last, not one from before", async () => {
    app = lineOf(HANGUP, {
      ...{ accountSid: ACCOUNT, callsToken: CALLS_TOKEN, outbound: objects.outbound },
      web: { fetch: twilio.fetch, privateHosts: [] },
    });
    let link = "/voice/desk";
    for (const Digits of ["1", "2", "3", "4"]) link = linkIn(await post(app, link, { Digits }));
    await call({ set: { name: "Cy" } }, { ...moving, path: `/calls/desk/${CALLER}` });
    const moved = linkIn(await post(app, at(twilio.updates[0]?.form.Url), { CallSid: CALLER }));
    await post(app, moved, { Digits: "9" });
    await finish(app.settle());
    await finish(app.fetch(webhook("/status/desk", { CallStatus: "completed" })));
    await finish(app.settle());
    expect(twilio.updates.at(-1)?.form.Body).toBe("Lost Cy after 9.");
  });

  test("does not move to a step that there is not, and Twilio's refusal is passed on", async () => {
    expect(await call({ step: "none" }, moving)).toMatchObject({ status: 400 });
    twilio.answers.push([400, { code: 21220, message: "Call is not in-progress. Cannot redirect." }]);
    expect(await call({}, moving)).toMatchObject({ status: 409, body: { error: { code: "twilio-21220" } } });
  });
});

test("the ticket of a start is no ticket of a call in progress", async () => {
  start(undefined, { callState: "ticket" });
  await call();
  const waiting = linkIn(await post(app, at(twilio.placed[0]?.form.Url)));
  const ticket = twilio.placed[0]?.form.Url?.split("?t=")[1];
  await post(app, `${waiting.split("?t=")[0]}?t=${ticket}`, { Digits: "1" });
  expect(app.lines.at(-1)).toMatchObject({ degraded: true });
});

describe("the process dies while a call is placed again", () => {
  test.each(Array.from({ length: 32 }, (_, uses) => uses))("after %i uses of the storage", async (uses) => {
    await call();
    const { sid = "", form } = twilio.placed[0] ?? {};
    const params = {
      CallSid: sid,
      CallStatus: "busy",
      Direction: "outbound-api",
      From: BODY.from,
      To: BODY.to,
    };
    await app.fetch(webhook(at(form?.StatusCallback), params));
    await minutes(10);
    const storage = objects.storageOf("desk");
    for (const usesLeft of [uses, uses, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]) {
      storage.usesLeft = usesLeft;
      const alarm = async (): Promise<void> => objects.object("desk").alarm();
      await finish(alarm().catch(() => undefined));
      objects.revive();
      await minutes(2);
    }
    expect(twilio.placed).toHaveLength(2);
  });
});
