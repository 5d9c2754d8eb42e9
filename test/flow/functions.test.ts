/** What the language page says of functions is what they do. */
import { Environment } from "@marcbachmann/cel-js";
import { expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { functionDocs } from "../../src/flow/language/functions.ts";
import { evaluate } from "../../src/program/evaluate.ts";

const environment = environmentOf({});
const examples = functionDocs.flatMap(({ example }) =>
  example ? [[example.text, example.value] as const] : [],
);

test.each(examples)("%s is %s", (text, value) => {
  const clock = { now: 0, timezone: "UTC", language: "en-US", hours: {}, random: () => 0 };
  expect(environment.check(text).valid).toBe(true);
  expect(JSON.stringify(evaluate(lower(environment.parse(text).ast), () => undefined, clock))).toBe(value);
});

test("every function beside CEL's own is told of, and no other", () => {
  const signatures = (one: Environment): string[] =>
    one.getDefinitions().functions.map(({ signature }) => signature);
  const own = new Set(signatures(new Environment()));
  const added = signatures(environment).filter(
    (signature) => !own.has(signature) && !signature.startsWith("type("),
  );
  const names = new Set(added.map((signature) => signature.replace(/\(.*$/, "")));
  expect([...names].sort()).toEqual(functionDocs.map(({ name }) => name).sort());
});
