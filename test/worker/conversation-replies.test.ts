/** How many messages of one person are answered: two programs that answer each other stop. */
import { describe, expect, test } from "vitest";
import { MOST_REPLIES } from "../../src/worker/conversation/replies.ts";
import { desk, inside } from "./support.ts";
import { EVERY, type Held, MINUTE, sidOf, type Texting, texting } from "./texting.ts";

const HOUR = 60 * MINUTE;

/** Asks again whatever the answer is. */
const ASKING = desk(`
onMessage: ask
steps:
  bye: { hangup: Goodbye. }
  ask: { ask: { prompt: "A or B?", choices: { A: a, B: b }, timeout: 2d, otherwise: ask } }
  a: { sms: { body: "You chose A." }, next: return }
  b: { sms: { body: "You chose B." }, next: return }
`);

/** Answers every message, and asks nothing. */
const ECHO = desk(`
onMessage: echo
steps:
  bye: { hangup: Goodbye. }
  echo: { sms: { body: "You wrote {{ message.body }}" }, next: return }
`);

/** A program that answers each message after a minute; how often it was answered until it was not. */
async function answering(person: Texting, most = 3 * MOST_REPLIES): Promise<number> {
  for (let count = 0; count < most; count++) {
    const reply = inside(await (await send(person, "Thank you for your message!")).text());
    if (!reply.includes("<Message>")) return count;
    await person.wait(MINUTE);
  }
  throw new Error("it would be answered forever");
}

async function send(person: Texting, body: string): Promise<Response> {
  const response = await person.post(body);
  const set = response.headers.get("Set-Cookie");
  if (set !== null) person.cookie = set.split(";", 1)[0] ?? "";
  return response;
}

const muted = ({ app }: Texting) => app.lines.filter((one) => one.muted);

describe.each(EVERY)("a program that answers every message, with the %s", (held: Held) => {
  test("gets a hundred replies within a day, and the log says once why it gets no more", async () => {
    const person = texting(held, [ASKING]);
    expect(await answering(person)).toBe(MOST_REPLIES);
    for (const body of ["Hello?", "Hello?"]) expect(await person.text(body)).toBe("");
    expect(muted(person)).toHaveLength(3);
    const [first, ...others] = muted(person);
    expect(first).toMatchObject({
      event: "message",
      flow: "desk",
      error: expect.stringMatching(/^not answered: 100 messages/),
    });
    expect(others.map(({ error }) => error)).toEqual([undefined, undefined]);
  });

  test("leaves the conversation where it was: a day after the first message it continues", async () => {
    const person = texting(held, [ASKING]);
    await answering(person);
    await person.wait(21 * HOUR);
    expect(await person.text("A")).toBe("");
    await person.wait(3 * HOUR);
    expect(await person.text("A")).toBe("You chose A.");
  });
});

test("a flow that asks nothing stops as well, with the Durable Object", async () => {
  const person = texting("object", [ECHO]);
  expect(await answering(person)).toBe(MOST_REPLIES);
  person.objects.revive();
  expect(await person.text("Hello?")).toBe("");
  await person.wait(24 * HOUR);
  expect(await person.text("Hello?")).toBe("You wrote Hello?");
});

test("a message that is delivered again counts once, and gets its answer", async () => {
  const person = texting("object");
  for (let count = 0; count < MOST_REPLIES + 20; count++) await person.text("Hi", { MessageSid: sidOf(1) });
  expect(await person.text("DE", { MessageSid: sidOf(2) })).toBe("Your name?");
});

test("another person is answered", async () => {
  const person = texting("object", [ASKING]);
  await answering(person);
  person.cookie = "";
  expect(await person.text("Hi", { From: "+14155550122" })).toBe("A or B?");
});
