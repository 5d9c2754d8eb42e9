/** The fault table of text conversations: what a person notices if the object, its storage or KV does not do its part. */
import { describe, expect, test } from "vitest";
import type { ObjectOf } from "../../src/worker/deps.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { desk, get, lineOf, memoryStore } from "./support.ts";
import { MINUTE, SURVEY, sidOf, type Texting, texting } from "./texting.ts";

useFalseTime();

const never = (): Promise<never> => new Promise(() => {});
const fail = async (): Promise<never> => {
  throw new Error("overloaded");
};

/** A person whose object does what it should, until `fault` is set. */
function withFault(): {
  person: Texting;
  fault: (object: ReturnType<ObjectOf>["fetch"] | undefined) => void;
} {
  let broken: ReturnType<ObjectOf>["fetch"] | undefined;
  const person: Texting = texting("object", undefined, {
    conversations: (name) => ({
      fetch: (url, init) => (broken ?? person.objects.conversations(name).fetch)(url, init),
    }),
  });
  return {
    person,
    fault: (object) => {
      broken = object;
    },
  };
}

const FAULTS: Record<string, [fetch: ReturnType<ObjectOf>["fetch"], why: string, seconds: number]> = {
  hangs: [never, "the conversation's object did not answer in time", 4],
  fails: [fail, "the conversation's object failed: overloaded", 0],
  lies: [async () => new Response("<html>"), "the conversation's object answered with 200", 0],
};

describe.each(Object.entries(FAULTS))("an object that %s", (_, [fetch, why, seconds]) => {
  test("is not missed: the cookie serves the next message, and the object learns of it", async () => {
    const { person, fault } = withFault();
    await finish(person.text("Hi"));
    fault(fetch);
    const began = Date.now();
    expect(await finish(person.text("DE"))).toBe("Your name?");
    expect((Date.now() - began) / 1000).toBeCloseTo(seconds, 0);
    expect(person.app.lines.at(-1)).toMatchObject({ event: "message", step: "language", store: why });
    fault(undefined);
    await finish(person.app.settle());
    await finish(person.wait(31 * MINUTE));
    expect(person.sent()).toEqual([]);
    person.cookie = "";
    expect(await finish(person.text("Ada"))).toBe("Ada speaks DE (1).");
  });

  test("costs the conversation if there is no cookie either, and the log says so", async () => {
    const { person, fault } = withFault();
    await finish(person.text("Hi"));
    fault(fetch);
    person.cookie = "";
    expect(await finish(person.text("DE"))).toBe("EN or DE?");
    expect(person.app.lines.at(-1)).toMatchObject({ degraded: true, store: why });
  });

  test("learns of it by the next cookie if it fails for longer", async () => {
    const { person, fault } = withFault();
    await finish(person.text("Hi"));
    fault(fetch);
    await finish(person.text("DE"));
    await finish(person.app.settle());
    fault(undefined);
    expect(await finish(person.text("Ada"))).toBe("Ada speaks DE (1).");
    expect(person.app.lines.at(-1)).not.toHaveProperty("store", expect.any(String));
  });
});

