/** Exploring small flows: the events that can come, where they lead, and which calls are one. */
import { describe, expect, test } from "vitest";
import { explored, type programOf, told } from "./support.ts";

const BYE = "  bye: { hangup: Goodbye. }\n";

const FLOWS: readonly [what: string, flow: Parameters<typeof programOf>[0], ways: string[]][] = [
  [
    "a menu that is heard again: a key for each choice, one other, silence",
    `steps:
  menu:
    gather:
      prompt: For sales, press 1. To hear this again, press star.
      choices: { 1: bye, "*": repeat }
      attempts: 1
      otherwise: bye
${BYE}`,
    [
      "calls → menu",
      "menu: key 1 → hangup",
      "menu: key * → menu",
      "menu: key 9 → hangup",
      "menu: silence → hangup",
    ],
  ],
  [
    "attempts that bound a question",
    `steps:
  menu:
    gather: { prompt: Press 1., choices: { 1: bye }, attempts: 2, noMatch: Try again., otherwise: lost }
  lost: { hangup: Nothing was pressed. }
${BYE}`,
    [
      "calls → menu",
      "menu: key 1 → hangup",
      "menu: key 9 → menu",
      "menu: silence → menu",
      "menu: key 9 → hangup",
      "menu: silence → hangup",
    ],
  ],
  [
    "words: a phrase for each choice",
    `steps:
  menu:
    gather:
      prompt: Sales or support?
      input: speech
      choices: { 1: { next: bye, speech: [sales, buy] }, 2: { next: bye, speech: [support] } }
      attempts: 1
      otherwise: bye
${BYE}`,
    [
      "calls → menu",
      'menu: says "sales" → hangup',
      'menu: says "support" → hangup',
      'menu: says "1" → hangup',
      'menu: says "2" → hangup',
      'menu: says "9" → hangup',
      'menu: says "something else" → hangup',
      "menu: silence → hangup",
    ],
  ],
  [
    "the outcomes of a dial, and a message",
    `destinations: { desk: +14155550100 }
variables: { message: { type: recording } }
steps:
  ring:
    dial: { to: desk, status: { busy: record, else: bye } }
    next: hangup
  record:
    record: { prompt: Please leave a message., save: message, empty: bye }
    next: bye
${BYE}`,
    [
      "calls → ring",
      "ring: answered → hangup",
      "ring: no-answer → hangup",
      "ring: busy → record",
      "ring: failed → hangup",
      "record: a message of 20 s → hangup",
      "record: no message → hangup",
    ],
  ],
  [
    "a dial with a question to the called person",
    `destinations: { desk: +14155550100 }
steps:
  ring:
    dial: { to: desk, whisper: A call. Press 1 to take it., accept: 1, status: { else: bye } }
    next: hangup
${BYE}`,
    [
      "calls → ring",
      "ring: answered → hangup",
      "ring: declined → hangup",
      "ring: no-answer → hangup",
      "ring: busy → hangup",
      "ring: failed → hangup",
    ],
  ],
  [
    "what is entered takes each side of a later comparison",
    `variables: { unit: { type: int } }
steps:
  ask:
    gather: { prompt: Which unit?, save: unit, numDigits: 2, attempts: 1, otherwise: bye }
    next: check
  check:
    branch:
      - { when: vars.unit > 40, next: high }
      - next: bye
  high: { gather: { prompt: Press 1., choices: { 1: bye }, attempts: 1, otherwise: bye } }
${BYE}`,
    [
      "calls → ask",
      "ask: keys 39 → hangup",
      "ask: keys 40 → hangup",
      "ask: keys 41 → high",
      "ask: keys 99 → high",
      "ask: silence → hangup",
      "high: key 1 → hangup",
      "high: key 9 → hangup",
      "high: silence → hangup",
    ],
  ],
  [
    "the answers of a service that the flow tells apart",
    `variables: { state: { type: string } }
steps:
  look:
    request:
      url: https://shop.example.com/orders
      save: { state: status }
      status: { 404: bye, else: bye }
    next: check
  check:
    branch:
      - { when: 'vars.state == "sent"', next: sent }
      - next: bye
  sent: { gather: { prompt: Press 1., choices: { 1: bye }, attempts: 1, otherwise: bye } }
${BYE}`,
    [
      "calls [200, status something else] → hangup",
      "calls [200, status sent] → sent",
      "calls [200, an empty body] → hangup",
      "calls [500] → hangup",
      "calls [404] → hangup",
      "calls [timeout] → hangup",
      "sent: key 1 → hangup",
      "sent: key 9 → hangup",
      "sent: silence → hangup",
    ],
  ],
  [
    "a part, which returns to the flow that runs it",
    {
      desk: `steps:
  ask: { run: { flow: check, with: { sure: really } }, next: bye }
${BYE}`,
      check: `takes: [sure]
variables: { sure: { type: string } }
steps:
  sure:
    gather: { prompt: Press 1., choices: { 1: return }, attempts: 1, otherwise: return }
`,
    },
    [
      "calls → check.sure",
      "check.sure: key 1 → hangup",
      "check.sure: key 9 → hangup",
      "check.sure: silence → hangup",
    ],
  ],
];

