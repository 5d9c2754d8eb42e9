import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { test as runTests } from "../../src/cli/test.ts";
import { terminal } from "./folder.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringflow-"));
  await writeFile(join(folder, "desk.yaml"), DESK);
});
afterAll(() => rm(folder, { recursive: true }));

const DESK = `
variables:
  pin: { type: string }
steps:
  menu:
    gather:
      prompt: For sales, press 1. For a message, press 2.
      choices: { 1: sales, 2: message }
      attempts: 1
      otherwise: message
  sales:
    dial: { to: +14155550100, status: { else: message } }
    next: pin
  pin:
    gather: { prompt: Your code please., save: pin, numDigits: 2, otherwise: message }
    next: hangup
  message:
    hangup: Goodbye.
`;

const LEFT = `
onMessage: written
onHangup: left
variables:
  note: { type: string, keep: flow }
  gone: { type: int, keep: caller }
  code: { type: string }
steps:
  ask:
    gather: { prompt: Your code please., save: code, otherwise: hangup }
    next: hangup
  written:
    set: { note: "{{ message.body }}" }
    next: return
  left:
    set: { gone: "{{ vars.gone + 1 }}" }
    next: return
`;

const file = (scenarios: string): string => `flow: desk\nscenarios:\n${scenarios}`;
const SALES =
  "  - name: sales\n    script:\n      - press: 1\n      - dial: +14155550100\n      - press: 42\n      - end\n";

async function run(
  content: string,
  options: { coverage?: boolean; verbose?: boolean } = {},
): Promise<[number, string]> {
  await writeFile(join(folder, "desk.test.yaml"), content);
  let printed = "";
  const out = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  const code = await runTests([folder], { ...options, out });
  return [code, printed];
}

describe("ringflow test", () => {
  it("passes when every call goes as written", async () => {
    const [code, printed] = await run(file(SALES));
    expect(code).toBe(0);
    expect(printed).toContain("1 of 1 calls went as written");
  });

  it("knows what a text message or a hang-up has left for later calls", async () => {
    await writeFile(join(folder, "left.yaml"), LEFT);
    const [code, printed] = await run(
      `flow: left
scenarios:
  - name: written and hung up
    script:
      - text: closed
      - hear: Your code
      - hangup
    expect: { note: closed, gone: 1 }
`,
    );
    await rm(join(folder, "left.yaml"));
    expect(printed).not.toContain("at the end");
    expect(code).toBe(0);
  });

  it("shows the first step that did not hold, in the file, and what was heard", async () => {
    const [code, printed] = await run(
      file("  - name: nobody\n    script:\n      - press: 2\n      - hear: Welcome\n"),
    );
    expect(code).toBe(1);
    expect(printed).toContain("desk.test.yaml:6:9 error call-differs");
    expect(printed).toContain('"nobody": The script says hear: Welcome, and that is not what was heard.');
    expect(printed).toContain("Goodbye.");
    expect(printed).toContain("0 of 1 calls went as written");
  });

  it("tells what the call is doing when the script wants something else", async () => {
    const [, printed] = await run(file("  - name: early\n    script:\n      - dial: +14155550100\n"));
    expect(printed).toContain("The call is waiting for a key, and the script says dial: +14155550100.");
  });

  it("compares what variables hold at the end", async () => {
    expect((await run(file(`${SALES}    expect: { pin: "42" }\n`)))[0]).toBe(0);
    const [code, printed] = await run(file(`${SALES}    expect: { pin: "43" }\n`));
    expect(code).toBe(1);
    expect(printed).toContain('pin is "42" at the end, not "43".');
    expect((await run(file(`${SALES}    expect: { pine: "43" }\n`)))[1]).toContain(
      "the flow has no such variable",
    );
  });

  it("names the exits that no test takes", async () => {
    const [code, printed] = await run(file(SALES), { coverage: true });
    expect(code).toBe(1);
    expect(printed).toContain("desk: 3 of 6 exits are taken by a test.");
    expect(printed).toContain("    menu (key 2, otherwise) → message");
    expect(printed).toContain("    sales (else) → message");
    expect(printed).not.toContain("    menu (key 1)");
  });

  it.each([
    [
      "a flow that is not there",
      "flow: dest\nscenarios:\n  - name: a\n    script: [end]\n",
      'no flow is called "dest"; did you mean "desk"?',
    ],
    [
      "a step that there is not",
      file("  - name: a\n    script:\n      - pres: 1\n"),
      "did you mean `press`?",
    ],
    [
      "an outcome that there is not",
      file("  - name: a\n    script:\n      - { dial: x, status: bussy }\n"),
      "did you mean busy?",
    ],
    [
      "a moment without its offset",
      file("  - name: a\n    at: 2026-11-23T12:00:00\n    script: [end]\n"),
      "a moment with its offset",
    ],
  ])("reports %s", async (_what, content, message) => {
    const [code, printed] = await run(content);
    expect(code).toBe(1);
    expect(printed).toContain(message);
  });
});

