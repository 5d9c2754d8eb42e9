/** The world around a scenario's calls: services, text messages, secrets, environment variables, audio files. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, test } from "vitest";
import { testFolder } from "./test-folder.ts";

const { folder, run } = testFolder();

describe("services and text messages in a scenario", () => {
  const { folder, run } = testFolder();
  const CRM = `
variables:
  name: { type: string }
steps:
  look-up:
    request:
      url: https://crm.example.com/callers/{{ caller.number }}
      json: { who: "{{ caller.number }}" }
      save: { name: name }
      status: { timeout: slow, else: bye }
    next: note
  note:
    sms: { body: "Welcome {{ vars.name }}" }
    next: greet
  greet: { hangup: "Hello {{ vars.name }}." }
  slow: { hangup: It takes too long. }
  bye: { hangup: Goodbye. }
`;
  const answers = "requests:\n  https://crm.example.com/*: [{ json: { name: Ada } }, { status: timeout }]\n";
  const calls = (script: string): string =>
    `flow: crm\n${answers}scenarios:\n  - name: a\n    script:\n${script}`;
  beforeAll(() => writeFile(join(folder, "crm.yaml"), CRM));

  it("gets the written responses, and what was sent is checked", async () => {
    const script =
      "      - request: https://crm.example.com/*\n        json: { who: +14155550111 }\n      - sms: welcome ada\n        to: +14155550111\n      - hear: Hello Ada\n      - end\n";
    expect(await run(calls(script))).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it.each([
    [
      "a request that was not sent",
      "      - request: https://other.example.com/*\n",
      "no such request was sent",
    ],
    [
      "a body that differs",
      "      - request: https://crm.example.com/*\n        json: { who: me }\n",
      'not {"who":"me"}',
    ],
    ["a message that says something else", "      - sms: Goodbye\n", 'The text message says "Welcome Ada"'],
    [
      "a message to somebody else",
      "      - sms: Welcome\n        to: +14155550199\n",
      "goes to +14155550111",
    ],
  ])("reports %s", async (_what, script, message) => {
    const [code, printed] = await run(calls(script));
    expect(code).toBe(1);
    expect(printed).toContain(message);
  });

  it("reports a service for which the test has no response", async () => {
    const [, printed] = await run(
      calls("      - hear: Goodbye\n").replace("crm.example.com/*", "nobody.example.com/*"),
    );
    expect(printed).toContain("the test has no answer for it under `requests`");
  });
});

describe("an outbound call in a scenario", () => {
  const { folder, run } = testFolder();
  const REMINDER = `
variables:
  calls: { type: int, keep: caller }
steps:
  count:
    set: { calls: "{{ vars.calls + 1 }}" }
    next: who
  who:
    branch:
      - { when: 'call.answeredBy == "machine_start"', next: leave-word }
      - next: remind
  remind:
    say: "Call {{ vars.calls }} to {{ caller.city }}, {{ call.direction }}."
    next: text
  text:
    sms: { body: "See you tomorrow, from {{ call.number }}." }
    next: hangup
  leave-word: { hangup: Please call back. }
`;
  beforeAll(() => writeFile(join(folder, "reminder.yaml"), REMINDER));

  it("is one to the person, whose memory it has and who gets the message", async () => {
    const [code, printed] = await run(`
flow: reminder
scenarios:
  - name: a person
    direction: outbound
    to: +14155550133
    kept: { calls: 6 }
    caller: { city: Oakland, attestation: B }
    script:
      - hear: Call 7 to Oakland, outbound-api
      - sms: from +14155550100
        to: +14155550133
      - end
  - name: a machine
    direction: outbound
    answeredBy: machine_start
    script:
      - hear: Please call back
      - no sms
      - end
`);
    expect([code, printed]).toEqual([0, expect.stringContaining("2 of 2")]);
  });
});

describe("a call that no one answers in a scenario", () => {
  const { folder, run } = testFolder();
  const NOTICE = `
allow: [US]
onUnanswered:
  step: missed
  retry: { after: [10m, 2h] }
steps:
  greet: { say: It is late., next: hangup }
  missed:
    sms: { body: We could not reach you., delivered: arrived }
    next: return
  arrived:
    sms: { to: +14155550177, body: They know. }
    next: return
`;
  beforeAll(() => writeFile(join(folder, "notice.yaml"), NOTICE));
  const calls = (...script: string[]): string =>
    `flow: notice\nscenarios:\n  - name: a\n    unanswered: no-answer\n    script:\n${script.map((line) => `      - ${line}\n`).join("")}`;

  it.each([
    ["is placed again and answered", ["no sms", "retry: 10m", "hear: It is late", "end"]],
    [
      "is placed until the plan ends, and the report of the message follows",
      [
        "{ retry: 10m, unanswered: busy }",
        "{ retry: 120m, unanswered: failed }",
        "sms: could not reach you",
        "delivery: delivered",
        "sms: They know.",
      ],
    ],
    [
      "is the last of the plan without a `retry` line",
      ["sms: could not reach you", "delivery: failed", "no sms"],
    ],
  ])("%s", async (_, script) => {
    expect(await run(calls(...script))).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it.each([
    [["retry: 1h", "end"], "the flow calls again after 10 minutes, but the script has retry: 1h"],
    [
      ["{ retry: 10m, unanswered: busy }", "sms: reach"],
      "the flow calls again after 120 minutes, but the script has no `retry` here",
    ],
    [
      ["{ retry: 10m, unanswered: busy }", "{ retry: 2h, unanswered: busy }", "retry: 2h", "end"],
      "the flow does not call again, but the script has retry: 2h",
    ],
    [["delivery: delivered"], "no `sms` line comes before it"],
    [
      ["sms: reach", "delivery: delivered", "sms: They know", "delivery: delivered"],
      "it has no `delivered` or `undelivered`",
    ],
  ])("says what is wrong with %j", async (script, message) => {
    expect(await run(calls(...script))).toEqual([1, expect.stringContaining(message)]);
  });
});

describe("the answers of services", () => {
  const { folder, run } = testFolder();
  const ORDERS = `
variables:
  item: { type: string }
steps:
  menu:
    gather: { prompt: Press 1., choices: { 1: look-up }, otherwise: hangup }
  look-up:
    request: { url: https://api.example.com/orders/1, save: { item: item }, status: { else: bye } }
    next: greet
  greet: { hangup: "Your order is {{ vars.item }}." }
  bye: { hangup: Goodbye. }
`;
  beforeAll(() => writeFile(join(folder, "orders.yaml"), ORDERS));
  const GLOB = "https://api.example.com/*: [{ json: { item: tea } }]";
  const EXACT = "https://api.example.com/orders/1: [{ json: { item: milk } }]";
  const calls = (file: string, own: string, hear: string): string =>
    `flow: orders\nrequests: { ${file} }\nscenarios:\n  - name: a\n    requests: { ${own} }\n    script:\n      - press: 1\n      - hear: ${hear}\n      - end\n`;

  it.each([
    ["a scenario's own URL beats the file's glob", calls(GLOB, EXACT, "milk")],
    ["a scenario's own glob beats the file's URL", calls(EXACT, GLOB, "tea")],
    [
      "a scenario's own answer beats the file's for the same URL",
      calls(EXACT.replace("milk", "rye"), EXACT, "milk"),
    ],
    [
      "an exact URL beats a glob before it",
      calls(`${GLOB}, ${EXACT}`, "https://other.example.com: [{}]", "milk"),
    ],
  ])("%s", async (_, content) => {
    expect(await run(content)).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it("that are missing are reported at the line that led to the request, before what followed", async () => {
    const [code, printed] = await run(
      calls(EXACT.replace("orders", "others"), EXACT.replace("orders", "others"), "milk"),
    );
    expect(code).toBe(1);
    expect(printed).toMatch(
      /desk\.test\.yaml:7:9 error call-differs: "a": The flow requests .*orders\/1, but the test has no answer/,
    );
  });
});

it("passes a scenario's parameters along, in the query or as SIP headers", async () => {
  const flow = `
takes: [dept, account]
variables:
  dept: { type: string }
  account: { type: string }
steps:
  tell: { hangup: "{{ vars.dept }}, {{ vars.account }}." }
`;
  await writeFile(join(folder, "numbers.yaml"), flow);
  const calls =
    "flow: numbers\nscenarios:\n  - name: a\n    parameters: { dept: R & D, SipHeader_X-Account: 0042 }\n    script:\n      - hear: R & D, 0042\n      - end\n";
  expect(await run(calls)).toEqual([0, expect.stringContaining("1 of 1")]);
});

describe("secrets in a test file", () => {
  const { folder, run } = testFolder();
  const STAFF = `
steps:
  pin:
    gather: { prompt: Your PIN please., save: pin, numDigits: 4, otherwise: refused }
    next: check
  check:
    branch:
      - when: secrets.STAFF_PIN == vars.pin
        next: welcome
      - next: refused
  welcome: { hangup: Welcome. }
  refused: { hangup: Goodbye. }
`;
  beforeAll(() => writeFile(join(folder, "staff.yaml"), STAFF));
  const calls = (own = ""): string =>
    `flow: staff\nsecrets: { STAFF_PIN: 0042 }\nscenarios:\n  - name: a\n${own}    script:\n      - press: "0042"\n      - hear: Welcome\n      - end\n`;

  it("are used in calls as they are written", async () => {
    expect(await run(calls())).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it("can be overridden by a scenario", async () => {
    const [code, printed] = await run(calls("    secrets: { STAFF_PIN: 4711 }\n"));
    expect(code).toBe(1);
    expect(printed).toContain("Goodbye.");
  });
});

describe("environment variables in a test file", () => {
  const { folder, run } = testFolder();
  const BOSS = `
onHangup: gone
destinations:
  boss: { env: BOSS_NUMBER }
steps:
  ring:
    dial: { to: boss, status: { else: bye } }
    next: ask
  ask:
    gather: { prompt: Was that all?, choices: { 1: bye }, otherwise: bye }
  bye: { hangup: Goodbye. }
  gone:
    sms: { to: boss, body: The caller has gone. }
    next: return
`;
  beforeAll(() => writeFile(join(folder, "boss.yaml"), BOSS));
  const calls = (script: string, env = "env: { BOSS_NUMBER: +14155550199 }\n"): string =>
    `flow: boss\n${env}scenarios:\n  - name: a\n    script:\n${script}`;

  it("are the numbers of destinations, also by name", async () => {
    const script =
      "      - dial: boss\n      - hear: was that all\n      - hangup\n      - sms: has gone\n        to: boss\n";
    expect(await run(calls(script))).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it("that are unset leave a message without a receiver, which is not sent, and the report says so", async () => {
    await writeFile(
      join(folder, "unset.yaml"),
      "destinations:\n  boss: { env: BOSS_NUMBER }\nsteps:\n  tell:\n    sms: { to: boss, body: Gone. }\n    next: hangup\n",
    );
    const script = "      - sms: gone\n        to: boss\n      - end\n";
    const [code, printed] = await run(calls(script, "").replace("flow: boss", "flow: unset"));
    expect(code).toBe(1);
    expect(printed).toContain("no text message was sent. One without a receiver");
  });

  it("lets the caller hang up while the two talk", async () => {
    const script =
      "      - dial: boss\n        ends: caller\n      - sms: has gone\n      - no sms\n      - no request\n";
    const [code, printed] = await run(calls(script), { verbose: true });
    expect(code).toBe(0);
    expect(printed).toContain("the caller hung up");
  });

  it("reports a message that the script says was not sent", async () => {
    const [code, printed] = await run(calls("      - dial: boss\n        ends: caller\n      - no sms\n"));
    expect(code).toBe(1);
    expect(printed).toContain(
      "The script says no sms, but this was sent: text message to +14155550199: The caller has gone.",
    );
  });

  it("says what the call does while the script waits to hear something else", async () => {
    const [, printed] = await run(calls("      - hear: Hello\n"));
    expect(printed).toContain("which was not heard. The call is ringing +14155550199.");
  });
});

test("a called phone hears a file by its name", async () => {
  const WAVE = new URL("../../src/cli/templates/audio/hold.mp3", import.meta.url);
  await mkdir(join(folder, "audio"), { recursive: true });
  await writeFile(join(folder, "audio/whisper.mp3"), await readFile(WAVE));
  await writeFile(
    join(folder, "rung.yaml"),
    "steps:\n  ring:\n    dial: { to: +14155550100, whisper: { play: audio/whisper.mp3 }, status: { else: hangup } }\n    next: hangup\n",
  );
  const script = "      - dial: +14155550100\n        callee: [hears: whisper.mp3]\n      - end\n";
  const [code, printed] = await run(`flow: rung\nscenarios:\n  - name: a\n    script:\n${script}`);
  expect(code, printed).toBe(0);
});

describe("what came of a dial in a scenario", () => {
  const { folder, run } = testFolder();
  const TEAM = `
destinations:
  ada: +14155550101
  bob: { client: bob }
  oncall: [ada, bob]
steps:
  ring:
    dial:
      to: oncall
      whisper: A call for the team.
      accept: 1
      record: record-from-answer
      save: { who: name, at: number, outcome: status, talked: seconds, tape: recording }
      status: { else: over }
    next: over
  over:
    hangup: "{{ vars.who }} {{ vars.outcome }}, {{ vars.tape.seconds }} seconds recorded."
`;
  const calls = (script: string, expected: string): string =>
    `flow: team\nscenarios:\n  - name: a\n    expect: ${expected}\n    script: ${script}`;
  beforeAll(() => writeFile(join(folder, "team.yaml"), TEAM));

  test.each([
    [
      "is there after the one of several who picks up has talked for so long",
      "[{ dial: bob, callee: [presses: 1], seconds: 95 }, hear: bob completed, hear: 95 seconds, end]",
      "{ who: bob, at: bob, outcome: completed }",
    ],
    [
      "names who declines",
      "[{ dial: ada, callee: [hears: A call], status: declined }, hear: ada declined, end]",
      '{ who: ada, at: "+14155550101", outcome: declined }',
    ],
    [
      "names nobody if nobody picks up",
      "[{ dial: ada, status: no-answer }, hear: no-answer, end]",
      '{ who: "", at: "", outcome: no-answer, talked: 0 }',
    ],
  ])("%s", async (_what, script, expected) => {
    expect(await run(calls(script, expected))).toEqual([0, expect.stringContaining("1 of 1")]);
  });
});

describe("another application in a scenario", () => {
  const { folder, run } = testFolder();
  const SURVEY = `
variables:
  score: { type: int }
steps:
  survey:
    redirect: { url: "https://example.com/survey?lang=en", back: thanks, save: { score: score } }
  thanks: { hangup: "{{ vars.score }} points." }
`;
  const calls = (text: string): string =>
    `flow: survey\nrequests: { https://example.com/*: [{ text: '${text}' }] }\nscenarios:\n  - name: a\n    script: [hear: Rate us, hear: 4 points, end]`;
  beforeAll(() => writeFile(join(folder, "survey.yaml"), SURVEY));

  test("speaks, and sends the call back by the URL that it got", async () => {
    const text = "<Response><Say>Rate us.</Say><Redirect>{{ back }}&amp;score=4</Redirect></Response>";
    expect(await run(calls(text))).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  test("keeps a call that it does not send back", async () => {
    const [code, printed] = await run(calls("<Response><Say>Rate us.</Say></Response>"));
    expect(code).toBe(1);
    expect(printed).toContain("4 points");
  });
});

test("a call that a machine's verdict has moved hangs up with what it has set since then", async () => {
  const flow = `
allow: [US]
onMachine: word
onHangup: gone
variables:
  who: { type: string, default: human }
steps:
  one: { gather: { prompt: Press 1., choices: { 1: two }, otherwise: two } }
  two: { gather: { prompt: Press 2., choices: { 2: hangup }, otherwise: hangup } }
  word: { set: { who: machine }, next: tell }
  tell: { gather: { prompt: A message., choices: { 1: hangup }, otherwise: hangup } }
  gone: { sms: { to: +14155550177, body: "{{ vars.who }}" }, next: return }
`;
  await writeFile(join(folder, "moved.yaml"), flow);
  const script = ["press: 1", "hear: Press 2", "machine: machine_start", "hear: A message", "hangup"];
  const lines = [...script, "sms: machine"].map((line) => `      - ${line}\n`).join("");
  const calls = `flow: moved\nscenarios:\n  - name: a\n    direction: outbound\n    script:\n${lines}`;
  expect(await run(calls)).toEqual([0, expect.stringContaining("1 of 1")]);
});
