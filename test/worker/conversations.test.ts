/** The Durable Object of a conversation: order, second deliveries, time-outs, and what it remembers. */
import { describe, expect, test } from "vitest";
import { Conversations, type Delivery } from "../../src/worker/conversation/conversations.ts";
import type { Web } from "../../src/worker/http.ts";
import { desk } from "./support.ts";
import { LINE, MINUTE, PERSON, SURVEY, sidOf, type Texting, texting, textsIn } from "./texting.ts";

const HOUR = 60 * MINUTE;

/** A service that answers when a test lets it. */
function slowService() {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const web: Web = {
    privateHosts: [],
    fetch: (url) => {
      asked.push(url);
      return new Promise((resolve) => waiting.push(() => resolve(Response.json({ n: asked.length }))));
    },
  };
  return { web, asked, waiting };
}

/** Asks a service about each message, and counts them. */
const COUNTED = desk(
  `
onMessage: count
variables:
  all: { type: string }
steps:
  bye: { hangup: Goodbye. }
  count:
    request: { url: "https://crm.example.com/{{ message.body }}", status: { else: return } }
    next: ask
  ask:
    ask: { prompt: "{{ vars.all }}", save: last, attempts: 3 }
    next: add
  add:
    set: { all: "{{ vars.all }} {{ vars.last }}" }
    next: again
  again:
    request: { url: "https://crm.example.com/{{ vars.last }}", status: { else: return } }
    next: ask
`.replace("variables:\n", "variables:\n  last: { type: string }\n"),
);

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
}

const texts = async (...replies: Promise<Response>[]): Promise<string[]> =>
  Promise.all(replies.map(async (reply) => textsIn(await (await reply).text())));

describe("messages that arrive at once", () => {
  test("are answered in order, and none is lost", async () => {
    const { web, waiting, asked } = slowService();
    const person = texting("object", [COUNTED], { web });
    const replies = [person.post("one"), person.post("two"), person.post("three")];
    for (const [index] of replies.entries()) {
      await until(() => waiting.length > index);
      expect(waiting).toHaveLength(index + 1);
      waiting[index]?.();
    }
    expect(await texts(...replies)).toEqual(["", " two", " two three"]);
    expect(asked.map((url) => url.split("/").at(-1))).toEqual(["one", "two", "three"]);
  });

  test("delivered twice while the first is being answered, are answered alike and counted once", async () => {
    const { web, waiting, asked } = slowService();
    const person = texting("object", [COUNTED], { web });
    const replies = [person.post("one"), person.post("one", { MessageSid: sidOf(1) })];
    await until(() => waiting.length === 1);
    waiting[0]?.();
    const [first, second] = await Promise.all(replies.map(async (reply) => (await reply).text()));
    expect(second).toBe(first);
    expect(asked).toHaveLength(1);
  });
});

describe("a second delivery", () => {
  test("of an earlier message gets its answer, with the conversation as it is now", async () => {
    const person = texting("object");
    for (const body of ["Hi", "DE"]) await person.text(body);
    expect(await person.text("Hi", { MessageSid: sidOf(1) })).toBe("EN or DE?");
    expect(await person.text("Ada")).toBe("Ada speaks DE (1).");
  });

  test("with the cookie of before is known as well, and after a deploy", async () => {
    const person = texting("object");
    await person.text("Hi");
    const { cookie } = person;
    await person.text("DE");
    person.cookie = cookie;
    person.objects.revive();
    expect(await person.text("DE", { MessageSid: sidOf(2) })).toBe("Your name?");
    expect(person.app.lines.at(-1)).toMatchObject({ duplicate: true });
  });
});

describe("a cookie", () => {
  test("is not needed", async () => {
    const person = texting("object");
    const said: string[] = [];
    for (const body of ["Hi", "DE", "Ada"]) {
      person.cookie = "";
      said.push(await person.text(body));
    }
    expect(said).toEqual(["EN or DE?", "Your name?", "Ada speaks DE (1)."]);
  });

  test("that is a step behind changes nothing", async () => {
    const person = texting("object");
    await person.text("Hi");
    const { cookie } = person;
    await person.text("DE");
    person.cookie = cookie;
    expect(await person.text("Ada")).toBe("Ada speaks DE (1).");
    person.cookie = cookie;
    expect(await person.text("EN")).toBe("EN or DE?");
  });

  test("that is forged is not read", async () => {
    const person = texting("object");
    await person.text("Hi");
    person.cookie = `${person.cookie.slice(0, -4)}AAAA`;
    expect(await person.text("DE")).toBe("Your name?");
  });
});

