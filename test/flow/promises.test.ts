/** How promises are written: names, conditions, and that they are no part of a Program. */
import { expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";
import { findings, places } from "./support.ts";

const FLOW = `variables:
  tier: { type: string }
hours:
  office: { timezone: America/New_York, open: { mon-fri: 08:00-18:00 } }
destinations:
  desk: +14155550100
steps:
  menu:
    gather:
      prompt: For a person, press 1.
      choices: { 1: desk }
      otherwise: message
  message:
    record: { prompt: Leave a message., maxLength: 60, save: words, empty: hangup }
    next: hangup
  desk:
    dial: { to: desk, status: { else: message } }
    next: hangup
`;

function withPromises(...promises: string[]): string {
  return `${FLOW}promises:\n${promises.map((one) => `  - ${one}\n`).join("")}`;
}

function messages(text: string, parts = {}): string[] {
  return findings(text, "flows/test.yaml", parts).map(({ code, message }) => `${code}: ${message}`);
}

test("the four kinds have no finding", () => {
  const text = withPromises(
    "{ reach: desk, from: menu, within: { answers: 3, seconds: 40 }, because: people need people }",
    "{ reach: [dial, record] }",
    `{ never: hangup, while: 'isOpen("office")' }`,
    "{ always: menu, before: [record, hangup] }",
    `{ only: 'vars.tier != "gold"', at: message }`,
  );
  expect(messages(text)).toEqual([]);
});

test.each([
  ["never: desc", 'unknown-step: unknown step "desc"; did you mean "desk"?'],
  ["never: recrd", 'unknown-step: unknown step "recrd"; did you mean "record"?'],
  ["{ always: menu, before: hangpu }", 'unknown-step: unknown step "hangpu"; did you mean "hangup"?'],
  ["{ reach: desk, from: apology }", "wrong-promise: `from` must be a step; the call is over at `apology`"],
  ["{ never: desk, while: isOpen('ofice') }", 'unknown-hours: unknown hours "ofice"; did you mean "office"?'],
  ["{ only: vars.tier, at: desk }", "type-mismatch: `vars.tier` gives a string; it must be true or false"],
  [
    "{ never: desk, while: vars.tierr == 'x' }",
    "unknown-variable: unknown variable tierr; did you mean vars.tier?",
  ],
])("%s is a finding", (promise, finding) => {
  expect(messages(withPromises(promise))).toEqual([finding]);
});

test("a finding is at the name in the promise", () => {
  const text = withPromises("never: menu", "never: [desk, mesage]");
  expect(places(text)).toEqual(["unknown-step 21:19"]);
});

test("a misspelt key and a missing one are found", () => {
  expect(places(withPromises("{ never: desk, whlie: caller.verified }"))).toEqual(["unknown-key 20:20"]);
  expect(messages(withPromises("{ always: menu }"))).toEqual([expect.stringContaining("missing-key")]);
});

test("a step of a part is named with the part", () => {
  const part = `gives: [pin]\nvariables:\n  pin: { type: string }\nsteps:\n  ask: { gather: { prompt: Your PIN?, save: pin, otherwise: return }, next: return }\n`;
  const main = (promise: string): string =>
    `promises:\n  - ${promise}\nsteps:\n  who: { run: { flow: identify }, next: hangup }\n`;
  expect(messages(main("never: identify.ask"), { identify: part })).toEqual([]);
  expect(messages(main("never: identify.aks"), { identify: part })).toEqual([
    'unknown-step: unknown step "identify.aks"; did you mean "identify.ask"?',
  ]);
});

test("a promise changes neither the version nor the Program", () => {
  const programs = [
    FLOW,
    withPromises("{ never: desk, while: input.digits == '1' || secrets.KEY == 'a' }"),
  ].map((text) => build([{ path: "flows/test.yaml", text }]).programs[0]);
  expect(programs[0]).toBeDefined();
  expect(programs[1]).toEqual(programs[0]);
});
