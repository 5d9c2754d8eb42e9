/** Flows that would keep a silent caller forever: the call ends, by `onError` or the apology. */
import { expect, test } from "vitest";
import { programOf, TestCall } from "./support.ts";

/** The documents that a silent caller hears until the call ends, at most 300. */
function heardInSilence(steps: string, block: string): string[] {
  const call = new TestCall(programOf(steps));
  const heard = [call.answer()];
  while (call.place && heard.length < 300) heard.push(call.answer({ Digits: "" }, block));
  return heard;
}

const MORE = `
  more:
    say: Still there?
    next: ask`;

test.each([
  [
    "a gather that repeats itself",
    "gather: { prompt: One?, choices: { 1: hangup }, attempts: 1, otherwise: repeat }",
    "answered",
  ],
  [
    "a gather and a step after it",
    `gather: { prompt: One?, choices: { 1: hangup }, otherwise: more }${MORE}`,
    "answered",
  ],
  [
    "a message that is asked for again",
    `record: { prompt: One?, save: said, empty: more }\n    next: hangup${MORE}`,
    "silent",
  ],
])("%s", (_, step, block) => {
  const steps = `steps:\n  ask:\n    ${step}\n`;
  const heard = heardInSilence(steps, block);
  expect(heard).toHaveLength(21);
  expect(heard.at(-1)).toContain("something went wrong");
  const handled = `onError: sorry\n${steps}  sorry:\n    hangup: Bye.\n`;
  expect(heardInSilence(handled, block).at(-1)).toContain("Bye.");
});