describe("a time-out", () => {
  async function asked(flow = SURVEY): Promise<Texting> {
    const person = texting("object", [desk(flow)]);
    await person.text("Hi");
    return person;
  }

  test("runs a step without a message, which may send one, and says so in the log", async () => {
    const person = await asked();
    await person.wait(29 * MINUTE);
    expect(person.sent()).toEqual([]);
    await person.wait(MINUTE);
    expect(person.sent()).toEqual([{ what: "We close this now.", key: `${sidOf(1)}-2-closed-1` }]);
    const line = person.app.lines.at(-1);
    expect(line).toMatchObject({ call: sidOf(1), event: "timeout", step: "language", block: "silence" });
    expect(await person.text("DE")).toBe("EN or DE?");
  });

  test("comes after days, when no cookie is left", async () => {
    const person = await asked();
    await person.text("DE");
    person.cookie = "";
    await person.wait(71 * HOUR);
    expect(await person.text("Ada")).toBe("Ada speaks DE (1).");
  });

  test("can ask again: the answer continues there", async () => {
    const person = await asked(SURVEY.replace("silence: closed", "silence: name"));
    await person.wait(31 * MINUTE);
    expect(person.sent().map(({ what }) => what)).toEqual(["Your name?"]);
    expect(await person.text("Ada")).toBe("Ada speaks  (1).");
  });

  test("runs before a message that comes after it, if its alarm is late", async () => {
    const person = await asked();
    person.now += 30 * MINUTE;
    expect(await person.text("DE")).toBe("EN or DE?");
    await person.app.settle();
    expect(person.sent()).toHaveLength(1);
    await person.objects.wake(person.now);
    expect(person.sent()).toHaveLength(1);
  });

  test("at the same moment as a message: one of them comes first, and both are answered", async () => {
    const person = await asked(SURVEY.replace("silence: closed", "silence: name"));
    person.now += 30 * MINUTE;
    const [reply] = await Promise.all([person.text("Ada"), person.objects.wake(person.now)]);
    await person.app.settle();
    expect([reply, person.sent().map(({ what }) => what)]).toEqual([
      "Ada speaks  (1).",
      ["Your name?", "name=Ada"],
    ]);
  });

  test("is none for a question that was answered in time", async () => {
    const person = await asked();
    await person.text("DE");
    await person.wait(HOUR);
    expect(person.sent()).toEqual([]);
  });

  test("is the last one after twenty in a row: a person who does not answer is not asked forever", async () => {
    const person = await asked(SURVEY.replace("silence: closed", "silence: language"));
    await person.wait(24 * HOUR);
    expect(person.sent()).toHaveLength(19);
    expect(person.app.lines.at(-1)?.error).toBe("20 questions in a row without an answer");
    expect(await person.text("DE")).toBe("EN or DE?");
  });

  test("of a version that is lost runs that of the current one", async () => {
    const person = await asked();
    const later = texting("object", [desk(SURVEY.replace("We close", "We have to close"))]);
    later.cookie = person.cookie;
    await later.text("HELP", { MessageSid: sidOf(9) });
    await later.wait(31 * MINUTE);
    expect(later.sent().map(({ what }) => what)).toEqual(["We have to close this now."]);
  });
});

test("what the object stores is sealed, but for the two numbers", async () => {
  const person = texting("object");
  for (const body of ["Hi", "DE"]) await person.text(body);
  const [[name, storage] = ["", undefined]] = [...person.objects.storages];
  expect(name).toBe(`desk\n${LINE}\n${PERSON}`);
  const stored = JSON.stringify([...(storage?.kept.values() ?? [])]);
  expect(stored).toContain(PERSON);
  for (const word of ["DE", "Your name?", "EN or DE?"]) expect(stored).not.toContain(`"${word}`);
});

test("the object forgets a conversation a day after its end", async () => {
  const person = texting("object");
  await person.text("Hi");
  await person.text("STOP");
  await person.wait(24 * HOUR);
  const [storage] = person.objects.storages.values();
  expect(storage?.kept.size).toBe(1);
  await person.wait(2 * HOUR);
  expect(storage?.kept.size).toBe(0);
  expect(person.objects.next()).toBe(Number.POSITIVE_INFINITY);
});

test("a message that the Worker no longer waits for is not taken", async () => {
  const person = texting("object");
  await person.text("Hi");
  const [storage] = person.objects.storages.values();
  if (!storage) throw new Error("there is no object");
  const pair = { flow: "desk", from: PERSON, to: LINE, accountSid: "", base: "" };
  const delivery: Delivery = { pair, params: { MessageSid: sidOf(2), Body: "DE" }, sent: Date.now() - 5000 };
  const request = new Request("https://conversations/", { method: "POST", body: JSON.stringify(delivery) });
  expect((await new Conversations(storage, person.app.deps).fetch(request)).status).toBe(504);
  expect(await person.text("DE")).toBe("Your name?");
});