describe("who calls in a scenario", () => {
  const GREETING =
    'steps:\n  bye:\n    hangup: "Hello {{ caller.name }} of {{ caller.city }}, {{ caller.country }}, {{ caller.verified }}."\n';
  beforeAll(() => writeFile(join(folder, "who.yaml"), GREETING));
  const call = (who: string, hears: string): string =>
    `flow: who\nscenarios:\n  - name: a\n${who}    script: [{ hear: "${hears}" }, end]\n`;

  it.each([
    ["nobody is known", "", "Hello of , , false."],
    [
      "is known as the carrier knows them",
      "    caller: { name: Ada, city: Boston, country: US, verified: true }\n",
      "Hello Ada of Boston, US, true.",
    ],
  ])("%s", async (_what, who, hears) => {
    expect(await run(call(who, hears))).toEqual([0, expect.stringContaining("1 of 1")]);
  });
});

describe("services and text messages in a scenario", () => {
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

  it("answers as written, and sees what was sent", async () => {
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
  ])("tells %s", async (_what, script, message) => {
    const [code, printed] = await run(calls(script));
    expect(code).toBe(1);
    expect(printed).toContain(message);
  });

  it("knows the flows beside a test file that is named by itself", async () => {
    const path = join(folder, "desk.test.yaml");
    await writeFile(path, file(SALES));
    const { out, read } = terminal();
    expect(await runTests([path], { out }), read()).toBe(0);
  });

  it("calls an exit of a condition by it", async () => {
    await writeFile(
      join(folder, "decide.yaml"),
      "steps:\n  decide:\n    branch:\n      - when: caller.verified\n        next: known\n      - next: hangup\n  known: { hangup: Hello. }\n",
    );
    const [, printed] = await run("flow: decide\nscenarios: [{ name: a, script: [end] }]\n", {
      coverage: true,
    });
    expect(printed).toContain("decide (caller.verified) → known");
  });

  it("points at what a scenario expects", async () => {
    const [, printed] = await run(file('  - name: a\n    script: [hangup]\n    expect:\n      pin: "42"\n'));
    expect(printed).toMatch(/desk\.test\.yaml:6:7 error call-differs: "a": pin is "" at the end, not "42"\./);
  });

  it("tells of the errors of the flow, and not that there is none", async () => {
    await writeFile(join(folder, "broken.yaml"), "steps:\n  greet:\n    say: Hello.\n");
    const [code, printed] = await run("flow: broken\nscenarios: [{ name: a, script: [end] }]\n");
    await rm(join(folder, "broken.yaml"));
    expect(code).toBe(1);
    expect(printed).toContain("missing-next");
    expect(printed).not.toContain("unknown-flow");
  });

  it("tells of a service that the test has no answer for", async () => {
    const [, printed] = await run(
      calls("      - hear: Goodbye\n").replace("crm.example.com/*", "nobody.example.com/*"),
    );
    expect(printed).toContain("the test has no answer for it under `requests`");
  });
});

describe("secrets in a test file", () => {
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

  it("are what calls are held against, as they are written", async () => {
    expect(await run(calls())).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it("are others where a scenario says so", async () => {
    const [code, printed] = await run(calls("    secrets: { STAFF_PIN: 4711 }\n"));
    expect(code).toBe(1);
    expect(printed).toContain("Goodbye.");
  });
});

describe("the Worker's variables in a test file", () => {
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

  it("are what destinations stand for, by their names too", async () => {
    const script =
      "      - dial: boss\n      - hear: was that all\n      - hangup\n      - sms: has gone\n        to: boss\n";
    expect(await run(calls(script))).toEqual([0, expect.stringContaining("1 of 1")]);
  });

  it("that are not set leave nobody to write to, and the report says so", async () => {
    await writeFile(
      join(folder, "unset.yaml"),
      "destinations:\n  boss: { env: BOSS_NUMBER }\nsteps:\n  tell:\n    sms: { to: boss, body: Gone. }\n    next: hangup\n",
    );
    const script = "      - sms: gone\n        to: boss\n      - end\n";
    const [code, printed] = await run(calls(script, "").replace("flow: boss", "flow: unset"));
    expect(code).toBe(1);
    expect(printed).toContain('The text message "Gone." goes to nobody');
  });

  it("lets the caller hang up while the two talk", async () => {
    const script =
      "      - dial: boss\n        ends: caller\n      - sms: has gone\n      - no sms\n      - no request\n";
    const [code, printed] = await run(calls(script), { verbose: true });
    expect(code).toBe(0);
    expect(printed).toContain("the caller hung up");
  });

  it("tells of a message that the script says was not sent", async () => {
    const [code, printed] = await run(calls("      - dial: boss\n        ends: caller\n      - no sms\n"));
    expect(code).toBe(1);
    expect(printed).toContain(
      "The script says no sms, and this was sent: text message to +14155550199: The caller has gone.",
    );
  });

  it("says what the call does where the script waits to hear something else", async () => {
    const [, printed] = await run(calls("      - hear: Hello\n"));
    expect(printed).toContain("that is not what was heard. The call is ringing +14155550199.");
  });
});

test("whoever is rung hears a file by its name", async () => {
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
