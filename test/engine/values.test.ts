import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convert, textOf } from "../../src/engine/values.ts";
import type { Json, Variable, VariableType } from "../../src/program/program.ts";

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
