/** Every finding is documented, and its example is held to its word. */
import { describe, expect, test } from "vitest";
import { findingDocs } from "../../src/flow/catalogue.ts";
import { calendarsOf } from "../../src/flow/language/example-calendars.ts";
import { ignoreFindings } from "../../src/flow/language/ignore.ts";
import { rules } from "../../src/flow/rules/registry.ts";
import { scenarioFindings } from "../../src/flow/scenarios/scenario-findings.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { shapeFindings } from "../../src/flow/shape/shape-findings.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { findings, printed } from "./support.ts";

const ofFlows = [...shapeFindings, ...ignoreFindings, ...rules.flatMap((rule) => rule.findings)];

describe("a rule's example", () => {
  test.each(ofFlows.map((doc) => [doc.code, doc]))("%s", (code, doc) => {
    const { severity, bad, good, parts, audio, calendars, today } = doc;
    const dates = { calendars: calendarsOf(calendars), ...(today !== undefined && { today }) };
    const of = (text: string) => findings(text, "flows/main.yaml", parts, audio, dates);
    // One mistake is one finding: nothing that only follows from it is told.
    if (bad !== undefined) expect(of(bad).map((one) => [one.code, one.severity])).toEqual([[code, severity]]);
    expect(printed(good, of(good))).toBe("");
  });
});

test("a flow's name is a part of the webhook's URL", () => {
  const codes = (path: string): string[] =>
    findings("steps:\n  bye:\n    hangup:\n", path).map(({ code }) => code);
  expect(codes("flows/front-desk.yaml")).toEqual([]);
  expect(codes("flows/front-desk.yml")).toEqual([]);
  expect(codes("flows/Front Desk.yaml")).toEqual(["flow-name"]);
  expect(codes("flows/../9.yaml")).toEqual(["flow-name"]);
});

test("a variable that outlives the call counts under the long name that it travels by", () => {
  const flow = (keep: string): string => {
    const names = Array.from({ length: 34 }, (_, index) => `n${index}`);
    const declared = names.map((name) => `  ${name}: { type: int${keep} }\n`).join("");
    return `variables:\n${declared}steps:\n  bye: { hangup: "{{ vars.n0 }}" }\n`;
  };
  expect(findings(flow("")).map(({ code }) => code)).toEqual([]);
  expect(findings(flow(", keep: caller")).map(({ code }) => code)).toEqual(["large-state"]);
});

test.each([
  [
    "sip:911@pbx.example.com",
    'unknown destination "sip:911@pbx.example.com"; write { sip: "sip:911@pbx.example.com" }',
  ],
  [
    "whatsapp:+14155550100",
    'unknown destination "whatsapp:+14155550100"; write { whatsApp: "+14155550100" }',
  ],
  ["client:ada", 'unknown destination "client:ada"; write { client: "ada" }'],
  ["tel:+14155550100", 'unknown destination "tel:+14155550100"; write +14155550100'],
  ["+14155550100;ext=3", "+14155550100;ext=3 is more than a number; write +14155550100"],
])("a destination written as %s is corrected", (address, message) => {
  const text = `destinations: { desk: "${address}" }\nsteps:\n  a: { dial: { to: desk, status: { else: hangup } }, next: hangup }\n`;
  expect(findings(text).map((one) => one.message)).toEqual([message]);
});

test("variables that are too large are named, with what to do", () => {
  const text = `variables:
  note: { type: string, maxLength: 900 }
  rows: { type: list }
  n: { type: int }
steps:
  bye: { hangup: "{{ vars.note }}{{ vars.rows[0] }}{{ vars.n }}" }
`;
  expect(findings(text).map(({ message }) => message)).toEqual([
    "the variables can grow to 1257 bytes, and a URL carries 1200; the largest are note (string, 908), rows (list, 208), n (int, 21): give texts a lower `maxLength`, or save single fields instead of a whole list or map",
  ]);
});

describe("a scripted call's example", () => {
  const codes = (text: string): string[] =>
    readScenarios({ path: "flows/front-desk.test.yaml", text }, ["front-desk"]).diagnostics.map(
      ({ code }) => code,
    );

  test.each(scenarioFindings.map((doc) => [doc.code, doc]))("%s", (code, { bad, good }) => {
    if (bad !== undefined) expect(codes(bad)).toEqual([code]);
    expect(codes(good)).toEqual([]);
  });
});

