/** Promises are proved, or refuted by the shortest call; what cannot be explored is said. */
import { describe, expect, test } from "vitest";
import type { ExploreOptions } from "../../src/explore/exploration.ts";
import { checkPromises } from "../../src/explore/promises/findings.ts";
import { build } from "../../src/flow/build.ts";
import { yaml } from "../../src/flow/language/example.ts";
import { promiseFindings } from "../../src/flow/rules/broken-promises.ts";
import { UNTIMED } from "./support.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");

/** The findings on a flow's promises, as `code: message`. */
function found(
  text: string,
  parts: Readonly<Record<string, string>> = {},
  options: Partial<ExploreOptions> = {},
): string[] {
  const files = Object.entries({ main: text, ...parts }).map(([name, one]) => ({
    path: `flows/${name}.yaml`,
    text: one,
  }));
  const { flows, diagnostics } = build(files);
  const errors = diagnostics.flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
  expect(errors.join("\n")).toBe("");
  const { findings } = checkPromises(flows, () => ({ now: NOW, ...UNTIMED, ...options }));
  return findings.map(({ code, message }) => `${code}: ${message}`);
}

const MENU = yaml`
  hours:
    office: { timezone: America/New_York, open: { mon-fri: 08:00-18:00 } }
  destinations:
    desk: +14155550100
  variables:
    pin: { type: string }
    known: { type: bool }
  steps:
    menu:
      gather:
        prompt: For your balance, press 1. For a message, press 2. For a person, press 0.
        choices: { 1: pin, 2: notice, 0: desk }
        otherwise: desk
    pin:
      gather: { prompt: Your PIN?, numDigits: 4, save: pin, otherwise: menu }
      next: check
    check:
      branch:
        - { when: vars.pin == "1234", next: know }
        - next: desk
    know:
      set: { known: true }
      next: balance
    balance: { say: Your balance is 20 dollars., next: menu }
    notice: { say: Your message is recorded., next: message }
    message: { record: { prompt: Please leave a message., maxLength: 60, save: words, empty: menu }, next: desk }
    desk: { dial: { to: desk, status: { else: night } }, next: hangup }
    night:
      branch:
        - { when: isOpen("office"), next: notice }
        - next: hangup
`;

function menu(...promises: string[]): string {
  return `${MENU}promises:\n${promises.map((one) => `  - ${one}\n`).join("")}`;
}

describe("a promise that is kept has no finding", () => {
  test.each([
    "{ reach: desk, from: menu, within: { answers: 1, seconds: 20 } }",
    "{ reach: dial, from: message, within: { answers: 0 } }",
    "{ reach: balance, within: { answers: 2 } }",
    "{ never: apology, while: false }",
    "{ never: night, while: false }",
    "{ always: notice, before: record }",
    "{ always: menu, before: [message, hangup] }",
    "{ only: vars.known, at: balance }",
    "{ only: 'vars.pin == \"1234\"', at: balance }",
    "{ never: balance, while: 'vars.pin != \"1234\"' }",
  ])("%s", (promise) => {
    expect(found(menu(promise))).toEqual([]);
  });
});

describe("a promise that is broken has the shortest call that breaks it", () => {
  test.each([
    ["{ reach: balance, within: { answers: 1 } }", " → menu; from there it takes at least 2 answers and"],
    [
      "{ reach: desk, from: menu, within: { seconds: 5 } }",
      " → menu; from there it takes at least 0 answers and",
    ],
    [
      "{ reach: notice, from: night, while: '!isOpen(\"office\")' }",
      "office closed; key 0; no-answer → night; there is no way from there",
    ],
    ["never: message", "key 2 → message"],
    ["never: apology", "silence, 20 questions in a row → apology"],
    ["never: hangup", "office closed; key 0; no-answer → hangup"],
    ["{ always: balance, before: desk }", "key 0 → desk"],
    ["{ only: '!vars.known', at: balance }", "key 1; keys 1234 → balance"],
    [`{ only: 'isOpen("office")', at: night }`, "office closed; key 0; no-answer → night"],
  ])("%s", (promise, call) => {
    expect(found(menu(promise)).join("\n")).toContain(call);
  });
});

test.each([
  ["digits", "input.digits == '3'", "key 3"],
  ["digits in a range", "input.digits != '' && int(input.digits) < 3", "key 2"],
  ["words", "input.speech == 'later'", 'says "later"'],
])("what a condition compares with the caller's last %s is tried at each question", (_, condition, event) => {
  const flow = yaml`
    variables:
      n: { type: string }
    promises:
      - { never: again, while: "${condition}" }
    steps:
      ask: { gather: { prompt: Please say something., input: dtmf speech, save: n, numDigits: 1, otherwise: again }, next: again }
      again: { say: Again., next: ask }
  `;
  expect(found(flow)).toEqual([expect.stringContaining(`${event} → again`)]);
});

