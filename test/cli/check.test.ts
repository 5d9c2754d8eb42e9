import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { type CheckOptions, check } from "../../src/cli/commands/check.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { enterFolder, saying, terminal, write } from "./folder.ts";

const BAD_EXIT = "steps:\n  greet:\n    say: Hello.\n    next: gret\n";
const UNQUOTED = saying("For sales, press # to finish.");

const NO_KEY_TWO = `steps:
  menu:
    gather:
      prompt: For opening hours, press 1.
      choices: { 1: hours, 2: hours }
      noMatch: I did not get that.
      otherwise: hours
  hours: { hangup: We are open from 9 to 5. }
`;

beforeEach(async () => {
  await enterFolder({
    "good/a.yaml": saying("Hello."),
    "bad/a.yaml": BAD_EXIT,
    "bad/deep/b.yml": BAD_EXIT,
    "bad/a.test.yaml": "not a flow",
    "bad/.hidden/c.yaml": "not a flow",
    "bad/node_modules/x/d.yaml": "not a flow",
    "fixable/a.yaml": UNQUOTED,
    "empty/readme.md": "no flow",
  });
});

async function run(paths: string[], options: Partial<CheckOptions> = {}): Promise<[number, string]> {
  const { out, read } = terminal();
  const code = await check(paths, { format: "text", out, ...options });
  return [code, read()];
}

