/** Turns of a text conversation. */
import { expect, test } from "vitest";
import { readEvent, timeoutEvent } from "../../src/engine/event.ts";
import type { Op } from "../../src/program/op.ts";
import type { Program } from "../../src/program/program.ts";
import { callWith, GIVEN, heard, program, take } from "./support.ts";

const SORRY = ["<Message><Body>Sorry, ", { hole: { env: "NAME" }, as: "xml" }, ".</Body></Message>"] as const;
const FAILS: Op[] = [
  { op: "twiml", parts: ["<Message><Body>Hi.</Body></Message>"] },
  { op: "fail", why: "no" },
];

const wrote = (Body: string) =>
  readEvent({ MessageSid: "SM1", From: "+14155550111", To: "+14155550100", Body });
const given = { ...GIVEN, aside: true, env: { NAME: "Ada" } };

function answer(more: Partial<Program>, event = wrote("Hello")) {
  return take(program({ ask: { enter: FAILS, silence: FAILS } }, more), { event, given });
}

test("a failure is answered by the text for it, and ends the conversation", () => {
  const turned = answer({ sorry: SORRY });
  expect(heard(turned)).toBe("<Message><Body>Sorry, Ada.</Body></Message>");
  expect(turned).toMatchObject({ error: 'step "ask": no' });
  expect(turned.next).toBeUndefined();
});

test("a failure after the time to answer has nothing to reply to", () => {
  expect(heard(answer({ sorry: SORRY }, timeoutEvent("SM1", "AC1", "+14155550111", "+14155550100")))).toBe(
    "",
  );
});

test("a flow without questions answers a failure with nothing", () => {
  expect(heard(answer({}))).toBe("");
});

test.each([
  ["text", "  Four. ", "Four."],
  ["number", "Four.", "4"],
  ["digits", "four two", "42"],
  ["number", "many", "many"],
] as const)("an answer is read as %s: %j", (as, body, read) => {
  const ops: Op[] = [{ op: "set", to: { slot: "read" }, from: { heard: as } }, { op: "end" }];
  const from = program({ ask: ops }, { numerals: { four: "4", two: "2" } });
  expect(take(from, { event: wrote(body), call: callWith(), given }).call.slots.read).toBe(read);
});