test.each(FLOWS)("%s", (_, flow, ways) => {
  const exploration = explored(flow);
  expect(exploration.cut).toEqual([]);
  expect(told(exploration)).toEqual(ways);
});

test("a queue ends as Twilio reports it, or by what the caller does meanwhile", () => {
  const ways = told(
    explored(`steps:
  hold:
    enqueue: { queue: desk, wait: { step: waiting }, status: { leave: called-back, else: bye } }
    next: hangup
  waiting:
    gather: { prompt: "To be called back, press 1.", choices: { 1: let-go }, attempts: 1, otherwise: return }
  let-go:
    leave:
  called-back: { hangup: We call you back. }
${BYE}`),
  );
  expect(ways).toContain("hold: bridged → hangup");
  expect(ways).toContain("hold: queue-full → hangup");
  expect(ways).toContain("hold: while waiting: key 1 → hangup");
  expect(ways).toContain("hold: while waiting: key 9 → hold");
});

describe("the moments of calls", () => {
  const HOURS = `hours:
  office: { timezone: America/New_York, open: { mon-fri: "08:00-18:00" }, closed: [12-25] }
steps:
  opening:
    branch:
      - { when: isOpen("office"), next: bye }
      - { when: holiday("office"), next: feast }
      - next: shut
  feast: { hangup: It is a holiday. }
  shut: { hangup: We are closed. }
${BYE}`;

  test("are one for each combination of open hours and holidays", () => {
    const { begins, edges } = explored(HOURS);
    expect(begins.map(({ label }) => label).sort()).toEqual([
      "office closed",
      "office closed on a holiday",
      "office open",
    ]);
    expect(edges.map(({ path }) => path[1]).sort()).toEqual(["bye", "feast", "shut"]);
  });

  test("are on each side of a time of day, a weekday and a date that the clock is compared with", () => {
    const { begins, edges } = explored(`timezone: America/New_York
steps:
  greet:
    branch:
      - { when: now().hour < 12, next: morning }
      - { when: now().weekday == 0, next: sunday }
      - { when: 'today() == "2026-12-24"', next: eve }
      - next: bye
  morning: { hangup: Good morning. }
  sunday: { hangup: Have a nice Sunday. }
  eve: { hangup: Merry Christmas. }
${BYE}`);
    expect(new Set(edges.map(({ path }) => path[1]))).toEqual(new Set(["morning", "sunday", "eve", "bye"]));
    expect(begins.map(({ label }) => label)).toContain("from 12:00, from 13:00, not on Sun, on 2026-12-24");
  });

  test("are one if no hours are read, and a flow that reads the clock itself is said not to be explored whole", () => {
    expect(explored(`steps:\n${BYE}`).begins).toHaveLength(1);
    const { cut } = explored(
      `timezone: America/New_York\nsteps:\n  tell: { say: "It is {{ now().hour }}.", next: bye }\n${BYE}`,
    );
    expect(cut.map(({ what }) => what)).toEqual(["clock"]);
  });
});