test.each(kinds.map(({ name, doc }) => [name, doc]))("the example of %s has no finding", (_name, doc) => {
  const { example, parts, audio } = doc;
  expect(printed(example, findings(example, "flows/test.yaml", parts, audio))).toBe("");
});

describe("a finding says what to write instead", () => {
  const messages = (text: string) => findings(text).map(({ message }) => message);

  test.each([
    [
      "a gather's key that stands beside it",
      "greet:\n    gather: { prompt: Press 1., choices: { 1: bye }, otherwise: bye }\n    attempts: 2\n  bye: { hangup: }",
      ['step "greet" has no `attempts`; it belongs to `gather`: indent it deeper than that'],
    ],
    [
      "an exit by another word",
      "greet:\n    say: Hello.\n    goto: hangup",
      ['step "greet" has no `goto`; besides `say` it has only `next`'],
    ],
    [
      "a pattern with `.*` around it, in `matches()`",
      "greet:\n    branch:\n      - { when: 'caller.name.matches(\".*yes.*\")', next: hangup }\n      - next: hangup",
      [expect.stringMatching(/`matches\(\)` finds a part of a text anyway; leave `\.\*` away: "yes"$/)],
    ],
    [
      "a pattern with `.*` around it, in a gather",
      'greet:\n    gather: { prompt: Well?, input: speech, save: said, matches: ".*(yes|yeah).*", otherwise: hangup }\n    next: hangup',
      [expect.stringMatching(/in a `branch`: `vars\.said\.matches\("\(yes\|yeah\)"\)`$/)],
    ],
    [
      "a step of no kind",
      "greet:\n    speak: Hello.\n    next: hangup",
      [expect.stringMatching(/has no `speak`; a step is one of say, .*, echo, and continues with `next`$/)],
    ],
    [
      "a `next` that is indented too deep",
      "menu:\n    gather:\n      prompt: Press 1.\n      choices: { 1: hangup }\n      otherwise: hangup\n      next: hangup",
      ["`gather` has no key `next`; it goes next to `gather`: indent both alike"],
    ],
    [
      "a key among the choices",
      "menu:\n    gather:\n      prompt: Press 1.\n      choices:\n        1: hangup\n        otherwise: hangup\n      attempts: 1",
      ["`otherwise` cannot be a key of `choices`; it belongs to `gather`: indent it less"],
    ],
    [
      "one value in the place of a map",
      "menu:\n    gather: Press 1.\n  call:\n    dial: +14155550100\n  ask:\n    request: https://example.com/",
      [
        "`gather` must be a map of keys and values: write { prompt: Press 1. }",
        "`dial` must be a map of keys and values: write { to: +14155550100 }",
        '`request` must be a map of keys and values: write { url: "https://example.com/" }',
      ],
    ],
    [
      "one entry in the place of a list",
      "decide:\n    branch:\n      when: caller.verified\n      next: hangup",
      ["`branch` with `when` must be a list: write each entry after a dash"],
    ],
    [
      "a kind without its colon",
      "hold: { enqueue: { queue: a, wait: { step: out }, status: { else: hangup } }, next: hangup }\n  out: leave",
      ['step "out" must be a map with one kind in it; write `leave:` below its name'],
    ],
    [
      "a name in other letters",
      "mainMenu: { hangup: }",
      ['a step cannot be named "mainMenu"; write main-menu'],
    ],
    [
      "a value of another type",
      "count: { set: { tries: many, done: yes }, next: hangup }\nvariables: { tries: { type: int, default: { env: most } }, done: { type: bool } }",
      [
        "tries is an int: write a whole number such as 3, not many",
        "done is a bool: write true or false, not yes",
        "tries is an int: environment variables have names in capitals; write { env: MOST }",
      ],
    ],
    [
      "a copy of something sensitive",
      'copy: { set: { copy: "{{ vars.pin }}" }, next: hangup }\nvariables: { pin: { type: string, sensitive: true }, copy: { type: string } }',
      ["vars.pin is sensitive, and copy is not; make copy sensitive too, or write reveal(vars.pin)"],
    ],
    [
      "markup that is none",
      "a: { say: \"<break time='99s'/>\", next: b }\n  b: { say: \"<prosody rate='quick'>x</prosody>\", next: hangup }",
      [
        '<break> does not accept time="99s"; write seconds such as 1.5s or 500ms, at most ten',
        expect.stringMatching(/^<prosody> does not accept rate="quick"; .* or an amount such as 90%$/),
      ],
    ],
    [
      "an exit to a step that is called like no other",
      "greet:\n    say: Hello.\n    next: reception\n  closed: { hangup: }",
      ['unknown step "reception"; the steps are greet, closed'],
    ],
  ])("%s", (_what, steps, expected) => {
    expect(messages(`steps:\n  ${steps}\n`)).toEqual(expect.arrayContaining(expected));
  });
});

