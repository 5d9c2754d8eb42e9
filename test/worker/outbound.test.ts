/** The object of outgoing calls by itself: the journal, the limits and the alarms, to the millisecond. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Journal } from "../../src/worker/journal.ts";
import type { LogLine } from "../../src/worker/log.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { outboundObjects } from "./outbound-object.ts";
import { ACCOUNT, TOKEN } from "./support.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WEEK = 7 * DAY;
const NOW = Date.UTC(2026, 10, 23, 17);
const UNKNOWN = "Twilio failed, and may have done it. Repeat the request with the same key.";
const CALL = {
  ...{ key: "key-1", resource: "Calls", asked: "a call" },
  form: "To=%2B14155550111&From=%2B14155550100&Url=u",
};
const TEXT = {
  ...{ key: "key-1", resource: "Messages", asked: "a message" },
  form: "To=%2B14155550111&From=%2B14155550100&Body=Hello",
};

useFalseTime();

type Answer = [status: number, body: unknown] | Error;

interface Options {
  limits?: { minute: number; day: number };
  tokens?: string[];
}

/** An object, and Twilio that gives these answers in turn, and then places every call. */
function begin(answers: Answer[] = [], { limits, tokens = [TOKEN] }: Options = {}) {
  const asked: string[] = [];
  const fetch = async (address: string, { method, body }: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(address);
    asked.push(`${method} ${pathname}${search} ${body ?? ""}`.trim());
    const made = { sid: `CA${asked.length}`, status: "queued", date_created: new Date().toUTCString() };
    const answer = answers.shift() ?? [201, made];
    if (answer instanceof Error) throw answer;
    return Response.json(answer[1], { status: answer[0] });
  };
  const web = { fetch, privateHosts: [] };
  const lines: LogLine[] = [];
  const objects = outboundObjects({
    web,
    tokens,
    accountSid: ACCOUNT,
    limits: limits ?? { minute: 60, day: 1000 },
    log: (line) => lines.push(line),
  });
  const one = objects.object("desk");
  const storage = objects.storageOf("desk");
  const post = async (wanted: object) => {
    const body = JSON.stringify(wanted);
    const response = await finish(one.fetch(new Request("https://outbound/", { method: "POST", body })));
    const text = await response.text();
    const after = response.headers.get("Retry-After");
    return { status: response.status, after, body: text === "" ? undefined : JSON.parse(text) };
  };
  const path = `/2010-04-01/Accounts/${ACCOUNT}`;
  return { asked, lines, storage, post, ring: () => finish(one.alarm()), path };
}

const later = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};
const failed = (code: string, message: string) => ({ error: { code, message } });

beforeEach(() => {
  vi.setSystemTime(NOW);
});

describe("an order", () => {
  test("is one request to Twilio, and its key has the same answer ever after", async () => {
    const { asked, post, path } = begin();
    const answer = { status: 201, after: null, body: { sid: "CA1", status: "queued" } };
    expect(await post(CALL)).toEqual(answer);
    expect(await post(CALL)).toEqual(answer);
    expect(asked).toEqual([`POST ${path}/Calls.json ${CALL.form}`]);
  });

  test("with another form under its key is refused", async () => {
    const { post } = begin();
    await post(CALL);
    expect(await post({ ...CALL, asked: "another" })).toEqual({
      status: 409,
      after: null,
      body: failed("other-body", "This Idempotency-Key came with another body."),
    });
  });

  test.each([
    ["a second", 1000, 409],
    ["a minute less a millisecond", MINUTE - 1, 409],
    ["a minute", MINUTE, 201],
  ])("whose outcome is unknown is tried again after %s: no earlier", async (_, wait, status) => {
    const { post } = begin([new TypeError("reset"), [200, { calls: [] }]]);
    await post(CALL);
    later(wait);
    const { body, ...again } = await post(CALL);
    expect(again).toEqual({ status, after: status === 409 ? "60" : null });
    if (status === 409) expect(body).toEqual(failed("in-progress", "This key is being handled."));
  });

  test("and each further try counts from the last one", async () => {
    const lost = new TypeError("reset");
    const { post } = begin([lost, lost, lost]);
    const statuses: number[] = [];
    for (const wait of [0, MINUTE, MINUTE - 1, 1]) {
      later(wait);
      statuses.push((await post(CALL)).status);
    }
    expect(statuses).toEqual([502, 502, 409, 502]);
  });

  test("without a secret of the account is refused, and its key is free again", async () => {
    const { asked, post } = begin([], { tokens: [] });
    const refused = {
      status: 400,
      after: null,
      body: failed("twilio-0", "TWILIO_AUTH_TOKEN is not set."),
    };
    expect(await post(CALL)).toEqual(refused);
    expect(await post({ ...CALL, asked: "another" })).toEqual(refused);
    expect(asked).toEqual([]);
  });
});

