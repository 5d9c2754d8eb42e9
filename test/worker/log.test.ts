import { describe, expect, test } from "vitest";
import { readEvent } from "../../src/engine/event.ts";
import { nameEvent } from "../../src/worker/log.ts";
import { line, linkIn, type Params, webhook } from "./support.ts";

describe("what came, in a log line", () => {
  test.each<[Record<string, string>, string]>([
    [{ Digits: "1" }, "digits 1"],
    [{ Digits: "" }, "silence"],
    [{}, "silence"],
    [{ SpeechResult: "my account is 4711", Confidence: "0.9" }, "speech"],
    [{ DialCallStatus: "no-answer" }, "dial no-answer"],
    [{ DialCallStatus: "completed", RecordingUrl: "https://x", RecordingDuration: "9" }, "dial completed"],
    [{ RecordingUrl: "https://x", RecordingDuration: "12", Digits: "#" }, "recording 12 s"],
    [{ RecordingUrl: "https://x" }, "recording 0 s"],
    [{ CallStatus: "completed" }, "hangup"],
  ])("%j is %s", (params, name) => {
    expect(nameEvent(readEvent(params), false)).toBe(name);
  });

  test("has no digits of a sensitive step", () => {
    expect(nameEvent(readEvent({ Digits: "4711" }), true)).toBe("digits ***");
  });
});

test("a call's log is one line a turn, with nothing that the caller said or that was sensitive", async () => {
  const app = line();
  let path = "/voice/desk";
  const answers: Params[] = [{}, { Digits: "1" }, { Digits: "4711" }, { SpeechResult: "my secret" }];
  for (const answer of answers) {
    const twiml = await (await app.fetch(webhook(path, answer))).text();
    path = twiml.includes("action=") ? linkIn(twiml) : "";
  }
  await app.settle();
  const same = {
    call: "CA00000000000000000000000000000001",
    flow: "desk",
    version: "3f9c1a2b7d",
    ms: expect.any(Number),
  };
  const kept = { ...same, ticket: "sealed" };
  expect(app.lines.map((entry) => JSON.parse(JSON.stringify(entry)))).toEqual([
    { ...kept, step: "menu", block: "enter", event: "start", next: "menu" },
    { ...kept, step: "menu", block: "answered", event: "digits 1", next: "account" },
    { ...kept, step: "account", block: "answered", event: "digits ***", next: "confirm" },
    { ...same, step: "confirm", block: "answered", event: "speech" },
  ]);
  expect(JSON.stringify(app.lines)).not.toMatch(/4711|secret/);
});

test("a text that was cut is named in the log", async () => {
  const app = line();
  const path = "/voice/desk/3f9c1a2b7d/account/answered/1";
  await app.fetch(webhook(path, { Digits: "123456789012345678901234567890" }));
  await app.settle();
  expect(app.lines[0]?.cut).toEqual(["account"]);
});
