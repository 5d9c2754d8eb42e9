/** `ringflow test --fuzz`: random calls that a seed repeats, and what they find. */
import { describe, expect, test } from "vitest";
import { fuzz } from "../../src/cli/commands/fuzz.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { secretsOf } from "../../src/cli/play/fuzz/leaks.ts";
import { drawsFrom, drawsOf, randomBy } from "../../src/cli/play/fuzz/random.ts";
import { playRandom } from "../../src/cli/play/fuzz/random-call.ts";
import { shrink } from "../../src/cli/play/fuzz/shrink.ts";
import { playWritten } from "../../src/cli/play/play-written.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { writeYaml } from "../../src/flow/yaml/write.ts";
import { readShipped } from "../chaos/shipped.ts";
import { isAll } from "../runs.ts";
import { enterFolder, terminal, write } from "./folder.ts";

const shipped = await readShipped();

/** Fails if somebody presses a star. */
const FRAGILE = `variables:
  code: { type: string }
steps:
  menu:
    gather: { prompt: Please enter your number., save: code, otherwise: bye }
    next: tell
  tell:
    say: "After you comes number {{ int(vars.code) + 1 }}."
    next: bye
  bye: { hangup: Goodbye. }
`;

/** Goes round and round, but for callers who press 1. */
const CIRCLE = `variables:
  again: { type: bool, default: true }
steps:
  menu:
    gather: { prompt: Press 1., choices: { 1: bye, 2: first }, otherwise: bye }
  first:
    set: { again: true }
    next: second
  second:
    branch:
      - { when: vars.again, next: first }
      - next: bye
  bye: { hangup: Goodbye. }
`;

/** Fails if somebody answers the second question with no number. */
const TEXTED = `onMessage: name
variables:
  name: { type: string }
  guests: { type: string }
steps:
  greet: { hangup: Please text us. }
  name: { ask: { prompt: Your name?, save: name, timeout: 30m }, next: guests }
  guests: { ask: { prompt: How many are you?, save: guests }, next: thanks }
  thanks: { sms: { body: "Table for {{ int(vars.guests) + 1 }}." }, next: return }
`;

async function run(flow: string, seed = "7", calls = 20): Promise<[number, string]> {
  await enterFolder({ "flows/desk.yaml": flow });
  const { out, read } = terminal();
  return [await fuzz(["flows"], { calls, seed, out }), read()];
}

/** The scenario of a report, as a test file. */
function pasted(report: string): string {
  const [, yaml = ""] = /desk\.test\.yaml:\n\n([\s\S]*?)\n\n/.exec(report) ?? [];
  return `flow: desk\nscenarios:\n${yaml}\n`;
}

describe("what goes wrong", () => {
  test("in a text conversation is shown with the messages that lead there", async () => {
    const [code, report] = await run(TEXTED);
    expect(code).toBe(1);
    expect(report).toMatch(/desk: The sender gets the apology: /);
    const lines = pasted(report).match(/- (text|wait):.*/g) ?? [];
    expect(lines.length).toBe(3);
  });

  test("is shown with the smallest call, and as a test that plays the same call", async () => {
    const [code, report] = await run(FRAGILE);
    expect(code).toBe(1);
    expect(report).toContain('desk: The caller hears the apology: step "tell"');
    expect(report).toContain('      - press: "*#"\n');
    await write({ "flows/desk.test.yaml": pasted(report) });
    const { out, read } = terminal();
    expect([await runTests(["flows"], { verbose: true, out }), read()]).toEqual([
      0,
      expect.stringContaining("voice: We are sorry"),
    ]);
  });

  test("includes a circle", async () => {
    const [code, report] = await run(CIRCLE);
    expect(code).toBe(1);
    expect(report).toMatch(/200 steps/);
    expect(report).toContain('- press: "2"');
  });

  test("is the same with the same seed", async () => {
    const [[, first], [, second]] = [await run(FRAGILE, "again"), await run(FRAGILE, "again")];
    const timeless = (text: string): string => text.replace(/in \d+ ms/, "");
    expect(timeless(first)).toBe(timeless(second));
  });
});

test("a flow that is sound has nothing wrong", async () => {
  const [code, report] = await run(
    "steps:\n  menu: { gather: { prompt: Press 1., choices: { 1: bye }, otherwise: bye } }\n  bye: { hangup: Goodbye. }\n",
  );
  expect([code, report]).toEqual([
    0,
    expect.stringMatching(/^20 random calls to 1 flow, seed 7: nothing is wrong, in \d+ ms\.\n$/),
  ]);
});

test("every random call to the shipped flows is the same call as a test", async () => {
  const project = { flows: [...shipped.flows], audio: [] };
  let compared = 0;
  // The waits between the messages of call 135 have messages of their own, and Twilio takes a message of call 181 only later.
  const first = isAll ? 0 : 120;
  for (const index of [...Array.from({ length: 180 - first }, (_, i) => first + i), 181]) {
    const flow = shipped.flows[index % shipped.flows.length];
    if (!flow) break;
    const fuzzed = { flow, project, scenarios: flow.scenarios, answers: shipped.answers, env: shipped.env };
    const call = await playRandom(fuzzed, `call ${index}`, drawsFrom(`same ${index}`));
    if (call.isStoreFaulty) continue;
    const text = writeYaml({ flow: flow.flow.name, scenarios: [call.scenario] });
    const { scenarios, diagnostics } = readScenarios({ path: "a.test.yaml", text }, [flow.flow.name]);
    const [scenario] = scenarios;
    expect(diagnostics).toEqual([]);
    if (!scenario) throw new Error("no scenario");
    const { failure, transcript } = await playWritten(scenario, project, shipped.env);
    const heard = (lines: readonly string[]): string[] =>
      lines.filter((line) => !/^( {2}at .*: )?> /.test(line));
    expect([text, failure?.message, heard(transcript)]).toEqual([text, undefined, heard(call.transcript)]);
    compared++;
  }
  expect(compared).toBeGreaterThan(30);
});

describe("sensitive values", () => {
  const [flow] = shipped.flows.filter(({ flow: { text } }) => !text.includes("reveal("));
  if (!flow) throw new Error("no flow");

  test("are found between the spaces of speech, once they were entered", () => {
    const secrets = secretsOf(flow, [flow]);
    expect(secrets.isIn("Call 4711.")).toBe(false);
    secrets.enter({ digits: "4711#" });
    expect(secrets.isIn("Call 4711.")).toBe(false);
    expect(secrets.isIn("You entered 4 7 1 1.")).toBe(true);
  });

  test("are not those too short to tell", () => {
    const secrets = secretsOf(flow, [flow]);
    secrets.enter({ digits: "12" });
    expect(secrets.isIn("Press 12.")).toBe(false);
  });
});

describe("shrinking", () => {
  test("finds the smallest list that still leads there", async () => {
    const leads = async (choices: readonly number[]): Promise<boolean> => {
      const random = randomBy(drawsOf(choices));
      return Array.from({ length: 20 }, () => random.int(0, 99)).some((one) => one >= 50);
    };
    const big = Array.from({ length: 60 }, (_, index) => (index * 37) % 100);
    const tried: string[] = [];
    const small = await shrink(big, (choices) => {
      tried.push(choices.join());
      return leads(choices);
    });
    expect(new Set(tried).size).toBe(tried.length);
    expect(small.length).toBe(1);
    expect(small[0]).toBeLessThan(100);
  });
});