describe("an object's storage", () => {
  async function withStorage(use: "get" | "put", before: () => Promise<void>): Promise<Texting> {
    const person = texting("object");
    await finish(person.text("Hi"));
    const [storage] = person.objects.storages.values();
    if (!storage) throw new Error("there is no object");
    storage.before = async (one) => (one === use ? before() : undefined);
    return person;
  }

  test.each([
    ["fails", fail],
    ["hangs", never],
  ])("that %s when it is read: the cookie serves", async (_, before) => {
    const person = await withStorage("get", before);
    expect(await finish(person.text("DE"))).toBe("Your name?");
    expect(person.app.lines.at(-1)?.store).toMatch(/^the conversation's object failed: /);
  });

  test.each([
    ["fails", fail, "not written: overloaded"],
    ["hangs", never, "not written in time"],
  ])("that %s when it is written: the cookie has the conversation", async (_, before, store) => {
    const person = await withStorage("put", before);
    expect(await finish(person.text("DE"))).toBe("Your name?");
    expect(person.app.lines.at(-1)).toMatchObject({ step: "language", store });
    expect(await finish(person.text("Ada"))).toBe("Ada speaks DE (1).");
  });

  test.each([
    ["fails", fail, "not written: overloaded"],
    ["hangs", never, "not written in time"],
  ])(
    "that %s after a time-out, before the object ends: it runs again, with the same keys",
    async (_, before, store) => {
      const person = await withStorage("put", before);
      await finish(person.wait(30 * MINUTE));
      expect(person.app.lines.slice(-2)).toMatchObject([{ step: "language", block: "silence" }, { store }]);
      const [storage] = person.objects.storages.values();
      if (storage) storage.before = async () => undefined;
      person.objects.revive();
      expect(await finish(person.text("DE"))).toBe("EN or DE?");
      await finish(person.app.settle());
      const message = { what: "We close this now.", key: `${sidOf(1)}-2-closed-1` };
      expect(person.sent()).toEqual([message, message]);
    },
  );
});

describe("a turn that takes long", () => {
  const SLOW = desk(
    SURVEY.replace("next: language\n", "next: look\n").replace(
      "  language:",
      "  look:\n    request: { url: https://crm.example.com/look, timeout: 9, status: { else: language } }\n    next: language\n  language:",
    ),
  );
  const slow = (ms: number) => ({
    privateHosts: [],
    fetch: () => new Promise<Response>((resolve) => setTimeout(() => resolve(Response.json({})), ms)),
  });

  test("is waited for", async () => {
    const person = texting("object", [SLOW], { web: slow(8000) });
    expect(await finish(person.text("Hi"))).toBe("EN or DE?");
    expect(person.app.lines).toMatchObject([{ event: "message", next: "language" }]);
  });

  test("makes the next message wait: Twilio is sent back with it, and then gets its answer", async () => {
    const person = texting("object", [SLOW], { web: slow(8500) });
    const first = person.text("Hi");
    const second = person.post("STOP");
    const third = person.post("Hello");
    expect(await finish(first)).toBe("EN or DE?");
    await finish(second);
    const busy = await (await finish(third)).text();
    expect(busy).toBe(
      '<Response><Redirect method="POST">https://phone.example.com/sms/desk</Redirect></Response>',
    );
    expect(await finish(person.text("Hello", { MessageSid: sidOf(3) }))).toBe("EN or DE?");
    expect(person.app.lines.filter(({ step }) => step === "~message")).toHaveLength(2);
  });
});

test("a number that is set to GET is sent back without the message: Twilio adds it again", async () => {
  const busy = new Response(null, { status: 202 });
  const after = (): Promise<Response> => new Promise((resolve) => setTimeout(() => resolve(busy), 2500));
  const app = lineOf(SURVEY, { conversations: () => ({ fetch: after }) });
  const message = { CallSid: "", CallStatus: "", Direction: "", MessageSid: sidOf(1), Body: "a & b" };
  const reply = await finish(app.fetch(get("/sms/desk?lang=de&t=1", message)));
  expect(await reply.text()).toBe(
    '<Response><Redirect method="GET">https://phone.example.com/sms/desk?lang=de&amp;t=1</Redirect></Response>',
  );
});

describe("the cookie alone", () => {
  test("that comes late finds its conversation over: no one runs the time-out", async () => {
    const person = texting("cookie");
    await finish(person.text("Hi"));
    person.now += 30 * MINUTE;
    expect(await finish(person.text("DE"))).toBe("EN or DE?");
    await finish(person.app.settle());
    expect(person.sent()).toEqual([]);
  });

  test("without KV gives a second delivery an empty answer, and counts it once", async () => {
    const person = texting("cookie", undefined, { store: { get: fail, put: fail } });
    await finish(person.text("Hi"));
    await finish(person.text("DE"));
    expect(await finish(person.text("DE", { MessageSid: sidOf(2) }))).toBe("");
    expect(await finish(person.text("Ada"))).toBe("Ada speaks DE (1).");
  });

  test("whose state is too large loses it if KV does: the conversation begins anew", async () => {
    const store = memoryStore();
    const person = texting("cookie", undefined, { store });
    await finish(person.text("Hi"));
    await finish(person.text("é".repeat(1600)));
    store.kept.clear();
    expect(await finish(person.text("Ada"))).toBe("EN or DE?");
    const lost = { degraded: true, store: "the conversation's state is not stored" };
    expect(person.app.lines.at(-1)).toMatchObject(lost);
  });
});

test("without the second module, a message is answered as the first of a conversation", async () => {
  const outgoing = () => Promise.reject(new Error('No such module "outgoing.js".'));
  const person = texting("object", undefined, { outgoing });
  expect(await finish(person.text("Hi"))).toBe("EN or DE?");
  expect(await finish(person.text("DE"))).toBe("EN or DE?");
  expect(person.app.lines[0]).toMatchObject({
    event: "conversation",
    error: 'No such module "outgoing.js".',
  });
});