describe("ringflow check", () => {
  test("has no findings for a good flow", async () => {
    expect(await run(["good"])).toEqual([0, "1 flow, no findings\n"]);
  });

  test("shows every finding of every flow in a folder, and counts them", async () => {
    const [code, printed] = await run(["bad"]);
    expect(code).toBe(1);
    expect(printed).toContain("bad/a.yaml:4:11 error unknown-step");
    expect(printed).toContain("4 |     next: gret\n    |           ^~~~");
    expect(printed).toContain("bad/deep/b.yml:4:11 error unknown-step");
    expect(printed).toMatch(/\n\n2 flows, 1 test file, 3 errors\n$/);
  });

  test("takes files and folders, each once", async () => {
    const [, printed] = await run(["good", "good/a.yaml", "fixable/a.yaml"]);
    expect(printed).toMatch(/\n2 flows, 1 error\n$/);
  });

  test("decides promises if asked, and writes the call that breaks one as a test", async () => {
    const flow = `promises:\n  - { never: office, because: it is closed for good }\n  - never: apology\n${NO_KEY_TWO.replaceAll("hours", "office")}`;
    await write({ "kept/a.yaml": flow });
    expect(await run(["kept"], { advice: false })).toEqual([0, "1 flow, no findings\n"]);
    const [code, printed] = await run(["kept"], { advice: false, promises: true });
    expect(code).toBe(1);
    expect(printed).toContain(
      'kept/a.yaml:2:7 error promise-broken: a call breaks "never office": key 1 → office',
    );
    expect(printed).toContain("because it is closed for good");
    expect(printed).toContain('flow: a\nscenarios:\n  - name: "breaks: never office"');
    expect(printed).toContain('- press: "1"\n      - hear: We are open from 9 to 5.\n      - end\n');
    expect(printed).toMatch(/\n\n1 flow, 2 promises, 1 error\n$/);
    const [, json] = await run(["kept"], { advice: false, promises: true, format: "json" });
    expect(JSON.parse(json)).toMatchObject([{ code: "promise-broken", line: 2, severity: "error" }]);
  });

  test("appends the calls that break promises to the tests of the flow, once", async () => {
    const flow = `destinations: { desk: +14155550100 }
promises:
  - never: desk
  - never: apology
  - { always: menu, before: apology }
steps:
  menu: { gather: { prompt: "For the desk, press 1.", choices: { 1: desk }, otherwise: hangup } }
  desk: { dial: { to: desk }, next: hangup }
`;
    const tests = "# Ours.\nflow: a\nscenarios:\n  - name: nothing\n    script: [hangup]\n";
    await write({ "flows/a.yaml": flow, "flows/a.test.yaml": tests });
    const options = { advice: false, promises: true, writeTests: true };
    const [code, printed] = await run(["flows"], options);
    expect(code).toBe(1);
    expect(printed).toContain("promise-broken");
    expect(printed).toContain("\n\n2 tests added to flows/a.test.yaml.\n");
    expect(printed).not.toContain("scenarios:");
    const text = await readFile("flows/a.test.yaml", "utf8");
    expect(text.startsWith(tests)).toBe(true);
    expect(text).toContain('- name: "breaks: never desk"\n');
    expect(text).toContain("- dial: desk\n");
    const { out, read } = terminal();
    expect(await runTests(["flows"], { out })).toBe(0);
    expect(read()).toContain("3 calls");
    expect((await run(["flows"], options))[1]).toContain(
      'flows/a.test.yaml already has the test "breaks: never desk".',
    );
    expect(await readFile("flows/a.test.yaml", "utf8")).toBe(text);
  });

  test("writes JSON and SARIF", async () => {
    const [code, json] = await run(["bad/a.yaml"], { format: "json" });
    expect(code).toBe(1);
    expect(JSON.parse(json)).toMatchObject([
      { code: "unknown-step", file: "bad/a.yaml", line: 4, column: 11 },
    ]);
    const [, sarif] = await run(["bad/a.yaml"], { format: "sarif" });
    const [{ results, tool }] = JSON.parse(sarif).runs;
    expect(results).toMatchObject([{ ruleId: "unknown-step" }]);
    expect(tool.driver.rules).toMatchObject([
      { id: "unknown-step", shortDescription: { text: expect.any(String) } },
    ]);
  });

  test("annotates in GitHub, after the text", async () => {
    const [code, printed] = await run(["bad/a.yaml"], { format: "github" });
    expect(code).toBe(1);
    expect(printed).toMatch(/^bad\/a\.yaml:4:11 error unknown-step: /);
    expect(printed).toMatch(/\n1 flow, 1 error\n::error file=.*,title=ringflow%3A unknown-step::.*\n$/);
    expect(await run(["good"], { format: "github" })).toEqual([0, "1 flow, no findings\n"]);
  });

  test("gives advice, which fails nothing and can be left out", async () => {
    await write({ "flows/menu.yaml": NO_KEY_TWO });
    const [code, printed] = await run(["flows"]);
    expect(code).toBe(0);
    expect(printed).toContain("flows/menu.yaml:5:28 advice unspoken-key: no prompt says what key 2 is for");
    expect(printed).toMatch(/\n\n1 flow, 1 piece of advice\n$/);
    expect(await run(["flows"], { advice: false })).toEqual([0, "1 flow, no findings\n"]);
  });

  test("gives advice as a note in SARIF, and as a notice in GitHub", async () => {
    await write({ "flows/menu.yaml": NO_KEY_TWO });
    const [{ results }] = JSON.parse((await run(["flows"], { format: "sarif" }))[1]).runs;
    expect(results).toMatchObject([{ ruleId: "unspoken-key", level: "note" }]);
    expect((await run(["flows"], { format: "github" }))[1]).toContain(
      "\n::notice file=flows/menu.yaml,line=5,",
    );
    expect(JSON.parse((await run(["flows"], { format: "json" }))[1])).toMatchObject([{ severity: "advice" }]);
  });

  test("writes the report to a file, and text to the terminal", async () => {
    const [code, printed] = await run(["bad/a.yaml"], { format: "json", file: "report.json" });
    expect(code).toBe(1);
    expect(printed).toMatch(/\n\n1 flow, 1 error\n$/);
    expect(JSON.parse(await readFile("report.json", "utf8"))).toHaveLength(1);
    await expect(run(["good"], { file: "nowhere/report.txt" })).rejects.toThrow(
      /Cannot write the report to nowhere/,
    );
  });

  test("applies fixes only when asked", async () => {
    expect((await run(["fixable"]))[0]).toBe(1);
    expect(await readFile("fixable/a.yaml", "utf8")).toBe(UNQUOTED);
    expect(await run(["fixable"], { fix: true })).toEqual([
      0,
      "Fixed fixable/a.yaml.\n\n1 flow, no findings\n",
    ]);
    expect(await readFile("fixable/a.yaml", "utf8")).toContain('say: "For sales, press # to finish."');
  });

  test.each([
    ["an unknown path", "nowhere", /No file or folder "nowhere"/],
    ["a folder without flows", "empty", /No flows found in empty.*is a \.yaml file/],
  ])("says that %s has nothing to check", async (_, path, message) => {
    await expect(run([path])).rejects.toThrow(message);
  });
});

describe("ringflow check, of test files", () => {
  const calls = (flow: string, line: string): string =>
    `flow: ${flow}\nscenarios:\n  - name: hello\n    script:\n      - ${line}\n      - end\n`;

  test("shows their findings, in a folder and by themselves", async () => {
    await enterFolder({
      "flows/desk.yaml": saying("Hello."),
      "flows/desk.test.yaml": calls("desk", "heer: Hello"),
      "flows/other.test.yaml": calls("dest", "hear: Hello"),
    });
    const [code, printed] = await run(["flows"]);
    expect(code).toBe(1);
    expect(printed).toContain("flows/desk.test.yaml:5:9 error unknown-key");
    expect(printed).toContain("5 |       - heer: Hello\n    |         ^~~~");
    expect(printed).toContain('error unknown-flow: unknown flow "dest"; did you mean "desk"?');
    expect(printed).toMatch(/\n\n1 flow, 2 test files, 2 errors\n$/);
    expect((await run(["flows/desk.test.yaml"]))[1]).toMatch(/\n0 flows, 1 test file, 1 error\n$/);
  });

  test("knows the project's flows, those with errors too", async () => {
    await enterFolder({
      "flows/desk.yaml": BAD_EXIT,
      "tests/desk.test.yaml": calls("desk", "hear: Hello"),
    });
    expect(await run(["tests"])).toEqual([0, "0 flows, 1 test file, no findings\n"]);
  });

  test("applies their fixes", async () => {
    await enterFolder({
      "flows/desk.yaml": saying("Hello."),
      "flows/desk.test.yaml": calls("desk", "hear: Press # to finish."),
    });
    expect((await run(["flows"]))[0]).toBe(1);
    expect((await run(["flows"], { fix: true }))[0]).toBe(0);
    expect(await readFile("flows/desk.test.yaml", "utf8")).toContain('hear: "Press # to finish."');
  });
});

