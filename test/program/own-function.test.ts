/** Functions of a project's own: what they take, what they give, and how they fail. */
import { expect, test } from "vitest";
import { evaluate } from "../../src/program/evaluate.ts";
import type { Json } from "../../src/program/json.ts";
import type { Expr } from "../../src/program/op.ts";
import { defineFunction, type OwnFunction, overloadsOf } from "../../src/program/own-function.ts";

const withTax = defineFunction({
  name: "withTax",
  takes: ["number", "int"],
  gives: "number",
  run: (amount, percent) => (amount * (100 + percent)) / 100,
});

function valueIn(one: OwnFunction, expr: Expr): Json {
  const clock = { now: 0, timezone: "UTC", language: "en-US", hours: {}, random: () => 0 };
  return evaluate(expr, () => undefined, { ...clock, functions: overloadsOf([one]) });
}

test("takes numbers as JavaScript has them, and its result can be computed with", () => {
  expect(valueIn(withTax, ["withTax", 10, 19])).toBe(11.9);
  expect(valueIn(withTax, ["+", ["withTax", ["double", 10], 20], 1.5])).toBe(13.5);
});

test("gives whole numbers, lists and maps", () => {
  const parts = defineFunction({
    name: "parts",
    takes: ["string"],
    gives: "list",
    run: (text) => text.split("-").map(Number),
  });
  expect(valueIn(parts, ["size", ["parts", "1-2-3"]])).toBe(3);
  expect(valueIn(parts, ["+", [".", ["parts", "1-2-3"], 1], 1])).toBe(3);
});

test("fails for other values", () => {
  expect(() => valueIn(withTax, ["withTax", "10", 19])).toThrow("no_matching_overload");
  expect(() => valueIn(withTax, ["withTax", 10])).toThrow("no_matching_overload");
  expect(() => valueIn(withTax, ["withTax", 10, 0.5])).toThrow("no_matching_overload");
});

test("fails with its name if it throws, without the message, which can hold secrets", () => {
  const strict = defineFunction({
    name: "strict",
    takes: ["string"],
    gives: "string",
    run: (text) => {
      throw new Error(`wrong: ${text}`);
    },
  });
  expect(() => valueIn(strict, ["strict", "1234"])).toThrow(/^strict\(\) threw an exception$/);
});

test("fails with its name if it gives another type, such as a promise", () => {
  const late: OwnFunction = { name: "late", takes: [], gives: "string", run: async () => "x" };
  expect(() => valueIn(late, ["late"])).toThrow("late() did not give string");
  const half: OwnFunction = { name: "half", takes: ["int"], gives: "int", run: (n) => Number(n) / 2 };
  expect(valueIn(half, ["half", 4])).toBe(2);
  expect(() => valueIn(half, ["half", 3])).toThrow("half() did not give int");
});

test("a Worker without the function fails with its name", () => {
  expect(() => valueIn(withTax, ["vat", 10])).toThrow("no function vat()");
});
