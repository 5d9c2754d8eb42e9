/** Callers who stay silent to the end: the call that is written down is the one that was found, in the whole Worker too. */
import { expect, test } from "vitest";
import { yaml } from "../../src/flow/language/example.ts";
import { brokenIn, played } from "./breaking.ts";

const LOOK = "url: https://crm.example.com/tier";
const SILENT = "silence, 20 questions in a row";

/** A flow that asks again after what comes between, and whose promise only silence breaks. */
function asking(between: string): string {
  return yaml`
    promises:
      - never: apology
    variables:
      tier: { type: string, maxLength: 6 }
      words: { type: recording }
    steps:
      ask: { gather: { prompt: Please press a key., choices: { 1: done }, otherwise: look } }
      ${between}
      done: { hangup: Goodbye. }
  `;
}

test.each([
  ["nothing between", "look: { say: Again., next: ask }", SILENT],
  [
    "a service that has to answer",
    `look: { request: { ${LOOK}, status: { else: done } }, next: ask }`,
    `${SILENT}, the service answers 200`,
  ],
  [
    "a service that has to give a value",
    `look: { request: { ${LOOK}, save: { tier: tier }, status: { else: done } }, next: sure }
      sure: { branch: { on: vars.tier, cases: { gold: ask }, else: done } }`,
    `${SILENT}, the service answers 200, tier gold`,
  ],
  [
    "a service that answers what is not JSON",
    `look: { request: { ${LOOK}, save: { tier: tier }, status: { invalid: ask, else: done } }, next: done }`,
    `${SILENT}, the service answers invalid`,
  ],
  [
    "a service that is tried again before it fails",
    `look: { request: { ${LOOK}, retries: 1, status: { timeout: ask, else: done } }, next: done }`,
    `${SILENT}, the service answers timeout`,
  ],
  [
    "a service that is asked twice, with two answers",
    `look: { request: { ${LOOK}, status: { else: done } }, next: more }
      more: { request: { ${LOOK}, status: { 404: ask, else: done } }, next: done }`,
    `${SILENT}, the service answers 200, the service answers 404`,
  ],
  [
    "a second question, and a service before each",
    `look: { request: { ${LOOK}, status: { 404: other, else: done } }, next: done }
      other: { gather: { prompt: Please say yes., choices: { 2: done }, otherwise: more } }
      more: { request: { ${LOOK}, status: { else: done } }, next: ask }`,
    `${SILENT}, the service answers 404, the service answers 200`,
  ],
  [
    "someone who does not answer, and a service",
    `look: { dial: { to: "+14155550100", status: { no-answer: more, else: done } }, next: done }
      more: { request: { ${LOOK}, status: { else: done } }, next: ask }`,
    `${SILENT}, the service answers 200`,
  ],
  [
    "a message that is recorded",
    `look: { record: { prompt: Please leave a message., save: words, empty: ask }, next: done }`,
    SILENT,
  ],
  [
    "messages after a question",
    `look: { record: { prompt: Please leave a message., save: words, empty: look }, next: done }`,
    SILENT,
  ],
])("%s", async (_, between, words) => {
  const broken = brokenIn(asking(between));
  expect(broken.words).toBe(`${words} → apology`);
  const { text, failure, turns } = await played(broken);
  expect(failure, text).toBeUndefined();
  expect(turns.at(-1)?.error, text).toContain("20 questions in a row without an answer");
});
