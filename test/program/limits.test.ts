/** How much an expression may make, and how much work it may be: a flow that doubles a list in a circle meets a limit. */
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import { MOST_SIZE } from "../../src/program/expression.ts";
import type { Json } from "../../src/program/json.ts";
import { type Allowance, newAllowance, requireSize, spend, spendRounds } from "../../src/program/limits.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

function run(text: string, names: Json[]): Json {
  const world = worldOf({ names });
  return evaluate(lower(environment.parse(text).ast), sightOf(world), CLOCK);
}

const many = (count: number): Json[] => Array.from({ length: count }, (_, index) => `n${index}`);

describe("an expression fails with size_limit_exceeded", () => {
  test.each<[what: string, text: string, names: Json[]]>([
    ["a list that is doubled", "vars.names + vars.names", many(MOST_SIZE / 2 + 1)],
    ["a text that is doubled", "vars.names[0] + vars.names[0]", ["a".repeat(MOST_SIZE / 2 + 1)]],
    ["joined texts", "vars.names.join(vars.names[0])", ["a".repeat(1000), ...many(300)]],
    [
      "a text whose every letter is replaced",
      "replace(vars.names[0], 'a', vars.names[0])",
      ["a".repeat(60_000)],
    ],
    [
      "a text that is filled between its letters",
      "replace(vars.names[0], '', vars.names[0])",
      ["a".repeat(60_000)],
    ],
    ["split text", "vars.names[0].split('')", ["a".repeat(MOST_SIZE + 1)]],
    ["spelled text", "spell(vars.names[0])", ["a".repeat(MOST_SIZE - 10)]],
    ["a list of lists", "vars.names.map(a, vars.names)", many(2000)],
    ["a list that nests itself", "[vars.names, vars.names]", many(50_000)],
    ["a map that nests lists", "{'a': vars.names, 'b': vars.names}", many(50_000)],
    ["a list of long texts", "[vars.names[0], vars.names[0]]", ["a".repeat(MOST_SIZE - 10)]],
  ])("for %s", (_what, text, names) => {
    expect(() => run(text, names)).toThrow("size_limit_exceeded");
  });

  test.each<[what: string, text: string]>([
    ["a macro in a macro in a macro", "size(vars.names.map(a, vars.names.map(b, vars.names.map(c, 1))))"],
    ["a search for each item", "size(vars.names.filter(a, a + 'x' in vars.names))"],
    ["a comparison for each item", "vars.names.all(a, vars.names == vars.names)"],
  ])("for %s, within seconds", (_what, text) => {
    const began = performance.now();
    expect(() => run(text, many(10_000))).toThrow("size_limit_exceeded");
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

test.each<[what: string, text: string, names: Json[], size: number]>([
  ["a list", "vars.names + vars.names", many(20_000), 40_000],
  ["a text", "vars.names[0] + vars.names[0]", ["a".repeat(MOST_SIZE / 2)], MOST_SIZE],
  ["a list of texts", "vars.names.map(a, a + '!')", many(1000), 1000],
  ["a service's long answer that is read as it is", "vars.names", ["a".repeat(200_000)], 1],
])("%s may be as large as the limit", (_what, text, names, size) => {
  const value = run(text, names);
  expect(Array.isArray(value) || typeof value === "string" ? value.length : 0).toBe(size);
});

describe("the allowance of an expression", () => {
  const spent = (...work: ((allowance: Allowance) => void)[]) => {
    const allowance = newAllowance();
    for (const one of work) one(allowance);
    return allowance.work;
  };

  test.each<[what: string, value: unknown, work: number]>([
    ["a text", "abc", 3],
    ["a list", [1, 2], 2],
    ["a map", { a: 1 }, 0],
    ["a number", 7n, 0],
    ["a bool", true, 0],
  ])("pays for the length of %s", (_what, value, work) => {
    expect(spent((allowance) => spend(allowance, value))).toBe(1_000_000 - work);
  });

  test("is a million characters and items, or 100,000 rounds", () => {
    const text = "a".repeat(999_990);
    expect(
      spent(
        (one) => spend(one, text),
        (one) => spendRounds(one, 1),
      ),
    ).toBe(0);
    expect(() =>
      spent(
        (one) => spend(one, text),
        (one) => spend(one, "x".repeat(11)),
      ),
    ).toThrow("size_limit_exceeded");
    expect(spent((one) => spendRounds(one, 100_000))).toBe(0);
    expect(() => spent((one) => spendRounds(one, 100_001))).toThrow("size_limit_exceeded");
  });

  test("is for values of at most 262,144 characters or items", () => {
    expect(() => requireSize(262_144)).not.toThrow();
    expect(() => requireSize(262_145)).toThrow("size_limit_exceeded");
  });
});

test.each([
  [87_381, true],
  [87_382, false],
])("a replacement of %i characters, counted three times for one place: %s", (size, fits) => {
  const names = ["a", "x".repeat(size)];
  const replaced = () => run("replace(vars.names[0], 'a', vars.names[1])", names);
  if (fits) expect(replaced()).toBe(names[1]);
  else expect(replaced).toThrow("size_limit_exceeded");
});
