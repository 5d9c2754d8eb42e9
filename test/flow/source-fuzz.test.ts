/** A whole flow is read without findings; and whatever becomes of it while it is typed, reading ends with an answer. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frame } from "../../src/flow/language/frame.ts";
import { flowVocabulary } from "../../src/flow/shape/vocabulary.ts";
import { applyFixes } from "../../src/flow/yaml/fix.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { runs } from "../runs.ts";

const FRONT_DESK = `
description: Main line of Acme Dental
voice: Polly.Joanna-Neural        # defaults for every prompt
language: en-US
start: greet                      # the first step of the file if left out
onError: reception                # where a failure leads; an apology and a hang-up if left out

destinations:                     # who may be dialled
  reception: +14155550100
  oncall: [+14155550101, +14155550102]
  billing: { env: BILLING_NUMBER }

hours:
  office:
    timezone: America/New_York
    open: { mon-fri: "08:00-18:00", sat: ["09:00-12:00", "13:00-15:00"] }
    closed: [2026-11-26, 12-25]             # once, and every year
    special: { 2026-12-24: "08:00-12:00" }

variables:
  tries: { type: int, default: 0 }
  account: { type: string, sensitive: true }

steps:
  greet:
    say: Thank you for calling Acme Dental.
    next: opening
  opening:
    branch:
      - when: isOpen("office")
        next: menu
      - next: closed                        # the last has no condition
  menu:
    gather:
      prompt: For appointments, press 1 or say appointments. For billing, press 2. To hear this again, press star. For the front desk, press 0.
      choices:
        1: { next: reception, speech: [appointments, an appointment] }
        2: billing
        "*": repeat
        0: reception
      attempts: 3
      noInput: Sorry, I did not hear anything.
      noMatch: [I did not get that., Let me say the choices once more.]
      otherwise: reception
  reception:
    dial:
      to: reception
      timeout: 20
      whisper: A call for the front desk.
      status: { else: voicemail }
    next: hangup
  billing:
    dial: { to: billing, status: { else: voicemail } }
    next: hangup
  closed:
    say: We are closed now.
    next: voicemail
  voicemail:
    record:
      prompt: Please leave a message after the tone.
      maxLength: 120
      transcribe: true
      save: message
      empty: goodbye                        # nothing was said
    next: goodbye
  goodbye:
    say: "Thank you{{ caller.name != '' ? ', ' + caller.name : '' }}. Goodbye."
    next: hangup
`.trimStart();

function read(text: string) {
  return readSource({ path: "flow.yaml", text }, flowVocabulary);
}

it("the front desk of the language's page has no finding", () => {
  const { root, diagnostics } = read(FRONT_DESK);
  expect(diagnostics).toEqual([]);
  expect(root?.type === "map" && root.pairs.map(({ key }) => key.text)).toEqual([
    "description",
    "voice",
    "language",
    "start",
    "onError",
    "destinations",
    "hours",
    "variables",
    "steps",
  ]);
});

/** What an answer must be: findings with places in the file, frames that can be shown, fixes that can be applied. */
function expectAnAnswer(text: string): void {
  const { root, diagnostics } = read(text);
  expect(root !== undefined || diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  for (const diagnostic of diagnostics) {
    const { start, end } = diagnostic.span;
    expect(0 <= start && start <= end && end <= Math.max(text.length, 1)).toBe(true);
    expect(frame(diagnostic, text)).toContain(diagnostic.code);
  }
  expect(applyFixes(text, diagnostics)).toBeTypeOf("string");
}

const SIGNS = [
  "\t",
  "\n",
  " ",
  "#",
  " #",
  ":",
  ": ",
  "- ",
  "*",
  "&",
  "!",
  "|",
  ">",
  "'",
  '"',
  "[",
  "]",
  "{",
  "}",
  "{{",
  ",",
];
const signs = fc.constantFrom(
  ...SIGNS,
  "%",
  "@",
  "?",
  "\\",
  "<<: ",
  "---\n",
  "\r\n",
  "\r",
  "\u00a0",
  "\u{1F600}",
  "\0",
);

/** A change at a place: a sign put in, with some of the text taken out. */
const change = fc.record({
  at: fc.nat({ max: FRONT_DESK.length }),
  out: fc.nat({ max: 12 }),
  sign: signs,
});

function changed(text: string, changes: { at: number; out: number; sign: string }[]): string {
  return changes.reduce((now, { at, out, sign }) => now.slice(0, at) + sign + now.slice(at + out), text);
}

describe("reading ends with an answer", () => {
  it("for a flow with a few changes", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) =>
        expectAnAnswer(changed(FRONT_DESK, changes)),
      ),
      { numRuns: runs(300) },
    );
  });

  it("for signs and words in any order", () => {
    const text = fc.array(fc.oneof(signs, fc.constantFrom("a", "say", "Hello", "1", "next")), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (parts) => expectAnAnswer(parts.join(""))),
      { numRuns: runs(1000) },
    );
  });

  it.each([
    ["brackets", "[".repeat(20_000)],
    ["braces", "{a: ".repeat(20_000)],
    ["holes", `a: ${"{{".repeat(20_000)}`],
    ["items", "- ".repeat(20_000)],
    ["questions", "? ".repeat(20_000)],
    ["colons", `a: ${"b: ".repeat(20_000)}`],
    ["quotes", 'a: "\n'.repeat(5000)],
    ["tags", "- !a b\n".repeat(5000)],
    ["tags on one line", `[${"!a b, ".repeat(5000)}]`],
    ["broken texts on one line", `a: [${"Hello {{ x }}, ".repeat(2500)}]`],
    ["commented keys", `${"#: a\n".repeat(10_000)}a: b`],
    ["bad escapes", `a: "${"\\d".repeat(50_000)}"`],
    ["duplicates", "a: b\n".repeat(10_000)],
    ["documents", "---\na\n".repeat(10_000)],
    ["control characters", "\u0001".repeat(20_000)],
  ])("for a heap of %s", (_, text) => {
    expectAnAnswer(text);
  });
});
