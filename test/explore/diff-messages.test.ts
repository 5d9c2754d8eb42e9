/** What a change of a text conversation does to the people who write. */
import { expect, test } from "vitest";
import { diff } from "../../src/explore/diff/diff.ts";
import { programOf, UNTIMED } from "./support.ts";

const world = { now: Date.parse("2026-11-26T12:00:00Z"), ...UNTIMED };

const TABLE = `onMessage: welcome
steps:
  greet: { hangup: Please send us a text message. }
  welcome:
    ask: { prompt: How many are you?, save: guests, matches: "[0-9]{1,2}", noMatch: A number?, timeout: 30m, otherwise: { silence: nudge, else: return } }
    next: where
  where:
    ask: { prompt: Inside or outside?, choices: { INSIDE: thanks, OUTSIDE: cold }, otherwise: return }
  thanks: { sms: { body: Thank you. }, next: return }
  cold: { sms: { body: Bring a coat. }, next: return }
  nudge: { sms: { body: Still there? }, next: return }
`;

function messages(from: string, to: string): string[] {
  expect(TABLE).toContain(from);
  const { changes } = diff(programOf(TABLE), programOf(TABLE.replace(from, to)), world);
  return changes.map(({ message }) => message);
}

test("a conversation without a change", () => {
  expect(messages("steps:", "# The table.\nsteps:")).toEqual([]);
});

test.each([
  ["the first question", "How many are you?", "For how many?", "For how many?"],
  ["a later question", "Inside or outside?", "Indoors?", "Indoors?"],
  ["the words after a wrong answer", "A number?", "How many?", "How many?"],
  ["where a choice leads", "OUTSIDE: cold", "OUTSIDE: thanks", "Bring a coat."],
  ["what follows no answer", "silence: nudge", "silence: return", "Still there?"],
  [
    "the time to answer",
    "timeout: 30m",
    "timeout: 2h",
    "has 2 hours to come (before: has 30 minutes to come)",
  ],
])("%s is a change", (_, from, to, told) => {
  expect(messages(from, to)).toContainEqual(expect.stringContaining(told));
});