describe("an expression with a slip from another language", () => {
  const message = (when: string): string | undefined =>
    findings(
      `steps:\n  decide:\n    branch: [{ when: ${JSON.stringify(when)}, next: hangup }, { next: hangup }]\n`,
    )[0]?.message;

  test.each([
    ['caller.name = "Ada"', "= does not compare; write =="],
    ['caller.name === "Ada"', "write == or != with two characters"],
    ['caller.name <> "and"', "write != for not equal"],
    ['caller.verified and caller.name == "or"', "write && for and"],
    ["caller.verified or caller.verified", "write || for or"],
    ["not caller.verified", "write ! for not"],
    ["{{ caller.verified }}", "remove the {{ }}, which are for texts only"],
    ["caller.name == “Ada”", "these are curly quotes; write straight ones, ' or \", around a text"],
    ['caller.name == "and" &&', "Unexpected token: the end"],
  ])("%s", (when, advice) => {
    expect(message(when)).toBe(`this is not a CEL expression: ${advice}`);
  });
});

test.each([
  ["steps without names", "steps:\n  - greet:\n      say: Hello.\n", "`steps` is a map, not a list"],
  [
    "a step beside `steps`",
    "steps:\n  bye: { hangup: }\nmenu: { say: Hello. }\n",
    "a step goes below `steps`",
  ],
  ["a step's key beside `steps`", "steps:\n  bye: { hangup: }\nnext: bye\n", "it belongs to a step"],
])("%s are told where to stand", (_what, text, message) => {
  expect(findings(text).map((one) => one.message)).toEqual([expect.stringContaining(message)]);
});

test("where a call would begin at a step out of shape, nothing is told of where it goes", () => {
  const text =
    "steps:\n  a: { dial: { to: { conference: x, beep: loud, wait: { step: w } }, status: { else: hangup } }, next: hangup }\n  w: { say: Please wait., next: return }\n";
  expect(findings(text).map(({ code }) => code)).toEqual(["wrong-value"]);
});

test("a variable whose declaration is wrong is not told to be missing as well", () => {
  const text =
    'variables: { a: { type: text } }\nsteps:\n  a: { set: { a: 1 }, next: b }\n  b: { hangup: "{{ vars.a }}" }\n';
  expect(findings(text).map(({ code }) => code)).toEqual(["wrong-value"]);
});

test("a text that is too long for its voice", () => {
  const says = (length: number): string => `steps:\n  a: { hangup: ${"word ".repeat(length / 5)} }\n`;
  const codes = (voice: string, length: number): string[] =>
    findings(`voice: ${voice}\n${says(length)}`).map(({ code }) => code);
  expect(codes("Polly.Joanna-Neural", 2900)).not.toContain("twilio-13521");
  expect(codes("Polly.Joanna-Neural", 3100)).toContain("twilio-13521");
});

describe("the page of findings", () => {
  test("lists each code once", () => {
    const codes = findingDocs.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
  });

  // Everything else is made by its `bad` example, above and in source-findings.test.ts.
  test("has an example of every finding, except those that a short flow cannot have", () => {
    expect(findingDocs.filter(({ bad }) => bad === undefined).map(({ code }) => code)).toEqual([
      "file-too-large",
      "flow-name",
      "long-message",
      "twilio-13521",
      "promise-undecided",
      "call-differs",
      "unset-variable",
      "wrong-variable",
      "timeout-without-object",
      "internal-error",
      "kind-failed",
    ]);
  });
});