describe("ringflow check, of environment variables", () => {
  const flow = (more: string): string =>
    `variables:\n  most: { type: int, default: { env: MOST } }\ndestinations:\n  desk: { env: DESK }\n  pbx: { sip: { env: PBX } }\nsteps:\n  reach:\n    dial: { to: [desk, pbx], ${more}, status: { else: hangup } }\n    next: hangup\n`;
  const FLOW = flow(
    "timeout: { env: SECONDS }, hangupOnStar: { env: STAR }, recordingStatusCallback: https://example.com, recordingStatusCallbackEvent: { env: EVENTS }",
  );
  const run = async (variables: string): Promise<string[]> => {
    await enterFolder({
      "flows/a.yaml": FLOW,
      "wrangler.toml": '[vars]\nDESK = "+14155550100"\n',
      ".dev.vars": variables,
    });
    const { out, read } = terminal();
    await check(["flows"], { format: "text", out });
    return read()
      .split("\n")
      .filter((line) => line.includes("wrong-variable"));
  };

  test("has no findings if they fit, or are unset", async () => {
    expect(await run("")).toEqual([]);
    const events = 'EVENTS="in-progress completed"';
    expect(await run(`PBX=sip:desk@example.com\nMOST=3\nSECONDS=20\nSTAR=false\n${events}\n`)).toEqual([]);
  });

  test("reports each value that does not fit, and what it must be", async () => {
    expect(
      await run("DESK=4155550100\nPBX=desk\nMOST=many\nSECONDS=601\nSTAR=maybe\nEVENTS=completed lost\n"),
    ).toEqual([
      "flows/a.yaml:2:31 error wrong-variable: the environment variable MOST must be an int here; change its value",
      "flows/a.yaml:4:9 error wrong-variable: the environment variable DESK cannot be dialled: write 4155550100 with a plus and a country code; in the US that is +14155550100",
      'flows/a.yaml:5:8 error wrong-variable: the environment variable PBX cannot be dialled: "desk" is not a SIP address; write one such as sip:desk@example.com',
      "flows/a.yaml:8:39 error wrong-variable: the environment variable SECONDS, `timeout` here, must be 600 or less (Twilio 13212)",
      "flows/a.yaml:8:71 error wrong-variable: the environment variable STAR, `hangupOnStar` here, must be true or false (Twilio 13213)",
      "flows/a.yaml:8:162 error wrong-variable: the environment variable EVENTS, `recordingStatusCallbackEvent` here, is wrong: item 2 must be one of in-progress, completed, absent (Twilio 13621)",
    ]);
  });
});

describe("ringflow check, of time-outs without a Durable Object", () => {
  const flow = (...timeouts: string[]): string =>
    `onMessage: a0\nvariables: { day: { type: string } }\nsteps:\n  greet: { hangup: Please text us. }\n${timeouts
      .map((timeout, index) => {
        const next = index + 1 < timeouts.length ? `a${index + 1}` : "return";
        return `  a${index}: { ask: { prompt: "Which day?", save: day${timeout} }, next: ${next} }\n`;
      })
      .join("")}`;
  const run = async (files: Readonly<Record<string, string>>): Promise<string> => {
    await enterFolder(files);
    const { out, read } = terminal();
    await check(["flows"], { format: "text", out });
    return read();
  };
  const FLOW = flow(", timeout: 30m", ", timeout: 2d", "");
  const BOUND = '[[durable_objects.bindings]]\nname = "CONVERSATIONS"\nclass_name = "Conversations"\n';

  test("warns of each that is written down", async () => {
    const text = await run({ "flows/a.yaml": FLOW, "wrangler.toml": '[vars]\nA = "b"\n' });
    expect(text.match(/timeout-without-object: .*/g)).toEqual([
      expect.stringContaining("no time-out runs: an answer after this time begins a new conversation"),
      expect.stringContaining("is lost after 4 hours"),
    ]);
    expect(text).toContain("2 warnings");
  });

  test.each([
    ["with the object", { "wrangler.toml": BOUND }],
    ["without a wrangler.toml", {}],
  ])("has no findings %s", async (_what, files) => {
    expect(await run({ "flows/a.yaml": FLOW, ...files })).toContain("no findings");
  });
});
