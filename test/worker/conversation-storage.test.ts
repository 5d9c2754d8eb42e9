/** The memory of a conversation's object: a turn that the storage does not take is not forgotten while the object lives. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";
import type { FakeStorage } from "./conversation-object.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { desk } from "./support.ts";
import { MINUTE, SURVEY, sidOf, type Texting, texting } from "./texting.ts";

useFalseTime();

const never = (): Promise<never> => new Promise(() => {});
const fail = async (): Promise<never> => {
  throw new Error("overloaded");
};

function storageOf({ objects }: Texting): FakeStorage {
  const [storage] = objects.storages.values();
  if (!storage) throw new Error("there is no object");
  return storage;
}

/** Does something while the storage takes nothing. */
async function withoutStorage(person: Texting, work: () => Promise<unknown>): Promise<void> {
  const storage = storageOf(person);
  const { setAlarm } = storage;
  storage.before = async (use) => (use === "put" ? fail() : undefined);
  storage.setAlarm = fail;
  await finish(work());
  storage.before = async () => undefined;
  storage.setAlarm = setAlarm;
}

describe("an answer that the storage did not take", () => {
  async function answered(body = "DE"): Promise<Texting> {
    const person = texting("object");
    await finish(person.text("Hi"));
    await withoutStorage(person, () => person.text(body));
    return person;
  }

  test("is written 5 s later: the time-out of the question before does not run", async () => {
    const person = await answered();
    await finish(person.app.settle());
    person.objects.revive();
    await finish(person.wait(31 * MINUTE));
    expect(person.sent()).toEqual([]);
    person.cookie = "";
    expect(await finish(person.text("Ada"))).toBe("Ada speaks DE (1).");
  });

  test("is known to the alarm of the question before", async () => {
    const person = await answered();
    await finish(person.wait(31 * MINUTE));
    expect(person.sent()).toEqual([]);
    expect(await finish(person.text("Ada"))).toBe("Ada speaks DE (1).");
  });

  test("is not lost if it is too large for the cookie", async () => {
    const person = await answered("é".repeat(1600));
    expect(await finish(person.text("Ada"))).toMatch(/^Ada speaks é/);
  });

  test("is answered alike at a second delivery, and counts once", async () => {
    const person = await answered();
    person.cookie = "";
    expect(await finish(person.text("DE", { MessageSid: sidOf(2) }))).toBe("Your name?");
    expect(person.app.lines.at(-1)).toMatchObject({ duplicate: true });
  });
});

test("a time-out that the storage did not take runs once", async () => {
  const person = texting("object");
  await finish(person.text("Hi"));
  await withoutStorage(person, () => person.wait(30 * MINUTE));
  expect(await finish(person.text("DE"))).toBe("EN or DE?");
  await finish(person.app.settle());
  expect(person.sent()).toHaveLength(1);
});

describe("an alarm whose storage hangs", () => {
  test.each(["delete", "setAlarm"] as const)("at %s does not hold up the next message", async (use) => {
    const person = texting("object");
    for (const body of ["Hi", "DE", "Ada"]) await finish(person.text(body));
    const storage = storageOf(person);
    const own = { delete: storage.delete, setAlarm: storage.setAlarm };
    storage[use] = never;
    // The alarm that goes off too early sets another one; the last one forgets the conversation.
    const alarm = use === "delete" ? 26 * 60 : 1;
    storage.alarm = person.now + alarm * MINUTE;
    // The runtime sets an alarm that fails once more.
    const failed = person.wait(alarm * MINUTE).catch((error: Error) => error.message);
    expect(await finish(failed)).toBe("the conversation's storage did not answer in time");
    Object.assign(storage, own);
    expect(await finish(person.text("Hi"))).toBe("EN or DE?");
  });
});

test("a slow time-out before a message leaves that its own time", async () => {
  const slow = desk(
    SURVEY.replace(
      "    sms: { body: We close this now. }",
      "    request: { url: https://crm.example.com/late, timeout: 9, status: { else: return } }",
    ),
  );
  const answer = (): Promise<Response> =>
    new Promise((resolve) => setTimeout(() => resolve(Response.json({})), 8500));
  const person = texting("object", [slow], { web: { privateHosts: [], fetch: answer } });
  await finish(person.text("Hi"));
  await finish(person.app.settle());
  storageOf(person).alarm = undefined;
  person.now += 31 * MINUTE;
  expect(await finish(person.text("Hello"))).toBe("EN or DE?");
  // Its persistent variables are read, however long the time-out took.
  expect(person.app.lines.at(-1)).toEqual(expect.not.objectContaining({ store: expect.any(String) }));
});

/** Says after each message what came before. */
const ECHO = desk(`
onMessage: ask
variables:
  all: { type: string }
  last: { type: string }
steps:
  bye: { hangup: Goodbye. }
  ask:
    ask: { prompt: "So far: {{ vars.all }}", save: last }
    next: add
  add:
    set: { all: "{{ vars.all }}{{ vars.last }}" }
    next: ask
`);

/** The next message, and what the storage takes. */
const MESSAGE = fc.record({
  cookie: fc.constantFrom("fresh", "behind", "none"),
  put: fc.boolean(),
  alarm: fc.boolean(),
  isRepeated: fc.boolean(),
});

test("a storage that takes a part of what is written loses nothing, whatever becomes of the cookie", async () => {
  const run = fc.asyncProperty(fc.array(MESSAGE, { minLength: 3, maxLength: 9 }), async (messages) => {
    const person = texting("object", [ECHO]);
    const cookies: string[] = [];
    await finish(person.text("0"));
    const storage = storageOf(person);
    const { setAlarm } = storage;
    for (const [at, { cookie, put, alarm, isRepeated }] of messages.entries()) {
      storage.before = async (use) => (use === "put" && !put ? fail() : undefined);
      storage.setAlarm = alarm ? setAlarm : fail;
      cookies.push(person.cookie);
      if (cookie !== "fresh") person.cookie = (cookie === "behind" && cookies.at(-2)) || "";
      const reply = `So far: ${"123456789".slice(0, at + 1)}`;
      const message = { MessageSid: sidOf(at + 2) };
      expect(await finish(person.text(`${at + 1}`, message))).toBe(reply);
      if (isRepeated) expect(await finish(person.text(`${at + 1}`, message))).toBe(reply);
    }
  });
  await fc.assert(run, { numRuns: runs(30) });
});