test("a call that ends with a conversation is not hung up on", () => {
  const desk = (next: string): string =>
    `promises:\n  - never: hangup\nsteps:\n  desk: { dial: { to: "+14155550100", status: { else: desk } }, next: ${next} }\n`;
  expect(found(desk("hangup"))).toEqual([]);
  const survey =
    "  survey: { gather: { prompt: How was it? Press 1 or 2., choices: { 1-2: hangup }, otherwise: desk } }\n";
  expect(found(desk("survey") + survey).join()).toContain("answered; key 1 → hangup");
});

test("several promises are decided together as each by itself", () => {
  const all = [
    "never: message",
    "{ always: balance, before: desk }",
    "{ only: '!vars.known', at: balance }",
    "never: apology",
  ];
  expect(found(menu(...all))).toEqual(all.flatMap((one) => found(menu(one))));
});

test("a finding says why, and is at the promise", () => {
  const text = menu("{ never: message, because: nobody listens to messages }");
  const { flows } = build([{ path: "flows/main.yaml", text }]);
  const { findings } = checkPromises(flows, () => ({ now: NOW, ...UNTIMED }));
  expect(findings.map(({ span, hint }) => [text.slice(span.start, span.end), hint])).toEqual([
    ["never", "because nobody listens to messages"],
  ]);
});

test("a bound that is hit is said", () => {
  expect(found(menu("{ never: balance, while: false }"), {}, { mostNodes: 3 })).toEqual([
    'promise-undecided: "never balance, while false" is undecided: 3 states were explored, and there are more',
  ]);
});

test("what is refuted within a bound is refuted", () => {
  expect(found(menu("never: desk"), {}, { mostNodes: 3 })).toEqual([expect.stringContaining("key 0 → desk")]);
});

describe("parts", () => {
  const identify = (promises = ""): string =>
    yaml`
    gives: [ok]
    variables:
      ok: { type: bool }
      pin: { type: string }
    steps:
      ask: { gather: { prompt: Your PIN?, numDigits: 4, save: pin, otherwise: give-up }, next: check }
      check:
        branch:
          - { when: vars.pin == "1234", next: right }
          - next: return
      right:
        set: { ok: true }
        next: return
      give-up: { hangup: Goodbye. }
  ` + promises;
  const main = (...promises: string[]): string =>
    yaml`
    hours:
      office: { timezone: America/New_York, open: { mon-fri: 08:00-18:00 } }
    variables:
      ok: { type: bool }
      tier: { type: string, default: none }
    steps:
      first:
        gather:
          prompt: For gold, press 1. For silver, press 2.
          choices: { 1: gold, 2: silver }
          otherwise: silver
      gold: { set: { tier: gold }, next: who }
      silver: { set: { tier: silver }, next: who }
      who: { run: { flow: identify, save: { ok: ok } }, next: after }
      after:
        branch:
          - { when: vars.ok, next: balance }
          - next: hangup
      balance: { say: Your balance is 20 dollars., next: hangup }
  ` + (promises.length > 0 ? `promises:\n${promises.map((one) => `  - ${one}\n`).join("")}` : "");

  test.each([
    "{ always: identify.ask, before: balance }",
    "{ always: first, before: identify.ask }",
    "{ always: identify.right, before: balance }",
    "{ only: 'vars.tier != \"none\"', at: identify.ask }",
    "{ never: identify.right, while: vars.tier == 'none' }",
    "{ only: vars.ok, at: balance }",
    "{ reach: balance, from: identify.ask, within: { answers: 1 } }",
    "{ never: hangup, while: vars.tier == 'none' }",
  ])("kept: %s", (promise) => {
    expect(found(main(promise), { identify: identify() })).toEqual([]);
  });

  test.each([
    ["{ only: 'vars.tier == \"gold\"', at: identify.ask }", "key 2 → identify.ask"],
    ["{ never: identify.right, while: vars.tier == 'silver' }", "key 2; keys 1234 → identify.right"],
    [`{ never: hangup, while: 'vars.tier == "gold" && isOpen("office")' }`, "office open; key 1; "],
    ["{ always: balance, before: hangup }", "→ hangup"],
    ["{ always: identify.right, before: identify.give-up }", "→ identify.give-up"],
  ])("broken: %s", (promise, call) => {
    expect(found(main(promise), { identify: identify() }).join("\n")).toContain(call);
  });

  test("a part has promises of its own, which the calls of the flows that run it decide", () => {
    const promises = "promises:\n  - { only: 'vars.pin != \"\"', at: right }\n  - never: hangup\n";
    expect(found(main(), { identify: identify(promises) })).toEqual([
      expect.stringMatching(/^promise-broken: a call breaks "never hangup".*→ hangup$/),
    ]);
  });

  test("nothing decides a part's promises if no flow runs it", () => {
    expect(
      found("steps:\n  bye: { hangup: Goodbye. }\n", {
        identify: identify("promises:\n  - never: hangup\n"),
      }),
    ).toEqual(['promise-undecided: "never hangup" is undecided: no flow runs "identify"']);
  });
});

