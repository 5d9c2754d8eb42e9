/** Scenarios that hold text conversations, with Durable Objects and with cookies alone. */
import { describe, expect, test } from "vitest";
import type { Conversing } from "../../src/cli/play/app.ts";
import { coverageOf, uncovered } from "../../src/cli/play/coverage.ts";
import { playWritten } from "../../src/cli/play/play-written.ts";
import { rerecorded } from "../../src/cli/play/rerecord.ts";
import { build } from "../../src/flow/build.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { isPause, isText } from "../../src/phone/script/scenario.ts";
import { readShipped } from "../chaos/shipped.ts";

const FLOW = `onMessage: welcome
variables:
  guests: { type: int }
steps:
  greet: { hangup: Please send us a text message. }
  welcome:
    ask:
      prompt: For English reply EN, für Deutsch DE.
      choices: { EN: guests, DE: { next: guests, language: de-DE } }
      timeout: 30m
      otherwise: { silence: reminder, else: bye }
  guests:
    ask:
      prompt: { en-US: How many are you?, de-DE: Wie viele sind Sie? }
      noMatch: { en-US: "A number, please.", de-DE: "Eine Zahl, bitte." }
      save: guests
      timeout: 2d
    next: thanks
  thanks:
    sms: { body: { en-US: "Table for {{ vars.guests }}.", de-DE: "Tisch für {{ vars.guests }}." } }
    next: return
  reminder: { sms: { body: Are you still there? }, next: welcome }
  bye: { sms: { body: Goodbye. }, next: return }
`;

const { flows, diagnostics } = build([{ path: "flows/table.yaml", text: FLOW }]);

function written(script: string, more = "") {
  const lines = script.trim().replaceAll(/^ *- /gm, "      - ");
  const text = `flow: table\nscenarios:\n  - name: a table\n${more}    script:\n${lines}\n`;
  const read = readScenarios({ path: "flows/table.test.yaml", text }, ["table"]);
  const [scenario] = read.scenarios;
  if (!scenario) throw new Error(JSON.stringify(read.diagnostics));
  return scenario;
}

async function play(script: string, conversing: Conversing = "objects", more = "") {
  return playWritten(written(script, more), { flows, audio: [] }, {}, { conversing });
}

