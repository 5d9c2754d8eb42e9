/** A list in the queue: what is taken over, that nobody is called twice, and when rows are tried again. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Deps } from "../../src/worker/deps.ts";
import type { QueuedRow } from "../../src/worker/queue.ts";
import { placeQueued } from "../../src/worker/queued.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { outboundObjects } from "./outbound-object.ts";
import { ACCOUNT, HOST, type Line, lineOf, TOKEN, webhook } from "./support.ts";

const FLOW = `
allow: [US]
takes: [name]
variables:
  name: { type: string, default: nobody }
steps:
  tell: { hangup: "Hello {{ vars.name }}." }
`;
const CALLS_TOKEN = "the-token-for-placing-calls";
const FROM = "+14155550100";
const MINUTE = 60_000;
/** In New York it is 8:30. */
const NOW = Date.UTC(2026, 2, 2, 13, 30);

useFalseTime();

type Answer = [status: number, body: unknown] | Error;

/** A Worker, the Twilio that it asks, and a queue that delivers what is due if a test lets it. */
class World {
  readonly placed: string[] = [];
  readonly answers: Answer[] = [];
  readonly waiting: { body: QueuedRow; at: number; attempts: number }[] = [];
  readonly dead: QueuedRow[] = [];
  sends = 0;
  readonly objects;
  readonly deps: Partial<Deps>;
  app: Line;

  constructor(limits = { minute: 60, day: 1000 }, flow = FLOW) {
    const web = { fetch: this.#twilio, privateHosts: [] };
    const account = { web, accountSid: ACCOUNT, tokens: [TOKEN] };
    this.objects = outboundObjects({ ...account, limits });
    this.deps = {
      ...{ ...account, callsToken: CALLS_TOKEN, outbound: this.objects.outbound },
      queue: {
        sendBatch: async (messages) => {
          this.sends += 1;
          for (const { body, delaySeconds } of messages)
            this.waiting.push({ body, at: Date.now() + delaySeconds * 1000, attempts: 0 });
        },
      },
    };
    this.app = lineOf(flow, this.deps);
  }

  readonly #twilio = async (url: string, { method, body }: RequestInit): Promise<Response> => {
    const date_created = new Date().toUTCString();
    if (method === "GET") {
      const to = new URL(url).searchParams.get("To");
      const made = this.placed.map((one, index) => ({
        one,
        sid: `CA${index + 1}`,
        status: "queued",
        date_created,
      }));
      return Response.json({ calls: made.filter(({ one }) => one === to) });
    }
    const answer = this.answers.shift();
    if (answer instanceof Error) throw answer;
    if (answer) return Response.json(answer[1], { status: answer[0] });
    this.placed.push(new URLSearchParams(String(body)).get("To") ?? "");
    const sid = `CA${this.placed.length}`;
    return Response.json({ sid, status: "queued", date_created }, { status: 201 });
  };

