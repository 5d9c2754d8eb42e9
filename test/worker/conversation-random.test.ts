/** Any order of messages, second deliveries, cookies and faults: a conversation loses no answer and counts none twice. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ObjectOf } from "../../src/worker/deps.ts";
import { runs } from "../runs.ts";
import { desk } from "./support.ts";
import { sidOf, type Texting, texting, textsIn } from "./texting.ts";

/** Says after each message what came before. */
const ECHO = desk(`
onMessage: ask
variables:
  all: { type: string }
  last: { type: string }
steps:
  bye: { hangup: Goodbye. }
  ask:
    ask: { prompt: "So far: {{ vars.all }}", save: last, timeout: 30d }
    next: add
  add:
    set: { all: "{{ vars.all }}{{ vars.last }}" }
    next: ask
`);

/** What happens with one message. */
type Event =
  | { does: "text"; cookie: "fresh" | "behind" | "none" }
  /** Twilio delivers one of the last messages again. */
  | { does: "repeat"; back: number }
  /** The object begins anew: a deploy. */
  | { does: "revive" };

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const events = (cookies: readonly Extract<Event, { does: "text" }>["cookie"][]): fc.Arbitrary<Event[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(...cookies).map((cookie): Event => ({ does: "text", cookie })),
      },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 1, max: 5 }).map((back): Event => ({ does: "repeat", back })),
      },
      { weight: 1, arbitrary: fc.constant<Event>({ does: "revive" }) },
    ),
    { minLength: 3, maxLength: 15 },
  );

/** The reply to the message with this number, from 1: the first one begins, and is no answer. */
const replyTo = (count: number): string => `So far: ${LETTERS.slice(1, count)}`.trim();

/** Plays the events, with a letter for each message. */
async function play(person: Texting, all: readonly Event[], before: () => void = () => {}): Promise<void> {
  const cookies = [""];
  let count = 0;
  for (const event of all) {
    before();
    if (event.does === "revive") person.objects.revive();
    if (event.does === "repeat") {
      const again = count - event.back + 1;
      if (again < 1) continue;
      const body = LETTERS[again - 1] ?? "";
      expect((await person.text(body, { MessageSid: sidOf(again) })).trim()).toBe(replyTo(again));
    }
    if (event.does !== "text") continue;
    const behind = cookies.at(-2) ?? "";
    if (event.cookie !== "fresh") person.cookie = event.cookie === "none" ? "" : behind;
    const body = LETTERS[count] ?? "";
    count += 1;
    expect((await person.text(body, { MessageSid: sidOf(count) })).trim()).toBe(replyTo(count));
    cookies.push(person.cookie);
  }
}

describe("a conversation", () => {
  test("with its object loses nothing, whatever becomes of the cookie", async () => {
    const run = fc.asyncProperty(events(["fresh", "behind", "none"]), (all) =>
      play(texting("object", [ECHO]), all),
    );
    await fc.assert(run, { numRuns: runs(40) });
  });

  test("with the cookie loses nothing, whatever becomes of the object", async () => {
    const texts = events(["fresh"]).map((all) => all.filter(({ does }) => does !== "repeat"));
    const run = fc.asyncProperty(
      texts,
      fc.array(fc.boolean(), { minLength: 15, maxLength: 15 }),
      (all, fails) => {
        let turn = 0;
        let isDown = false;
        const fail: ReturnType<ObjectOf>["fetch"] = () => Promise.reject(new Error("down"));
        const person: Texting = texting("object", [ECHO], {
          conversations: (name) => ({
            fetch: (url, init) => (isDown ? fail : person.objects.conversations(name).fetch)(url, init),
          }),
          waitUntil: () => undefined,
        });
        return play(person, all, () => {
          isDown = fails[turn++] === true;
        });
      },
    );
    await fc.assert(run, { numRuns: runs(40) });
  });

  test("with its object counts each of many messages at once, in one order", async () => {
    const run = fc.asyncProperty(
      fc.shuffledSubarray([...LETTERS], { minLength: 2, maxLength: 8 }),
      async (letters) => {
        const person = texting("object", [ECHO]);
        // Twilio delivers each of them twice.
        const bodies = letters.flatMap((letter, index) => [
          [letter, index] as const,
          [letter, index] as const,
        ]);
        const replies = await Promise.all(
          bodies.map(async ([letter, index]) =>
            textsIn(await (await person.post(letter, { MessageSid: sidOf(index + 1) })).text()),
          ),
        );
        for (const [index, reply] of replies.entries()) expect(reply).toBe(replies[index - (index % 2)]);
        const lengths = replies.filter((_, index) => index % 2 === 0).map((reply) => reply.trim().length);
        const first = "So far:".length;
        expect(lengths.toSorted((one, other) => one - other)).toEqual(
          letters.map((_, index) => (index === 0 ? first : first + 1 + index)),
        );
      },
    );
    await fc.assert(run, { numRuns: runs(20) });
  });
});