describe("a finding's example", () => {
  test.each(promiseFindings.map((doc) => [doc.code, doc]))("%s", (code, { bad, good }) => {
    if (bad !== undefined) expect(found(bad)).toEqual([expect.stringContaining(code)]);
    expect(found(good)).toEqual([]);
  });
});

test("a failure without a handler comes to the apology, and a condition is read there", () => {
  const steps = yaml`
    variables:
      n: { type: int }
      share: { type: int }
    steps:
      ask: { gather: { prompt: A digit?, numDigits: 1, save: n, otherwise: share }, next: share }
      share: { set: { share: "{{ 10 / vars.n }}" }, next: hangup }
  `;
  const flow = (promise: string): string => `${steps}promises:\n  - ${promise}\n`;
  expect(found(flow("never: apology"))).toEqual([expect.stringMatching(/→ apology$/)]);
  expect(found(flow("{ never: apology, while: vars.n > 0 }"))).toEqual([]);
});

test("values that a flow computes with are not all tried, which is said", () => {
  const flow = `variables:
  pin: { type: string }
  again: { type: string }
promises:
  - never: twice
steps:
  ask: { gather: { prompt: Your PIN?, numDigits: 4, save: pin, otherwise: hangup }, next: repeat-it }
  repeat-it: { gather: { prompt: Again?, numDigits: 4, save: again, otherwise: hangup }, next: compare }
  compare:
    branch:
      - { when: "vars.pin == '12' + vars.again", next: twice }
      - next: hangup
  twice: { hangup: Thank you. }
`;
  expect(found(flow)).toEqual([
    'promise-undecided: "never twice" is undecided: the flow computes with what comes back to "ask" and what comes back to "repeat-it", and not every value was tried',
  ]);
});

test("a caller who stays silent forever comes to the apology, or to onError", () => {
  const flow = (settings: string): string => `${settings}
steps:
  menu: { gather: { prompt: For a person press 1., choices: { 1: hangup }, otherwise: other } }
  other: { gather: { prompt: For a machine press 2., choices: { 2: hangup }, otherwise: menu } }
  sorry: { hangup: We cannot hear you. }
`;
  expect(found(flow("promises:\n  - never: apology"))).toEqual([
    expect.stringMatching(/silence, 20 questions in a row → apology$/),
  ]);
  expect(found(flow("onError: sorry\npromises:\n  - never: apology"))).toEqual([]);
  expect(found(flow("onError: sorry\npromises:\n  - never: sorry"))).toEqual([
    expect.stringMatching(/silence, 20 questions in a row → sorry$/),
  ]);
});

describe("text conversations are not explored:", () => {
  const flow = (promise: string): string[] =>
    found(yaml`
      onMessage: ask
      promises:
        - ${promise}
      steps:
        start: { say: Hello., next: noted }
        noted: { say: One moment., next: bye }
        bye: { hangup: Goodbye. }
        ask:
          ask: { prompt: EN or DE?, choices: { EN: thanks, DE: thanks }, otherwise: closed }
        thanks: { sms: { body: Thank you. }, next: return }
        closed: { sms: { body: Goodbye. }, next: return }
    `);
  const why = (steps: string): string =>
    `only text messages come to "${steps}", and text conversations are not explored`;

  test.each([
    ["never: closed", "closed"],
    ["never: sms", 'thanks", "closed'],
    ["{ always: ask, before: thanks }", "thanks"],
    ["{ only: caller.verified, at: thanks }", "thanks"],
    ["{ reach: thanks, from: ask }", "ask"],
  ])("%s is undecided", (promise, steps) => {
    expect(flow(promise)).toEqual([expect.stringContaining(`is undecided: ${why(steps)}`)]);
  });

  test.each(["never: [closed, apology]", "{ always: start, before: bye }"])(
    "%s is kept by calls",
    (promise) => {
      expect(flow(promise)).toEqual([]);
    },
  );
});
