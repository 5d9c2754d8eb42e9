/** Placing calls: that the values of `set` stay sealed, and that no call is placed twice, whatever fails. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { APOLOGY } from "../../src/worker/reply.ts";
import { STAYS_SEALED } from "../../src/worker/start.ts";
import { programOf } from "../flow/support.ts";
import { useFalseTime } from "./false-time.ts";
import {
  type Answer,
  at,
  BODY,
  CALLS_TOKEN,
  FLOW,
  minutes,
  newWorld,
  order,
  type World,
} from "./placing-world.ts";
import { ACCOUNT, lineOf, linkIn, post, webhook } from "./support.ts";

useFalseTime();

let twilio: World["twilio"];
let objects: World["objects"];
let app: World["app"];

const start = (limits?: Parameters<typeof newWorld>[0], overrides: Partial<Deps> = {}): void => {
  ({ twilio, objects, app } = newWorld(limits, overrides));
};

beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 17));
  start();
});

const call = (...asked: [body?: unknown, options?: Parameters<typeof order>[2]]) => order(app, ...asked);

const formOf = (index: number): Record<string, string> => twilio.placed[index]?.form ?? {};

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

  test("by the bearer of CALLS_TOKEN only, and by no one without one", async () => {
    expect((await call(BODY, { token: "another" })).status).toBe(401);
    start(undefined, { callsToken: undefined });
    expect((await call()).status).toBe(404);
    start(undefined, { outbound: undefined });
    expect((await call()).status).toBe(501);
    expect(twilio.asked).toEqual([]);
  });

  test("never without a key", async () => {
    expect(await call(BODY, { key: "" })).toMatchObject({ status: 400, body: { error: { code: "key" } } });
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

test("the ticket of a start is no ticket of a call in progress", async () => {
  start(undefined, { callState: "ticket" });
  await call();
  const waiting = linkIn(await post(app, at(twilio.placed[0]?.form.Url)));
  const ticket = twilio.placed[0]?.form.Url?.split("?t=")[1];
  await post(app, `${waiting.split("?t=")[0]}?t=${ticket}`, { Digits: "1" });
  expect(app.lines.at(-1)).toMatchObject({ degraded: true });
});
