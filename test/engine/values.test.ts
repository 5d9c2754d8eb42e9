import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convert, textOf } from "../../src/engine/values.ts";
import type { Json, Op, Source, Variable, VariableType } from "../../src/program/program.ts";
import { HANG_UP, heard, program, say, take, webhook } from "./support.ts";

function variable(type: VariableType, maxLength?: number): Variable {
  return { type, default: "", ...(maxLength === undefined ? {} : { maxLength }) };
}

describe("convert", () => {
  test.each<[type: VariableType, value: Json, kept: Json | undefined]>([
    ["int", "12", 12],
    ["int", "-7", -7],
    ["int", "007", 7],
    ["int", 12, 12],
    ["int", "12.5", undefined],
    ["int", 12.5, undefined],
    ["int", "", undefined],
    ["int", "*", undefined],
    ["int", "twelve", undefined],
    ["int", "12345678901234567890", undefined],
    ["int", true, undefined],
    ["number", "12.5", 12.5],
    ["number", "12", 12],
    ["number", 12.5, 12.5],
    ["number", "12.", undefined],
    ["number", "1e3", undefined],
    ["number", "", undefined],
    ["bool", true, true],
    ["bool", "true", true],
    ["bool", "false", false],
    ["bool", "yes", undefined],
    ["bool", "", undefined],
    ["bool", "constructor", undefined],
    ["bool", 1, undefined],
    ["string", 12, "12"],
    ["string", true, "true"],
    ["string", ["a"], '["a"]'],
    ["list", [1, "a"], [1, "a"]],
    ["list", "a", undefined],
    ["list", { a: 1 }, undefined],
    ["map", { a: 1 }, { a: 1 }],
    ["map", ["a"], undefined],
    ["map", null, undefined],
    [
      "recording",
      { url: "https://example.com/RE1", seconds: "12" },
      { url: "https://example.com/RE1", seconds: 12, transcript: "" },
    ],
    [
      "recording",
      { url: "https://example.com/RE1", seconds: "", transcript: "hello", more: 1 },
      { url: "https://example.com/RE1", seconds: 0, transcript: "hello" },
    ],
    ["recording", { seconds: "12" }, undefined],
    ["recording", "https://example.com/RE1", undefined],
  ])("as a %s, %j becomes %j", (type, value, kept) => {
    expect(convert(variable(type), value)?.value).toEqual(kept);
  });

  test.each([
    ["hello", 5, "hello", false],
    ["hello", 4, "hell", true],
    ["a😀b", 2, "a", true],
    ["a😀b", 3, "a😀", true],
    ["😀", 1, "", true],
  ])("%j, %i characters at most, is kept as %j", (text, maxLength, value, cut) => {
    expect(convert(variable("string", maxLength), text)).toEqual({ value, cut });
  });

  test("a cut never leaves half a character, and never more than was allowed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, maxLength) => {
        const kept = convert(variable("string", maxLength), text);
        expect(String(kept?.value).length).toBeLessThanOrEqual(maxLength);
        expect(text.startsWith(String(kept?.value))).toBe(true);
        expect(String(kept?.value).isWellFormed()).toBe(true);
      }),
    );
  });
});

test.each<[Json, string]>([
  ["a", "a"],
  [1.5, "1.5"],
  [true, "true"],
  [null, ""],
  [["a"], '["a"]'],
  [{ a: 1 }, '{"a":1}'],
])("%j as text is %j", (value, text) => {
  expect(textOf(value)).toBe(text);
});

describe("what an expression or a source reads", () => {
  const spoken = (source: Source, more: Parameters<typeof take>[1] = {}): string =>
    heard(take(program({ a: [say(source), ...HANG_UP] }), more));

  test("of a service that was not asked is empty", () => {
    for (const answer of ["text", "status", "class"] as const)
      expect(spoken({ answer })).toBe("<Say></Say><Hangup/>");
    expect(spoken({ answer: "body", path: ["a"] })).toBe("<Say></Say><Hangup/>");
  });

  test("of a flow that gave nothing is no value", () => {
    const variables: Record<string, Variable> = { name: { type: "string", default: "" } };
    const set: Op = { op: "set", to: { variable: "name" }, from: { given: "name" } };
    expect(take(program({ a: [set, ...HANG_UP] }, { variables })).error).toBe(
      'step "a": the value does not fit "name"',
    );
  });

  test.each(["caller.toString", "call.constructor", "queue.valueOf", "message.text"])(
    "is no %s if it was not sent",
    (expr) => {
      expect(take(program({ a: [say({ expr }), ...HANG_UP] })).error).toContain("no_such_key");
    },
  );

  test("of a queue is its last report", () => {
    const place = say({
      expr: "string(queue.position) + '/' + queue.size + '/' + queue.time + '/' + queue.average",
    });
    const flow = program({ a: [place, { op: "wait", block: "w" }] });
    expect(heard(take(flow))).toBe("<Say>0/0/0/0</Say>");
    const event = webhook({ QueuePosition: "2", CurrentQueueSize: "3", QueueTime: "60", AvgQueueTime: "70" });
    const waiting = take(flow, { event });
    expect(heard(waiting)).toBe("<Say>2/3/60/70</Say>");
    expect(heard(take(flow, { call: waiting.call }))).toBe("<Say>2/3/60/70</Say>");
  });
});
