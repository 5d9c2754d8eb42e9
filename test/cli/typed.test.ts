import { describe, expect, it } from "vitest";
import { scriptLines, typedGather, typedRecord, typedRing, typedTalk } from "../../src/cli/terminal/typed.ts";
import type { Gathering } from "../../src/phone/leg/moment.ts";

const gathering = (...input: ("dtmf" | "speech")[]): Gathering => ({
  kind: "gathering",
  input,
  timeout: 5,
  numDigits: 1,
  finishOnKey: "#",
  language: "en-US",
  hints: [],
});

describe("typed when keys or words are wanted", () => {
  it.each([
    ["1", { digits: "1" }],
    ["12*#", { digits: "12*#" }],
    ["say Front Desk", { speech: "Front Desk." }],
    ["say front desk?", { speech: "Front desk?" }],
    ['say "front desk"', { speech: "front desk" }],
    ["say 予約", { speech: "予約。" }],
    ["", "silence"],
    ["silence", "silence"],
    ["h", "hangup"],
    ["hang up", "hangup"],
    ["one", undefined],
    ["say", undefined],
  ])("%j", (line, answer) => {
    expect(typedGather(line, gathering("dtmf", "speech"))).toEqual(answer);
  });

  it("only the wanted input makes sense", () => {
    expect(typedGather("say sales", gathering("dtmf"))).toBeUndefined();
    expect(typedGather("1", gathering("speech"))).toBeUndefined();
  });
});

it.each([
  ["12", { seconds: 12 }],
  ["12#", { seconds: 12, key: "#" }],
  ["12 *", { seconds: 12, key: "*" }],
  ["", "silence"],
  ["h", "hangup"],
  ["Hello", undefined],
])("typed for a message: %j", (line, answer) => {
  expect(typedRecord(line)).toEqual(answer);
});

it.each([
  ["answer", { picksUp: 0, refuses: false }],
  ["a", { picksUp: 0, refuses: false }],
  ["answer 2", { picksUp: 1, refuses: false }],
  ["refuse 2", { picksUp: 1, refuses: true }],
  ["answer 3", undefined],
  ["answer 0", undefined],
  ["busy", { status: "busy" }],
  ["no answer", { status: "no-answer" }],
  ["", { status: "no-answer" }],
  ["failed", { status: "failed" }],
  ["h", "hangup"],
  ["perhaps", undefined],
])("typed while two phones ring: %j", (line, answer) => {
  expect(typedRing(line, 2)).toEqual(answer);
});

it.each([
  ["", { seconds: 60, by: "callee" }],
  ["9", { seconds: 9, by: "callee" }],
  ["h", { seconds: 60, by: "caller" }],
  ["soon", undefined],
])("typed while two people talk: %j", (line, answer) => {
  expect(typedTalk(line)).toEqual(answer);
});

it("a script keeps keys and silence, and drops comments", () => {
  const text = "# a call\n1   # the front desk\n#\n\n12#\n#not keys\nsay sales\n";
  expect(scriptLines(text)).toEqual(["1", "#", "", "12#", "say sales"]);
});
