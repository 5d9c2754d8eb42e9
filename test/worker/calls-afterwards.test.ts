/** A placed call afterwards: the verdict on a machine, a call that is not answered, and one that is moved. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Journal } from "../../src/worker/journal.ts";
import { finish, useFalseTime } from "./false-time.ts";
import {
  type Answer,
  at,
  BODY,
  CALLS_TOKEN,
  minutes,
  newWorld,
  order,
  SID,
  type World,
} from "./placing-world.ts";
import { ACCOUNT, CALLER, lineOf, linkIn, post, webhook } from "./support.ts";

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
useFalseTime();

let twilio: World["twilio"];
let objects: World["objects"];
let app: World["app"];

const start = (limits?: Parameters<typeof newWorld>[0]): void => {
  ({ twilio, objects, app } = newWorld(limits));
};

beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 17));
  start();
});

const call = (...asked: [body?: unknown, options?: Parameters<typeof order>[2]]) => order(app, ...asked);

const formOf = (index: number): Record<string, string> => twilio.placed[index]?.form ?? {};

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