describe("what Twilio answers", () => {
  test.each([
    [400, 400, null],
    [401, 502, null],
    [403, 400, null],
    [404, 400, null],
    [422, 400, null],
    [429, 429, "1"],
  ])("%i is passed on as %i, and frees the key", async (answered, status, after) => {
    const { post, asked } = begin([[answered, { code: 20001, message: "No." }]]);
    expect(await post(CALL)).toEqual({ status, after, body: failed("twilio-20001", "No.") });
    expect((await post({ ...CALL, asked: "another" })).status).toBe(201);
    expect(asked).toHaveLength(2);
  });

  test.each<[string, Answer, number]>([
    ["408", [408, {}], 502],
    ["500", [500, {}], 502],
    ["504", [504, {}], 502],
    ["540", [540, {}], 502],
    ["201 without a name", [201, { status: "queued" }], 502],
    ["201 without a status", [201, { sid: "CA1" }], 502],
    ["200", [200, { sid: "CA1", status: "queued" }], 502],
    ["a lost connection", new TypeError("reset"), 502],
    ["a time-out", new DOMException("late", "TimeoutError"), 504],
  ])("%s says nothing about the call, and keeps the key", async (_, answer, status) => {
    const { post } = begin([answer]);
    expect(await post(CALL)).toEqual({ status, after: "60", body: failed("unknown", UNKNOWN) });
    expect((await post({ ...CALL, asked: "another" })).body.error.code).toBe("other-body");
  });
});

describe("after an unknown outcome the object looks for what was made", () => {
  const LOST = new TypeError("reset");

  /** What a second try answers if Twilio lists these, and what it has asked. */
  async function found(order: typeof CALL, listed: object[]) {
    const { post, asked, path } = begin([LOST, [200, { [order.resource.toLowerCase()]: listed }]]);
    await post(order);
    later(MINUTE);
    const { body } = await post(order);
    return { sid: body.sid, asked: asked.slice(1).map((one) => one.replace(path, "")) };
  }
  const made = (ms: number, more: object = {}) => ({
    sid: "XX1",
    status: "sent",
    date_created: new Date(NOW + ms).toISOString(),
    ...more,
  });

  test.each([
    ["now", 0, true],
    ["5 s before, less a millisecond: by Twilio's clock", -4999, true],
    ["5 s before", -5000, false],
    ["later", 30_000, true],
  ])("a call of %s", async (_, ms, isIt) => {
    const list = "GET /Calls.json?To=%2B14155550111&From=%2B14155550100";
    expect(await found(CALL, [made(ms)])).toEqual(
      isIt ? { sid: "XX1", asked: [list] } : { sid: "CA3", asked: [list, `POST /Calls.json ${CALL.form}`] },
    );
  });

  test("a call in Twilio's queue, which may have no date yet", async () => {
    expect((await found(CALL, [made(0, { status: "queued", date_created: null })])).sid).toBe("XX1");
  });

  test.each([
    ["its text", { body: "Hello" }, "XX1"],
    ["a trial account's words before it", { body: "Sent from a trial account - Hello" }, "XX1"],
    ["another text", { body: "Hello again" }, "CA3"],
    ["no text", {}, "CA3"],
    ["a text that is none", { body: 5 }, "CA3"],
  ])("a message with %s", async (_, more, sid) => {
    expect((await found(TEXT, [made(0, more)])).sid).toBe(sid);
  });

  test("a message of a messaging service, by its receiver alone", async () => {
    const form = "To=%2B14155550111&MessagingServiceSid=MG1&Body=Hello";
    const { asked } = await found({ ...TEXT, form }, [made(0, { body: "Hello" })]);
    expect(asked).toEqual(["GET /Messages.json?To=%2B14155550111"]);
  });

  test.each<[string, Answer, number]>([
    ["503", [503, {}], 502],
    ["a time-out", new DOMException("late", "TimeoutError"), 504],
    ["a list that is none", [200, {}], 502],
    // Even a certain refusal of the list says nothing about the call.
    ["401", [401, { code: 20003, message: "Authenticate" }], 502],
  ])("and places nothing if the list is %s", async (_, answer, status) => {
    const { post, asked } = begin([LOST, answer]);
    await post(CALL);
    later(MINUTE);
    expect(await post(CALL)).toEqual({ status, after: "60", body: failed("unknown", UNKNOWN) });
    expect(asked.filter((one) => one.startsWith("POST"))).toHaveLength(1);
  });
});