describe("what is known before a call", () => {
  test("persistent variables take each side that the flow tells apart", () => {
    const { begins } = explored(`variables: { greeting: { type: string, keep: flow } }
steps:
  look:
    branch:
      - { when: 'vars.greeting == "closed"', next: bye }
      - next: bye
${BYE}`);
    expect(begins.map(({ label }) => label)).toEqual(["", "greeting something else", "greeting closed"]);
  });

  test("a hidden number, if the flow looks at the number", () => {
    const { begins } = explored(`steps:
  look:
    branch:
      - { when: caller.hidden, next: bye }
      - next: bye
${BYE}`);
    expect(begins.map(({ label }) => label)).toEqual(["", "a hidden number"]);
  });
});

describe("calls that are one", () => {
  const COUNTED = (spoken: string): string => `variables: { unit: { type: string } }
steps:
  ask:
    gather: { prompt: Which unit?, choices: { 1: tell, 2: tell }, save: unit, attempts: 1, otherwise: tell }
  tell:
    gather: { prompt: "${spoken}", choices: { 1: bye }, attempts: 1, otherwise: bye }
${BYE}`;

  test("differ in nothing that is read later", () => {
    const waiting = ({ nodes }: ReturnType<typeof explored>): number =>
      nodes.filter(({ place }) => place?.step === "tell").length;
    expect(waiting(explored(COUNTED("Press 1.")))).toBe(1);
    // What is only spoken is empty or not.
    const spoken = COUNTED("Press 1.").replace("Goodbye.", '"Goodbye, {{ vars.unit }}."');
    expect(waiting(explored(spoken))).toBe(2);
  });

  test("are few in a flow with many questions", () => {
    const questions = Array.from({ length: 12 }, (_, at) => {
      const next = at === 11 ? "bye" : `q${at + 1}`;
      return `  q${at}: { gather: { prompt: Press 1., choices: { 1: ${next} }, noMatch: Again., otherwise: ${next} } }\n`;
    });
    const { nodes } = explored(`steps:\n${questions.join("")}${BYE}`);
    // Three attempts each, and the ends.
    expect(nodes.filter(({ ended }) => !ended)).toHaveLength(36);
  });
});

describe("bounds", () => {
  const COUNTER = `variables: { tries: { type: int, default: 0 } }
steps:
  menu:
    gather: { prompt: Press 1., choices: { 1: count, 2: stop }, attempts: 1, otherwise: stop }
  count: { set: { tries: "{{ vars.tries + 1 }}" }, next: menu }
  stop:
    branch:
      - { when: vars.tries > 100000, next: bye }
      - next: bye
${BYE}`;

  test.each([
    ["states", { mostNodes: 50 }, "nodes"],
    ["answers", { mostAnswers: 20 }, "answers"],
    ["time", { mostMilliseconds: 0 }, "milliseconds"],
  ])("a bound of %s that is hit is said", (_, options, what) => {
    expect(explored(COUNTER, options).cut.map((cut) => cut.what)).toEqual([what]);
  });

  test("too many beginnings are explored one change at a time, which is said", () => {
    const variables = Array.from({ length: 8 }, (_, at) => `  v${at}: { type: bool, keep: flow }\n`).join("");
    const cases = Array.from({ length: 8 }, (_, at) => `      - { when: vars.v${at}, next: bye }\n`).join("");
    const { begins, cut } = explored(
      `variables:\n${variables}steps:\n  look:\n    branch:\n${cases}      - next: bye\n${BYE}`,
    );
    expect(begins).toHaveLength(9);
    expect(cut.map(({ what }) => what)).toEqual(["begins"]);
  });
});

test("the same program gives the same exploration", () => {
  const flow = FLOWS[1]?.[1] ?? "";
  expect(explored(flow).edges).toEqual(explored(flow).edges);
});
