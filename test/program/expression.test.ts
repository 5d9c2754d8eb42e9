import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environmentOf, FIELDS } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import { fromCel, toCel } from "../../src/program/expression.ts";
import type { Json } from "../../src/program/json.ts";
import { anyCharacter } from "../any-characters.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

/** What a field of each type holds where there is nothing. */
const BLANK = { string: "", bool: false, double: 0, int: 0, "list<Attachment>": [] };

function run(text: string, values: Record<string, Json> = {}): Json {
  return evaluate(lower(environment.parse(text).ast), sightOf(worldOf(values)), CLOCK);
}

describe("texts and numbers", () => {
  test.each<[text: string, value: Json]>([
    ["bool('f')", false],
    ["bool('0')", false],
    ["bool('False')", false],
    ["bool('t')", true],
    ["bool('1')", true],
    ["double('inf') > 1.0", true],
    ["double('-Infinity') < 1.0", true],
    ["string(double('+inf'))", "+Inf"],
    ["string(double('-inf'))", "-Inf"],
    ["'a' < 'a'", false],
    ["'a' <= 'a'", true],
    ["'b' > 'a'", true],
    ["'abc'.indexOf('', 2)", 2],
  ])("%s is %j", (text, value) => {
    expect(run(text)).toEqual(value);
  });

  test.each([
    ["bool('xf')", "bool_conversion_error"],
    ["bool('fx')", "bool_conversion_error"],
    ["bool('yes')", "bool_conversion_error"],
    ["double('an inf')", "double_conversion_error"],
    ["double('info')", "double_conversion_error"],
    ["double(' 1')", "double_conversion_error"],
    ["double('')", "double_conversion_error"],
    ["double('one')", "double_conversion_error"],
    ["isOpen('nowhere')", "no_such_hours"],
  ])("%s fails: %s", (text, code) => {
    expect(() => run(text)).toThrow(code);
  });
});

describe("values", () => {
  test.each<[text: string, type: string, value: Json, vars?: Record<string, Json>]>([
    ["vars.tries + 1", "int", 3, { tries: 2 }],
    ["7 / 2", "int", 3],
    ["7 / 2.0", "double", 3.5],
    ["vars.tries * 1.5", "double", 4.5, { tries: 3 }],
    ["vars.rate - vars.tries", "double", 0.5, { rate: 2.5, tries: 2 }],
    ["vars.tries / vars.rate", "double", 2, { rate: 1.5, tries: 3 }],
    ["vars.rate + 1", "double", 3, { rate: 2 }],
    ["vars.tries < 2.5", "bool", true, { tries: 2 }],
    ["vars.rate == 2", "bool", true, { rate: 2 }],
    ["2 != vars.rate", "bool", true, { rate: 2.5 }],
    ["vars.tries == 2.0", "bool", true, { tries: 2 }],
    ["'press ' + 1", "string", "press 1"],
    ["vars.rate + ' stars'", "string", "4.5 stars", { rate: 4.5 }],
    ["'vip: ' + vars.vip", "string", "vip: true", { vip: true }],
    ["vars.vip ? 'yes' : 'no'", "string", "no"],
    ["vars.names[1]", "dyn", "Ada", { names: [1, "Ada"] }],
    ["size(vars.names)", "int", 2, { names: ["a", "b"] }],
    ["vars.names.exists(n, n == 'Ada')", "bool", true, { names: ["Ada"] }],
    ["vars.names + ['x']", "list", ["Ada", "x"], { names: ["Ada"] }],
    ["has(vars.record.city) ? vars.record.city : ''", "dyn", "", {}],
    ["vars.record.city", "dyn", "Bonn", { record: { city: "Bonn" } }],
    ["vars.record.floor + 1", "dyn", 4, { record: { floor: 3 } }],
    ["vars.message.seconds > 10", "bool", true, { message: { url: "u", seconds: 12, transcript: "" } }],
    ["vars.message.url", "string", "u", { message: { url: "u", seconds: 12, transcript: "" } }],
    ["vars['tries']", "int", 5, { tries: 5 }],
  ])("%s is a %s: %j", (text, type, value, vars = {}) => {
    expect(environment.check(text)).toMatchObject({ valid: true, type });
    expect(run(text, vars)).toEqual(value);
  });

  test("there is no null: every field is there, and empty", () => {
    for (const [root, fields] of Object.entries(FIELDS)) {
      for (const [name, type] of Object.entries(fields)) {
        expect(environment.check(`${root}.${name}`)).toMatchObject({ valid: true, type });
        expect(run(`${root}.${name}`)).toEqual(BLANK[type]);
      }
    }
  });

  test("whole numbers add up as they do in JSON", () => {
    const whole = fc.integer({ min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(whole, fc.integer(), (a, b) => {
        expect(run("vars.tries + vars.names[0]", { tries: a, names: [b] })).toBe(a + b);
      }),
    );
  });

  test("what an expression gives is JSON, and comes back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: anyCharacter }), (value) => {
        const json: Json = JSON.parse(JSON.stringify(withoutNull(value)));
        expect(fromCel(toCel(json))).toEqual(json);
      }),
    );
  });

  test.each([
    ["division by zero", "1 / vars.tries"],
    ["an infinite number", "1.0 / vars.rate"],
    ["no number at all", "[0.0 / vars.rate]"],
    ["a whole number that JSON cannot hold", "9223372036854775807"],
    ["an overflow", "9223372036854775807 + vars.tries + 1"],
    ["a key that is not there", "vars.record.city"],
    ["an index that is not there", "vars.names[3]"],
    ["a text that is no number", "int('six')"],
    ["hours that are not there", "isOpen('vault')"],
  ])("%s throws: %s", (_what, text) => {
    expect(() => run(text)).toThrow();
  });
});

