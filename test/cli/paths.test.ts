/** `ringflow paths`: what it says of a flow, and the tests that it writes. */
import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { paths } from "../../src/cli/commands/paths.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { enterFolder, terminal } from "./folder.ts";

const FLOW = `destinations: { desk: +14155550100 }
variables:
  name: { type: string }
  message: { type: recording }
steps:
  greet: { say: Hello from the desk., next: menu }
  menu:
    gather:
      prompt: For a person, press 1. For a message, press 2. To hear this again, press star.
      choices: { 1: ring, 2: record, "*": repeat }
      attempts: 1
      otherwise: bye
  ring:
    dial: { to: desk, status: { else: record } }
    next: hangup
  record:
    record: { prompt: Please leave a message., save: message, empty: bye }
    next: thanks
  thanks:
    branch:
      - { when: 'vars.name == "never"', next: never }
      - next: bye
  never: { say: "Never, {{ vars.name }}.", next: bye }
  bye: { hangup: "Goodbye, {{ vars.name }}." }
`;

const TESTS = `# Our tests.
flow: desk
scenarios:
  - name: a person answers
    script:
      - press: 1
      - dial: desk
      - end
`;

const NOW = Date.parse("2026-11-26T12:00:00-05:00");

beforeEach(() => enterFolder({ "flows/desk.yaml": FLOW, "flows/desk.test.yaml": TESTS }));

async function shown(options: Partial<Parameters<typeof paths>[1]> = {}): Promise<string> {
  const { out, read } = terminal();
  expect(await paths("desk", { ...options, out }, NOW)).toBe(0);
  return read();
}

describe("the report", () => {
  test("says that the questions of text messages are not explored", async () => {
    expect(await shown()).not.toContain("Texts:");
    const asked = `${FLOW}  asked: { ask: { prompt: Coming?, choices: { "yes": return } } }\n`;
    await enterFolder({ "flows/desk.yaml": `onMessage: asked\nstart: greet\n${asked}` });
    expect(await shown()).toContain("Texts:      1 question, not explored");
  });

  test("says how many ways there are, how they end and how long they take", async () => {
    const text = await shown();
    expect(text).toMatch(/^desk: 3 states, \d+ turns between them, \d+ ways, not counting circles\n/);
    expect(text).toContain("the flow hangs up");
    expect(text).toMatch(/A choice: {3}after 2 s\n/);
    expect(text).toMatch(/A person: {3}after \d+ s and 1 answer \(key 1\), \+14155550100\n/);
    expect(text).toContain("Longest:    3 answers: key 1, no-answer, a message of 20 s");
  });

  test("names steps and exits that no call reaches, empty variables, and exits that no test takes", async () => {
    const report = JSON.parse(await shown({ json: true }));
    expect(report.unreachedSteps).toEqual(["never"]);
    expect(report.unreachedExits.map(({ from, to }: Record<string, string>) => `${from} → ${to}`)).toEqual([
      "thanks → never",
      "never → bye",
    ]);
    expect(report.empty).toMatchObject([{ step: "bye", variable: "name" }]);
    expect(report.untested.map(({ from, to }: Record<string, string>) => `${from} → ${to}`)).toEqual([
      "menu → record",
      "menu → menu",
      "menu → bye",
      "ring → record",
      "record → bye",
      "record → thanks",
      "thanks → bye",
    ]);
    expect(report.cut).toEqual([]);
  });

  test("says that a bound was hit", async () => {
    expect(await shown({ states: 1 })).toContain(
      "Not everything was explored: 1 state was explored, and there are more.",
    );
  });

  test("refuses a flow that does not exist", async () => {
    const { out } = terminal();
    await expect(paths("dusk", { out }, NOW)).rejects.toThrow("Name a flow that can be called: desk.");
  });
});

describe("tests that are written", () => {
  test("take every exit that calls take, pass, and leave the rest of the file as it is", async () => {
    expect(await shown({ writeTests: true })).toMatch(/\d tests added to flows\/desk\.test\.yaml\.\n$/);
    const text = await readFile("flows/desk.test.yaml", "utf8");
    expect(text.startsWith(TESTS)).toBe(true);
    expect(text).toContain("dial: desk\n        status: no-answer\n");
    const { out, read } = terminal();
    await runTests(["flows"], { coverage: true, out });
    expect(read()).toContain("went as written");
    expect(read()).not.toContain("but");
    expect(JSON.parse(await shown({ json: true })).untested).toEqual([]);
  });

  test("are not written twice", async () => {
    await shown({ writeTests: true });
    const text = await readFile("flows/desk.test.yaml", "utf8");
    expect(await shown({ writeTests: true })).toContain("flows/desk.test.yaml has nothing to add.");
    expect(await readFile("flows/desk.test.yaml", "utf8")).toBe(text);
  });

  test("make a file if there is none", async () => {
    await enterFolder({ "flows/desk.yaml": FLOW });
    await shown({ writeTests: true });
    expect(await readFile("flows/desk.test.yaml", "utf8")).toMatch(/^flow: desk\nscenarios:\n/);
  });
});