  async send(body: object, init: { method?: string; query?: string; token?: string } = {}) {
    const { method = "POST", query = "", token = CALLS_TOKEN } = init;
    const request = new Request(`${HOST}/calls/desk/list${query}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(method === "POST" && { body: JSON.stringify(body) }),
    });
    const response = await finish(this.app.fetch(request));
    return { status: response.status, body: await response.json() };
  }

  async sum() {
    return (await this.send({}, { method: "GET", query: "?list=a" })).body;
  }

  /** Delivers what is due, in batches of ten. */
  async deliver({ twice = false, queue = "ringflow-calls" } = {}): Promise<void> {
    const due = this.waiting.filter(({ at }) => at <= Date.now());
    this.waiting.splice(0, Infinity, ...this.waiting.filter((one) => !due.includes(one)));
    const messages = due.map((one) => ({
      body: one.body,
      attempts: ++one.attempts,
      ack: () => undefined,
      retry: ({ delaySeconds }: { delaySeconds: number }) => {
        this.waiting.push({ ...one, at: Date.now() + delaySeconds * 1000 });
      },
    }));
    for (let at = 0; at < messages.length; at += 10) {
      const batch = { queue, messages: messages.slice(at, at + 10) };
      for (const one of twice ? [batch, batch] : [batch]) await finish(placeQueued(this.app.deps, one));
    }
  }

  /** Lets minutes pass, and delivers in each. */
  async run(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      await this.deliver();
      vi.setSystemTime(Date.now() + MINUTE);
    }
    await this.deliver();
  }
}

const number = (index: number): string => `+1415555${String(index).padStart(4, "0")}`;
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `k${index}`,
    to: number(index),
    set: { name: "Ada" },
  }));
const list = (count: number, more: object = {}) => ({ list: "a", from: FROM, calls: rows(count), ...more });

let world: World;
beforeEach(() => {
  vi.setSystemTime(NOW);
  world = new World();
});

describe("a list that is handed over", () => {
  test("is called, each person once, and its state says so", async () => {
    expect(await world.send(list(3))).toEqual({ status: 202, body: { queued: 3, known: 0, refused: [] } });
    expect(world.placed).toEqual([]);
    expect(await world.sum()).toEqual({ counts: { waiting: 3, placed: 0, refused: 0, lost: 0 }, rows: [] });
    await world.run(1);
    expect(world.placed.toSorted()).toEqual([number(0), number(1), number(2)]);
    expect(await world.sum()).toMatchObject({
      counts: { waiting: 0, placed: 3 },
      rows: [{ key: "k0", is: "placed", sid: expect.stringMatching(/^CA\d$/) }, { key: "k1" }, { key: "k2" }],
    });
  });

  test("has no value and no number in clear in the queue", async () => {
    await world.send(list(1));
    const text = JSON.stringify(world.waiting);
    expect(text).not.toMatch(/Ada|\+1415/);
    expect(world.waiting[0]?.body.sealed).toMatch(/^[\w-]{100,}$/);
  });

  test("twice calls nobody twice, whether the first rows wait or were called", async () => {
    await world.send(list(2));
    expect((await world.send(list(3))).body).toEqual({ queued: 1, known: 2, refused: [] });
    await world.run(1);
    expect((await world.send(list(3))).body).toEqual({ queued: 0, known: 3, refused: [] });
    await world.run(1);
    expect(world.placed).toHaveLength(3);
  });

  test("has keys of any name, and calls nobody of these twice", async () => {
    const calls = ["constructor", "__proto__", "toString"].map((key, index) => ({ key, to: number(index) }));
    expect((await world.send({ ...list(0), calls })).body).toMatchObject({ queued: 3, known: 0 });
    expect(world.waiting.map(({ at }) => at - NOW)).toEqual([0, 1000, 2000]);
    expect((await world.send({ ...list(0), calls })).body).toMatchObject({ queued: 0, known: 3 });
    await world.run(1);
    expect(world.placed).toHaveLength(3);
  });

  test.each([
    ["the next day", "", Date.UTC(2026, 2, 3, 13)],
    ["not at all if the flow's plan ends before", ', until: "20:00"', undefined],
  ])("is called again within its hours only: %s", async (_, until, due) => {
    const plan = `onUnanswered: { step: missed, retry: { after: [1h]${until} } }`;
    const missed = '  missed: { set: { name: "" }, next: return }';
    world = new World({ minute: 60, day: 1000 }, `${plan}${FLOW}${missed}`);
    const calls = [{ ...rows(1)[0], zone: "America/New_York" }];
    await world.send(list(1, { hours: "08:00-09:00", calls }));
    await world.deliver();
    expect(world.placed).toHaveLength(1);
    const report = { CallSid: "CA1", CallStatus: "no-answer", Direction: "outbound-api" };
    await finish(world.app.fetch(webhook("/status/desk", report)));
    await finish(world.app.settle());
    const { alarm = 0 } = world.objects.storageOf("desk");
    if (due !== undefined) expect(alarm).toBe(due);
    for (const at of [NOW + 65 * MINUTE, Date.UTC(2026, 2, 3, 13)]) {
      vi.setSystemTime(at);
      await finish(world.objects.object("desk").alarm());
      expect(world.placed).toHaveLength(due === undefined || at < due ? 1 : 2);
    }
  });

  test("outside its hours does not grow in the queue while the object fails", async () => {
    const calls = [{ ...rows(1)[0], zone: "America/New_York" }];
    await world.send(list(1, { hours: "10:00-11:00", calls }));
    world.objects.storageOf("desk").usesLeft = 0;
    world.objects.revive();
    for (let minute = 0; minute < 20; minute++) {
      await world.deliver();
      vi.setSystemTime(Date.now() + MINUTE);
    }
    expect(world.waiting).toHaveLength(1);
    world.objects.storageOf("desk").usesLeft = Number.POSITIVE_INFINITY;
    await world.run(120);
    expect(world.placed).toEqual([number(0)]);
  });

  test("does not put into the queue what no call needs", async () => {
    const calls = [{ key: "long", to: number(1), zone: "x".repeat(300_000) }];
    expect((await world.send({ ...list(0), calls })).body).toMatchObject({ queued: 1 });
    expect(JSON.stringify(world.waiting).length).toBeLessThan(1000);
  });

  test("and delivered twice calls nobody twice", async () => {
    await world.send(list(3));
    vi.setSystemTime(NOW + MINUTE);
    await world.deliver({ twice: true });
    expect(world.placed).toHaveLength(3);
    expect(await world.sum()).toMatchObject({ counts: { placed: 3 } });
  });

  test("in hundreds is sent in batches that the queue takes", async () => {
    await world.send(list(100));
    expect([world.sends, world.waiting.length]).toEqual([2, 100]);
    const largest = Math.max(...world.waiting.map(({ body }) => JSON.stringify(body).length));
    const set = { name: "x".repeat(1300) };
    await world.send({ list: "b", from: FROM, calls: [{ key: "long", to: number(1), set }] });
    const long = JSON.stringify(world.waiting.at(-1)?.body).length;
    expect([largest, long * 50]).toEqual([expect.any(Number), expect.toSatisfy((bytes) => bytes < 256_000)]);
  });

  test("keeps out the rows that cannot be called, and says which", async () => {
    const calls = [
      ...rows(1),
      { key: "far", to: "+4930123456" },
      { key: "more", to: number(5), set: { other: 1 } },
      { key: "long", to: number(6), set: { name: "x".repeat(3000) } },
    ];
    const { status, body } = await world.send({ ...list(0), calls });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      queued: 1,
      refused: [
        { key: "far", code: "to" },
        { key: "more", code: "set" },
        { key: "long", code: "set" },
      ],
    });
  });

  test.each([
    ["no name", { list: undefined }, "list"],
    ["a name with a blank", { list: "a b" }, "list"],
    ["hours that are none", { hours: "9-20" }, "hours"],
    ["hours of two days", { hours: "20:00-09:00" }, "hours"],
    ["no rows", { calls: "x" }, "calls"],
    ["a row without a key", { calls: [{ to: FROM }] }, "calls"],
    ["a key twice", { calls: [...rows(1), ...rows(1)] }, "calls"],
    ["too many rows", { calls: rows(101) }, "calls"],
  ])("with %s is refused as a whole", async (_, more, code) => {
    expect(await world.send(list(1, more))).toMatchObject({ status: 400, body: { error: { code } } });
    expect(world.waiting).toEqual([]);
  });

  test("needs the token, the flow and the queue", async () => {
    expect((await world.send(list(1), { token: "x" })).status).toBe(401);
    expect((await world.send({}, { method: "GET", query: "?list=a", token: "x" })).status).toBe(401);
    world.app = lineOf(FLOW, { ...world.deps, queue: undefined });
    expect(await world.send(list(1))).toMatchObject({
      status: 501,
      body: { error: { message: expect.stringContaining("npx wrangler queues create ringflow-calls") } },
    });
  });

  test("after a queue that failed is handed over again, without a row that is lost", async () => {
    const { queue } = world.deps;
    world.app = lineOf(FLOW, {
      ...world.deps,
      queue: { sendBatch: async () => Promise.reject(new Error("429")) },
    });
    expect((await world.send(list(2))).status).toBe(503);
    world.app = lineOf(FLOW, { ...world.deps, queue });
    expect((await world.send(list(2))).body).toMatchObject({ queued: 2 });
  });
});

describe("the process dies", () => {
  test.each(Array.from({ length: 40 }, (_, uses) => uses))("after %i uses of the storage", async (uses) => {
    world.objects.object("desk");
    const storage = world.objects.storageOf("desk");
    const dying = async (work: () => Promise<unknown>): Promise<void> => {
      storage.usesLeft = uses;
      await work();
      storage.usesLeft = Number.POSITIVE_INFINITY;
      world.objects.revive();
    };
    await dying(() => world.send(list(2)));
    await world.send(list(2));
    vi.setSystemTime(NOW + MINUTE);
    await dying(() => world.deliver());
    await world.run(10);
    await world.send(list(2));
    await world.run(10);
    expect(world.placed.toSorted()).toEqual([number(0), number(1)]);
    expect(await world.sum()).toMatchObject({ counts: { placed: 2, waiting: 0 } });
  });
});

describe("a row is tried again", () => {
  test("when its hours begin, by the clock of the person called", async () => {
    const [first, second] = rows(2);
    const calls = [
      { ...first, zone: "America/New_York" },
      { ...second, zone: "America/Los_Angeles" },
    ];
    await world.send({ ...list(0), calls, hours: "09:00-20:00" });
    await world.run(29);
    expect(world.placed).toEqual([]);
    await world.run(1);
    expect(world.placed).toEqual([number(0)]);
    await world.run(3 * 60);
    expect(world.placed).toEqual([number(0), number(1)]);
  });

  test("hours need a zone", async () => {
    const answer = await world.send(list(1, { hours: "09:00-20:00" }));
    expect(answer.body).toMatchObject({ queued: 0, refused: [{ code: "zone" }] });
  });

  test("in a line, at the rate of the limit, and not all of them each minute", async () => {
    world = new World({ minute: 10, day: 1000 });
    await world.send(list(100));
    for (let minute = 1; minute <= 12; minute++) {
      await world.run(1);
      expect(world.placed.length).toBeLessThanOrEqual(10 * (minute + 1));
    }
    expect(world.placed).toHaveLength(100);
    // One message for each row, and few more.
    expect(world.sends).toBeLessThan(20);
  });

  test("on the next day, if the limit of a day is reached", async () => {
    world = new World({ minute: 60, day: 2 });
    await world.send(list(3));
    await world.run(5);
    expect(world.placed).toHaveLength(2);
    vi.setSystemTime(Date.UTC(2026, 2, 3, 1, 30));
    await world.run(24 * 60);
    expect(world.placed).toHaveLength(3);
  });

  test("after a failure, a minute and then twice as long, and is given up after ten times", async () => {
    world.answers.push(...new Array<Answer>(30).fill([401, { code: 20003, message: "Authenticate" }]));
    await world.send(list(1));
    await world.run(9 * 60);
    expect([world.answers.length, world.placed, world.waiting]).toEqual([20, [], []]);
    expect(await world.sum()).toMatchObject({ counts: { lost: 1 }, rows: [{ key: "k0", is: "lost" }] });
    expect(world.app.lines.at(-1)).toMatchObject({
      event: "queue",
      error: expect.stringContaining("a k0: lost"),
    });
    expect(world.app.lines.at(-2)).toMatchObject({ error: expect.stringContaining("Authenticate") });
    world.answers.length = 0;
    expect((await world.send(list(1))).body).toMatchObject({ queued: 1 });
    await world.run(2);
    expect(world.placed).toHaveLength(1);
  });

  test("after a lost answer, and is not placed twice", async () => {
    world.answers.push(new TypeError("reset"));
    await world.send(list(1));
    await world.run(5);
    expect(world.placed).toHaveLength(1);
  });
});

describe("a row is not called", () => {
  test("if Twilio refuses it: the reason is kept, without the number, and handing over again tries it again", async () => {
    world.answers.push([400, { code: 21211, message: "+14155550000 is not valid" }]);
    await world.send(list(1));
    await world.run(5);
    expect(await world.sum()).toMatchObject({
      counts: { refused: 1, waiting: 0 },
      rows: [{ key: "k0", is: "refused", reason: "twilio-21211: +*** is not valid" }],
    });
    expect((await world.send(list(1))).body).toMatchObject({ queued: 1 });
    await world.run(5);
    expect(await world.sum()).toMatchObject({ counts: { refused: 0, placed: 1 } });
  });

  test("if the flow does not allow its number any more", async () => {
    await world.send(list(1));
    world.app = lineOf(FLOW.replace("US", "DE"), world.deps);
    await world.run(1);
    expect(await world.sum()).toMatchObject({
      rows: [{ is: "refused", reason: expect.stringMatching(/^to: /) }],
    });
    expect(world.placed).toEqual([]);
  });

  test("if no secret opens it; one that was kept does", async () => {
    const sealing = (...secrets: string[]) => ({ secrets, cipher: nodeCipher });
    await world.send(list(1));
    world.app = lineOf(FLOW, { ...world.deps, sealing: sealing("new") });
    await world.run(1);
    expect(await world.sum()).toMatchObject({
      rows: [{ is: "refused", reason: expect.stringContaining("open") }],
    });
    await world.send(list(1));
    world.app = lineOf(FLOW, { ...world.deps, sealing: sealing("newer", "new") });
    await world.run(1);
    expect(world.placed).toHaveLength(1);
  });

  test("if the message is a dead letter, or no row at all", async () => {
    await world.send(list(1));
    vi.setSystemTime(NOW + MINUTE);
    await world.deliver({ queue: "ringflow-calls-dead" });
    expect(world.app.lines.at(-1)).toMatchObject({ error: expect.stringContaining("tried too often") });
    expect(await world.sum()).toMatchObject({ counts: { lost: 1, waiting: 0 } });
    const ack = vi.fn();
    const messages = [{ body: { to: FROM }, attempts: 1, ack, retry: () => expect.unreachable() }];
    await placeQueued(world.app.deps, { queue: "ringflow-calls", messages });
    expect(ack).toHaveBeenCalledOnce();
    expect(world.placed).toEqual([]);
  });
});

test("a row that the queue has lost is handed over again after a day", async () => {
  await world.send(list(1));
  world.waiting.length = 0;
  vi.setSystemTime(NOW + 24 * 60 * MINUTE - 1);
  expect((await world.send(list(1))).body).toMatchObject({ queued: 0, known: 1 });
  vi.setSystemTime(NOW + 24 * 60 * MINUTE);
  expect((await world.send(list(1))).body).toMatchObject({ queued: 1 });
});
