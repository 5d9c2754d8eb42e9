/** The words that Twilio itself acts on. */
import { expect, test } from "vitest";
import { optOutWord } from "../../src/program/opt-out.ts";

test.each([
  ["STOP", "stop"],
  [" Unsubscribe\n", "stop"],
  ["optout", "stop"],
  ["Start", "start"],
  ["UNSTOP", "start"],
  ["help", "help"],
  ["INFO", "help"],
  ["STOP PLEASE", undefined],
  ["yes", undefined],
  ["cancelled", undefined],
  ["", undefined],
])("%j: %s", (body, does) => {
  expect(optOutWord(body)).toBe(does);
});
