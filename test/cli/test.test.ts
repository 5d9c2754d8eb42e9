/** `ringflow test`: what it prints, and what it exits with. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { terminal } from "./folder.ts";
import { testFolder } from "./test-folder.ts";

const { folder, run } = testFolder();

beforeAll(() => writeFile(join(folder, "desk.yaml"), DESK));

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

describe("ringflow test", () => {
  it("passes when every call goes as written", async () => {
    const [code, printed] = await run(file(SALES));
    expect(code).toBe(0);
    expect(printed).toContain("1 of 1 calls went as written");
  });

  it("knows what a text message or a hang-up has stored for later calls", async () => {
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

  it("shows the first failed line, in the file, and what was heard", async () => {
    const [code, printed] = await run(
      file("  - name: nobody\n    script:\n      - press: 2\n      - hear: Welcome\n"),
    );
    expect(code).toBe(1);
    expect(printed).toContain("desk.test.yaml:6:9 error call-differs");
    expect(printed).toContain('"nobody": The script says hear: Welcome, which was not heard.');
    expect(printed).toContain("Goodbye.");
    expect(printed).toContain("0 of 1 calls went as written");
  });

  it("says what the call is doing if the script expects something else", async () => {
    const [, printed] = await run(file("  - name: early\n    script:\n      - dial: +14155550100\n"));
    expect(printed).toContain("The call is waiting for a key, but the script says dial: +14155550100.");
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

  it("reports a parameter that the flow does not take", async () => {
    const [code, printed] = await run(file(`${SALES}    parameters: { dept: sales }\n`));
    expect(code).toBe(1);
    expect(printed).toContain("The scenario passes dept, which the flow does not take; list it in `takes`.");
  });

  it("finds what is kept for a caller whose number is written in another way", async () => {
    await writeFile(
      join(folder, "kept.yaml"),
      'variables: { times: { type: int, keep: caller } }\nsteps: { greet: { hangup: "{{ vars.times }} times" } }\n',
    );
    const script = "    kept: { times: 3 }\n    script: [hear: 3 times, end]\n";
    const [code] = await run(
      `flow: kept\nscenarios:\n  - name: from Mexico\n    from: +5215512345678\n${script}`,
    );
    await rm(join(folder, "kept.yaml"));
    expect(code).toBe(0);
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
      "an unknown flow",
      "flow: dest\nscenarios:\n  - name: a\n    script: [end]\n",
      'unknown flow "dest"; did you mean "desk"?',
    ],
    ["an unknown line", file("  - name: a\n    script:\n      - pres: 1\n"), "did you mean `press`?"],
    [
      "an unknown outcome",
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

  it("finds the flows next to a single test file", async () => {
    const path = join(folder, "desk.test.yaml");
    await writeFile(path, file(SALES));
    const { out, read } = terminal();
    expect(await runTests([path], { out }), read()).toBe(0);
  });

  it("labels an exit with its condition", async () => {
    await writeFile(
      join(folder, "decide.yaml"),
      "steps:\n  decide:\n    branch:\n      - when: caller.verified\n        next: known\n      - next: hangup\n  known: { hangup: Hello. }\n",
    );
    const [, printed] = await run("flow: decide\nscenarios: [{ name: a, script: [end] }]\n", {
      coverage: true,
    });
    expect(printed).toContain("decide (caller.verified) → known");
  });

  it("points to the last line if the script ends too early", async () => {
    const [, printed] = await run(file("  - name: a\n    script:\n      - hear: For sales\n"));
    expect(printed).toMatch(/desk\.test\.yaml:5:9 error call-differs: .* but the script has ended\./);
  });

  it("plays the calls to other flows if one has an error", async () => {
    await writeFile(join(folder, "broken.yaml"), "steps:\n  greet:\n    say: Hello.\n");
    await writeFile(
      join(folder, "broken.test.yaml"),
      "flow: broken\nscenarios: [{ name: a, script: [end] }]\n",
    );
    const [code, printed] = await run(file(SALES));
    await rm(join(folder, "broken.yaml"));
    await rm(join(folder, "broken.test.yaml"));
    expect(code).toBe(1);
    expect(printed).toContain("missing-next");
    expect(printed).toContain("1 call not played, because of the errors above: broken.");
    expect(printed).toContain("1 of 1 calls went as written");
  });

  it("points to the failed line under `expect`", async () => {
    const [, printed] = await run(file('  - name: a\n    script: [hangup]\n    expect:\n      pin: "42"\n'));
    expect(printed).toMatch(/desk\.test\.yaml:6:7 error call-differs: "a": pin is "" at the end, not "42"\./);
  });

  it("reports the errors of the flow, and not that it is unknown", async () => {
    await writeFile(join(folder, "broken.yaml"), "steps:\n  greet:\n    say: Hello.\n");
    const [code, printed] = await run("flow: broken\nscenarios: [{ name: a, script: [end] }]\n");
    await rm(join(folder, "broken.yaml"));
    expect(code).toBe(1);
    expect(printed).toContain("missing-next");
    expect(printed).not.toContain("unknown-flow");
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