describe("the limits", () => {
  const order = (index: number) => ({ ...CALL, key: `key-${index}` });
  const refused = (after: string) => ({
    status: 429,
    after,
    body: failed("limit", "CALLS_PER_MINUTE or CALLS_PER_DAY is reached."),
  });

  test.each([
    ["minute", MINUTE, { minute: 2, day: 9 }],
    ["day", DAY, { minute: 9, day: 2 }],
  ])("of a %s end with it, to the millisecond", async (_, ms, limits) => {
    const left = ms - (NOW % ms);
    const { post } = begin([], { limits });
    expect([(await post(order(1))).status, (await post(order(2))).status]).toEqual([201, 201]);
    expect(await post(order(3))).toEqual(refused(String(left / 1000)));
    later(left - 1);
    expect(await post(order(3))).toEqual(refused("1"));
    later(1);
    expect((await post(order(3))).status).toBe(201);
  });

  test("do not keep a key from its further tries", async () => {
    const { post } = begin([new TypeError("reset"), [200, { calls: [] }]], { limits: { minute: 9, day: 1 } });
    await post(CALL);
    later(MINUTE);
    expect((await post(CALL)).status).toBe(201);
  });

  test("of 0 place nothing", async () => {
    const { post, asked } = begin([], { limits: { minute: 0, day: 9 } });
    expect(await post(CALL)).toEqual(refused("60"));
    expect(asked).toEqual([]);
  });
});

describe("the journal", () => {
  test("of a version that did not note what was asked knows an order by its form", async () => {
    const { post, storage, asked } = begin();
    const before =
      "CREATE TABLE calls (key PRIMARY KEY, resource, form, at, tried, tries, sid, status, due, until)";
    storage.sql.exec("DROP TABLE calls");
    storage.sql.exec(before);
    const values = [CALL.key, CALL.resource, CALL.form, NOW, NOW, 0, "CA9", "queued"];
    const insert =
      "INSERT INTO calls (key, resource, form, at, tried, tries, sid, status) VALUES (?,?,?,?,?,?,?,?)";
    storage.sql.exec(insert, ...values);
    new Journal(storage);
    expect((await post(CALL)).body.sid).toBe("CA9");
    expect((await post({ ...CALL, form: "To=x" })).status).toBe(409);
    expect(asked).toEqual([]);
  });

  test("wakes the object a minute after a week, and then forgets the key", async () => {
    const { post, storage, ring, asked } = begin();
    await post(CALL);
    expect(storage.alarm).toBe(NOW + WEEK + MINUTE);
    later(WEEK);
    await ring();
    await post(CALL);
    expect(asked).toHaveLength(1);
    later(1);
    storage.alarm = undefined;
    await ring();
    expect(storage.alarm).toBeUndefined();
    await post(CALL);
    expect(asked).toHaveLength(2);
  });

  test("wakes for the oldest key, or for a call that is due before", async () => {
    const { post, storage, ring } = begin();
    await post(CALL);
    later(5 * MINUTE);
    await post({ ...CALL, key: "key-2" });
    expect(storage.alarm).toBe(NOW + WEEK + MINUTE);
    await post({ sid: "CA2", after: [10], left: 100 });
    expect(storage.alarm).toBe(NOW + 15 * MINUTE);
    later(10 * MINUTE);
    await ring();
    expect(storage.alarm).toBe(NOW + WEEK + MINUTE);
  });
});