test("the flow has no error", () => {
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

describe.each<Conversing>(["objects", "cookies"])("Text messages of one scenario, with %s", (conversing) => {
  test("are one conversation, whose variables can be checked at its end", async () => {
    const { failure, transcript } = await play(
      `- text: Hello
       - sms: For English reply EN
       - text: deutsch, bitte! DE
       - sms: Wie viele
       - text: many
       - sms: Eine Zahl
       - text: vier
       - sms: Tisch für 4`,
      conversing,
      "    expect: { guests: 4 }\n",
    );
    expect(failure).toBeUndefined();
    expect(transcript.slice(0, 4)).toEqual([
      "> text: Hello",
      "texts +14155550111: For English reply EN, für Deutsch DE.",
      "> text: deutsch, bitte! DE",
      "texts +14155550111: Wie viele sind Sie?",
    ]);
  });

  test("can have time between them", async () => {
    const { failure } = await play(
      "- text: Hello\n- sms: For English\n- wait: 29m\n- no sms\n- text: EN\n- sms: How many",
      conversing,
    );
    expect(failure).toBeUndefined();
  });

  test("go before and after a call", async () => {
    const { failure } = await play(
      `- text: Hello
       - sms: For English
       - hear: Please send us
       - end
       - text: EN
       - sms: How many
       - text: "2"
       - sms: Table for 2`,
      conversing,
      "    expect: { guests: null }\n",
    );
    expect(failure?.message).toBe("guests is 2 at the end, not null.");
  });

  test("can end", async () => {
    const whole = "- text: Hello\n- text: EN\n- text: '2'\n- sms: Table for 2\n- end";
    expect((await play(whole, conversing, "    expect: { guests: 2 }\n")).failure).toBeUndefined();
    expect((await play("- text: Hello\n- text: STOP\n- end", conversing)).failure).toBeUndefined();
    expect((await play("- text: Hello\n- text: EN\n- end", conversing)).failure).toMatchObject({
      step: 2,
      message: 'The flow still waits for a text message at "guests", but the script says end.',
    });
  });

  test("can have pictures", async () => {
    const text =
      "steps:\n  greet: { hangup: Text us. }\n  ask: { ask: { prompt: A picture?, picture: thanks, save: url }, next: return }\n";
    const rest = '  thanks: { sms: { body: "Got {{ vars.url }}" }, next: return }\n';
    const { flows: own } = build([{ path: "flows/table.yaml", text: `onMessage: ask\n${text}${rest}` }]);
    const script =
      "- text: Hello\n- sms: A picture\n- text: Here\n  media: [https://example.com/a.jpg]\n- sms: Got https://example.com/a.jpg";
    const { failure } = await playWritten(
      written(script.replace("\n  media", "\n        media")),
      { flows: own, audio: [] },
      {},
      { conversing },
    );
    expect(failure).toBeUndefined();
  });

  test("that differ are reported", async () => {
    const { failure } = await play("- text: Hello\n- sms: For French", conversing);
    expect(failure).toMatchObject({ step: 1, message: expect.stringContaining("For English reply EN") });
  });
});

describe("Time that passes", () => {
  const WAITS = `- text: Hello
       - sms: For English
       - wait: 31m
       - sms: Are you still there
       - sms: For English
       - text: EN
       - sms: How many
       - wait: 3d
       - no sms
       - text: "2"
       - sms: For English`;

  test("runs what a flow does without an answer", async () => {
    const { failure, transcript } = await play(WAITS);
    expect(failure).toBeUndefined();
    const at = transcript.indexOf("> wait: 31m");
    expect(transcript.slice(at + 1, at + 3)).toEqual([
      "texts +14155550111: Are you still there?",
      "texts +14155550111: For English reply EN, für Deutsch DE.",
    ]);
  });

  test("runs nothing if cookies alone have the conversation", async () => {
    const { failure } = await play(WAITS, "cookies");
    expect(failure).toMatchObject({ step: 3, message: expect.stringContaining("no text message was sent") });
  });
});

describe("A line about what was sent", () => {
  test("may leave out replies before the last message, or the last time that passed", async () => {
    const { failure } = await play(
      `- text: Hello
       - wait: 31m
       - sms: Are you still there
       - text: DE
       - text: viele
       - sms: Eine Zahl
       - wait: 1d
       - no sms`,
    );
    expect(failure).toBeUndefined();
  });

  test.each([
    [
      "an earlier reply",
      "- text: Hello\n- wait: 29m\n- sms: still there",
      "no text message was sent since wait: 29m",
    ],
    [
      "the newer one",
      "- text: Hello\n- text: EN\n- sms: still there",
      'The text message says "How many are you?"',
    ],
    ["what it may not leave out", "- text: Hello\n- wait: 31m\n- no sms", "Are you still there?"],
  ])("that differs shows %s", async (_what, script, shown) => {
    expect((await play(script)).failure?.message).toContain(shown);
  });
});

describe("A line for calls after text messages", () => {
  test.each([
    ["a wait without a unit", "- text: Hello\n- sms: EN\n- wait: 31", "write its unit, as in wait: 31m"],
    ["what is heard", "- text: Hello\n- hear: For English", "a reply by text is an `sms` line"],
  ])("says what to write instead of %s", async (_what, script, advice) => {
    expect((await play(script)).failure?.message).toContain(advice);
  });

  test("says nothing of text messages in a call", async () => {
    const { failure } = await play("- text: Hello\n- hear: a text message\n- hear: For English");
    expect(failure?.message).not.toContain("sms");
  });
});

test("coverage knows the exits that a conversation takes", async () => {
  const outcomes = [
    await play("- text: Hello\n- text: EN\n- text: '2'"),
    await play("- text: a\n- wait: 31m"),
  ];
  const [coverage] = coverageOf(flows, outcomes, new Set());
  const left = coverage ? uncovered(coverage).map(({ from, label }) => `${from} ${label}`) : [];
  expect(left).toEqual(["welcome otherwise", "bye "]);
});

test("a conversation is recorded anew with its replies", async () => {
  const script =
    "- text: Hello\n- sms: Which language?\n- wait: 31m\n- sms: Are you still\n- text: EN\n- sms: Guests?";
  expect(await rerecorded(written(script), { flows, audio: [] }, {})).toEqual([
    { text: "Hello" },
    { sms: "For English reply EN, für Deutsch DE" },
    { wait: "31m" },
    { sms: "Are you still" },
    { text: "EN" },
    { sms: "How many are you" },
  ]);
});

test("every text conversation of the shipped flows goes the same way with cookies alone, up to its first wait", async () => {
  const shipped = await readShipped();
  const project = { flows: [...shipped.flows], audio: [] };
  const scenarios = shipped.flows.flatMap((flow) => flow.scenarios);
  const conversations = scenarios.filter(({ scenario }) => scenario.script.some(isText));
  expect(conversations.length).toBeGreaterThan(5);
  for (const one of conversations) {
    const { script } = one.scenario;
    const until = script.findIndex(isPause);
    const { expect: expected, ...rest } = one.scenario;
    const whole = until < 0 ? one.scenario : { ...rest, script: script.slice(0, until) };
    const [withObjects, withCookies] = await Promise.all(
      (["objects", "cookies"] as const).map((conversing) =>
        playWritten({ ...one, scenario: whole }, project, shipped.env, { conversing }),
      ),
    );
    expect([one.scenario.name, withCookies?.failure]).toEqual([one.scenario.name, undefined]);
    expect(withCookies?.transcript).toEqual(withObjects?.transcript);
    expect(withCookies?.paths).toEqual(withObjects?.paths);
  }
});