function withoutNull(value: unknown): unknown {
  if (value === null) return "";
  if (typeof value === "number")
    return Object.is(value, -0) || !Number.isSafeInteger(Math.trunc(value)) ? 0 : value;
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNull(item)]));
}

describe("functions", () => {
  test.each<[text: string, value: Json]>([
    ["isOpen('office')", true],
    ["holiday('office')", false],
    ["isOpen('shop')", false],
    ["holiday('shop')", true],
    ["now('America/New_York').hour", 12],
    ["now('Europe/London').hour", 17],
    ["now('America/New_York').weekday", 1],
    ["now('America/New_York').time", "12:00"],
    ["now().time", "12:00"],
    ["now('Gotham').time", "12:00"],
    ["now('America/New_York').date", "2026-11-23"],
    ["now('Asia/Tokyo').day + now('Asia/Tokyo').month * 100", 1124],
    ["digits('A1-23')", "1 2 3"],
    ["digits(1050)", "1 0 5 0"],
    ["digits('')", ""],
    ["spell('AB-12')", "A B 1 2"],
    ["spell('Zoë')", "Z o ë"],
    ["lower('ÄB')", "äb"],
    ["trim('  a b ')", "a b"],
    ["replace('a.b.c', '.', '$&')", "a$&b$&c"],
    ["number('12', 0)", 12],
    ["number(' -7 ', 0)", -7],
    ["number('+7', 0)", 7],
    ["number('007', 1)", 7],
    ["number('12.5', 0)", 0],
    ["number('twelve', 99)", 99],
    ["number('', 99)", 99],
    ["number('12.5', 0.0)", 12.5],
    ["number('x', 0.5)", 0.5],
    ["number('', 0.5)", 0.5],
    ["number('12345678901234567890', 1)", 1],
    ["random(6)", 5],
    ["reveal('1234')", "1234"],
    ["reveal(7) + 1", 8],
    ["reveal(true)", true],
  ])("%s → %j", (text, value) => {
    expect(environment.check(text).valid).toBe(true);
    expect(run(text)).toEqual(value);
  });

  test("a moment can be kept as a map", () => {
    expect(run("now('UTC')")).toMatchObject({ year: 2026, hour: 17, date: "2026-11-23" });
  });
});

describe("checking", () => {
  test.each([
    ["a name that there is not", "nmae"],
    ["a variable that is not declared", "vars.tires"],
    ["a field that there is not", "caller.nmae"],
    ["a function that there is not", "isOpn('office')"],
    ["a text where a number is wanted", "random('6')"],
    ["null, which nothing is", "caller.name == null"],
    ["a number where true or false is wanted", "!vars.tries"],
    ["branches of two types", "vars.vip ? 1 : 'one'"],
    ["a text and a number compared", "caller.zip == 10001"],
    ["half an expression", "vars.tries <"],
  ])("%s is not valid: %s", (_what, text) => {
    expect(environment.check(text).valid).toBe(false);
  });

  test("one flow's variables are not seen by another's expressions", () => {
    const other = environmentOf({ color: { type: "string" } });
    expect(other.check("vars.tries").valid).toBe(false);
    expect(environment.check("vars.color").valid).toBe(false);
  });
});