describe("a call that no one answers", () => {
  const plan = (sid: string, left = 1000) => ({ sid, after: [10, 20, 30], left });

  test("is placed again after each wait of the plan, and then no more", async () => {
    const { post, storage, ring, asked, path } = begin();
    await post(CALL);
    for (const [tries, wait] of [10, 20, 30].entries()) {
      expect(await post(plan(`CA${tries + 1}`))).toEqual({ status: 200, after: null, body: undefined });
      expect(storage.alarm).toBe(Date.now() + wait * MINUTE);
      later(wait * MINUTE - 1);
      await ring();
      expect(asked).toHaveLength(tries + 1);
      later(1);
      await ring();
      expect(asked).toHaveLength(tries + 2);
    }
    expect((await post(plan("CA4"))).status).toBe(204);
    expect(new Set(asked)).toEqual(new Set([`POST ${path}/Calls.json ${CALL.form}`]));
  });

  test("that the object did not place has no plan", async () => {
    const { post, storage } = begin();
    await post(CALL);
    const before = storage.alarm;
    expect((await post(plan("CA9"))).status).toBe(204);
    expect(storage.alarm).toBe(before);
  });

  test("is planned once: a second report changes nothing, before and after the next call", async () => {
    const { post, storage, ring, asked } = begin();
    await post(CALL);
    await post(plan("CA1"));
    later(MINUTE);
    expect((await post(plan("CA1"))).status).toBe(200);
    expect(storage.alarm).toBe(NOW + 10 * MINUTE);
    later(9 * MINUTE);
    await ring();
    expect((await post(plan("CA1"))).status).toBe(200);
    later(60 * MINUTE);
    await ring();
    expect(asked).toHaveLength(2);
  });

  test.each([
    [11, 200],
    [10, 200],
    [9, 204],
  ])("with %i minutes left and a wait of ten: %i", async (left, status) => {
    const { post } = begin();
    await post(CALL);
    expect((await post(plan("CA1", left))).status).toBe(status);
  });

  test.each([
    ["at the last moment", 0, 2],
    ["a millisecond after it", 1, 1],
  ])("is placed %s: or not", async (_, ms, calls) => {
    const { post, ring, asked } = begin();
    await post(CALL);
    await post(plan("CA1", 12));
    later(12 * MINUTE + ms);
    await ring();
    expect(asked).toHaveLength(calls);
    // Late is never made up for.
    later(MINUTE);
    await ring();
    expect(asked).toHaveLength(calls);
  });

  test.each<[string, Answer, boolean]>([
    ["400", [400, { code: 21211, message: "No." }], false],
    ["429", [429, {}], true],
    ["500", [500, {}], true],
    ["a time-out", new DOMException("late", "TimeoutError"), true],
  ])("after %s to the next call, is tried again in a minute: %s", async (_, answer, isAgain) => {
    const { post, ring, storage, asked } = begin([[201, { sid: "CA1", status: "queued" }], answer]);
    await post(CALL);
    await post(plan("CA1"));
    later(10 * MINUTE);
    await ring();
    expect(storage.alarm === Date.now() + MINUTE).toBe(isAgain);
    const before = asked.length;
    later(MINUTE);
    await ring();
    expect(asked.length > before).toBe(isAgain);
  });

  test("is tried every ten minutes while the credentials are wrong, for a day, and the log says so", async () => {
    const placed: Answer = [201, { sid: "CA1", status: "queued" }];
    const wrong: Answer = [401, { code: 20003, message: "Authenticate" }];
    const { post, ring, asked, lines } = begin([placed, ...new Array<Answer>(500).fill(wrong)]);
    await post(CALL);
    await post({ sid: "CA1", after: [10] });
    for (let minute = 0; minute < 3 * 1440; minute++) {
      later(MINUTE);
      await ring();
    }
    expect(asked).toHaveLength(1 + 24 * 6 + 1);
    const errors = lines.map(({ error }) => error);
    expect(errors.slice(0, -1)).toEqual(new Array(24 * 6 + 1).fill("not placed again yet: twilio-20003"));
    expect(errors.at(-1)).toBe("not placed again: too-late");
  });

  test.each<[string, number, string]>([
    ["was refused", 0, "not placed again: twilio-21211"],
    ["came too late", MINUTE, "not placed again: too-late"],
  ])("that %s is logged, without its number", async (_, ms, error) => {
    const refused: Answer = [400, { code: 21211, message: "No." }];
    const { post, ring, lines } = begin([[201, { sid: "CA1", status: "queued" }], refused]);
    await post(CALL);
    await post(plan("CA1", 10));
    later(10 * MINUTE + ms);
    await ring();
    expect(lines).toEqual([{ call: "CA1", flow: "", event: "retry", error }]);
  });

  test("waits a minute while the limit is reached", async () => {
    const { post, ring, storage } = begin([], { limits: { minute: 9, day: 1 } });
    await post(CALL);
    await post(plan("CA1"));
    later(10 * MINUTE);
    await ring();
    expect(storage.alarm).toBe(Date.now() + MINUTE);
  });
});
