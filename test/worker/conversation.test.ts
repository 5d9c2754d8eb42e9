/** Text conversations: several messages of two numbers, with and without their Durable Object. */
import { describe, expect, test } from "vitest";
import type { Op, Program, Step } from "../../src/program/program.ts";
import { EVERY, MINUTE, texting } from "./texting.ts";

const say = (text: string): Op => ({
  op: "twiml",
  parts: [`<Message><Body>${text}</Body></Message>`],
});

function ask(question: Op[], answered: Op[], block = "silence"): Step {
  const form = { To: { param: "From" }, From: { param: "To" }, Body: { value: "Bye." } };
  return {
    asks: { timeout: 1800, block },
    blocks: {
      enter: [...question, { op: "wait", block: "answered" }],
      answered,
      silence: [{ op: "send", form }, { op: "return" }],
    },
  };
}

const program: Program = {
  format: 2,
  flow: "desk",
  hash: "0123456789",
  start: "bye",
  variables: { lang: { type: "string", default: "" } },
  hours: {},
  apology: ["<Say>Sorry.</Say>"],
  sorry: ["<Message><Body>Sorry.</Body></Message>"],
  language: "en-US",
  env: [],
  onMessage: "~message",
  steps: {
    bye: { blocks: { enter: [{ op: "end" }] } },
    "~message": { blocks: { enter: [{ op: "goto", step: "first", back: "back" }], back: [{ op: "end" }] } },
    first: ask(
      [say("EN or DE?")],
      [
        { op: "set", to: { variable: "lang" }, from: { param: "Body" } },
        { op: "goto", step: "second" },
      ],
    ),
    second: ask(
      [say("Your name?")],
      [
        {
          op: "twiml",
          parts: [
            "<Message><Body>",
            { hole: { param: "Body" }, as: "xml" },
            " speaks ",
            { hole: { expr: ["$", "vars", "lang"] }, as: "xml" },
            ".</Body></Message>",
          ],
        },
        { op: "return" },
      ],
    ),
  },
};

describe.each(EVERY)("a conversation held by %s", (held) => {
  test("continues with the next message, and keeps its variables", async () => {
    const person = texting(held, [program]);
    expect(await person.text("Hi")).toBe("EN or DE?");
    expect(await person.text("DE")).toBe("Your name?");
    expect(await person.text("Ada")).toBe("Ada speaks DE.");
    expect(await person.text("Hi")).toBe("EN or DE?");
    expect(person.app.lines).toMatchObject([
      { event: "message", step: "~message", block: "enter", next: "first" },
      { event: "message", step: "first", block: "answered", next: "second" },
      { event: "message", step: "second", block: "answered" },
      { event: "message", step: "~message", block: "enter", next: "first" },
    ]);
  });

  test("is over after its time", async () => {
    const person = texting(held, [program]);
    await person.text("Hi");
    await person.wait(31 * MINUTE);
    expect(person.sent()).toEqual(held === "object" ? ["Bye."] : []);
    expect(await person.text("DE")).toBe("EN or DE?");
  });
});
