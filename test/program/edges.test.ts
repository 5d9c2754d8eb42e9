/** The edges of what each operation accepts and gives: one token changed in it fails here. */
import { expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { CALL_FORMAT } from "../../src/program/call.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import { hashOf } from "../../src/program/hash.ts";
import type { Json } from "../../src/program/json.ts";
import { messageOf } from "../../src/program/message-of.ts";
import { FORMAT } from "../../src/program/program.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

function run(text: string): Json {
  return evaluate(lower(environment.parse(text).ast), sightOf(worldOf({ record: { a: 1 } })), CLOCK);
}

test.each<[text: string, value: Json]>([
  // Dates
  ["isDate('x2026-11-26')", false],
  ["isDate('2026-11-26x')", false],
  ["isDate('x2026-11-26T10:00')", false],
  ["isDate('2026-11-26T10:00x')", false],
  ["isDate('2026-02-30')", false],
  ["isDate('2026-11-26T24:00')", false],
  ["isDate('2026-11-26T23:60')", false],
  ["isDate('2026-11-26T23:59')", true],
  ["isDate('')", false],
  ["date('2026-11-26').time", "00:00"],
  ["date('2026-11-26 15:30').time", "15:30"],
  ["date('2026-11-26T15:30:10.5').time", "15:30"],
  ["date('2026-11-26 15:30Z').time", "10:30"],
  ["date('2026-11-26T15:30+0100').time", "09:30"],
  ["date('2026-11-26T15:30-05:00').time", "15:30"],
  ["date('2026-11-26').weekday", 4],
  ["addDays('2026-12-31', 1)", "2027-01-01"],
  ["addDays('2026-11-26T09:05', -1)", "2026-11-25T09:05"],
  ["addDays('0001-01-01', 1)", "0001-01-02"],
  ["date('0050-06-01T12:00Z').date", "0050-06-01"],
  ["spokenDate('0099-12-31')", "Thursday, December 31, 99"],
  ["daysBetween('2026-11-26', '2026-12-26')", 30],
  ["daysBetween('2026-11-26', '2026-11-25')", -1],
  ["spokenTime('9:05')", "9:05 AM"],
  ["spokenTime('0:00')", "12:00 AM"],
  ["spokenTime('19:59')", "7:59 PM"],
  ["spokenTime('20:00')", "8:00 PM"],
  ["spokenTime('23:59')", "11:59 PM"],
  ["now('nowhere').time", "12:00"],
  ["now('UTC').time", "17:00"],
  // Texts as other types
  ["[bool('1'), bool('t'), bool('true'), bool('TRUE'), bool('True')]", [true, true, true, true, true]],
  [
    "[bool('0'), bool('f'), bool('false'), bool('FALSE'), bool('False')]",
    [false, false, false, false, false],
  ],
  ["[double('inf') > 0.0, double('+Infinity') > 0.0, double('-inf') < 0.0]", [true, true, true]],
  ["[string(double('inf')), string(double('-inf')), string(double('nan'))]", ["+Inf", "-Inf", "NaN"]],
  ["[int('-7'), int('9007199254740991'), int(-2.9), int('0')]", [-7, 9007199254740991, -2, 0]],
  ["number(' +12 ', 0)", 12],
  ["number('1+2', 0)", 0],
  ["number('123456789012345', 0)", 123456789012345],
  ["number('1234567890123456', 0)", 0],
  ["number(' ', 1.5)", 1.5],
  ["number('inf', 1.5)", 1.5],
  ["number('2.5', 1.5)", 2.5],
  ["digits('a0-9b5')", "0 9 5"],
  ["digits(1029)", "1 0 2 9"],
  ["spell('ab-1é')", "a b 1 é"],
  // Order and equality
  ["['a' < 'b', 'b' < 'a', 'a' < 'a']", [true, false, false]],
  ["['a' <= 'b', 'b' <= 'a', 'a' <= 'a']", [true, false, true]],
  ["['a' > 'b', 'b' > 'a', 'a' > 'a']", [false, true, false]],
  ["['a' >= 'b', 'b' >= 'a', 'a' >= 'a']", [false, true, true]],
  ["[1 < 2, 2 < 1, 1 < 1, 1 <= 1, 2 <= 1, 1 >= 1, 1 >= 2]", [true, false, false, true, false, true, false]],
  ["[false < true, true < false, true <= true, false >= true]", [true, false, true, false]],
  ["[double('nan') < 1.0, double('nan') >= 1.0, double('nan') <= 1.0]", [false, false, false]],
  ["[[1] == [1], [1] == [2], [1] == [1, 2], [] == []]", [true, false, false, true]],
  ["[{'a': 1} == {'a': 1}, {'a': 1} == {'a': 2}, {'a': 1} == {'b': 1}]", [true, false, false]],
  [
    "[{'a': 1, 'b': 2} == {'a': 1, 'b': 3}, {'a': 1} == {'a': 1, 'b': 2}, {'a': 1, 'b': 2} == {'a': 1}]",
    [false, false, false],
  ],
  ["[2 in [1, 2], 3 in [1, 2], 'a' in {'a': 1}, 'toString' in {'a': 1}]", [true, false, true, false]],
  // Searching and cutting
  [
    "['abcabc'.indexOf('c'), 'abcabc'.indexOf('c', 3), 'abcabc'.indexOf('a', 0), 'abc'.indexOf('c', 2)]",
    [2, 5, 0, 2],
  ],
  [
    "['abcabc'.lastIndexOf('c'), 'abcabc'.lastIndexOf('c', 3), 'abc'.indexOf('', 3), 'abc'.indexOf('?', 0)]",
    [5, 2, 3, -1],
  ],
  [
    "['abc'.substring(0), 'abc'.substring(3), 'abc'.substring(1, 2), 'abc'.substring(1, 1)]",
    ["abc", "", "b", ""],
  ],
  ["'a,b,c'.split(',', 2)", ["a", "b,c"]],
  ["'a,b,c'.split(',', 3)", ["a", "b", "c"]],
  ["'a,b,c'.split(',', 0)", []],
  ["'a,b,c'.split(',', -1)", ["a", "b", "c"]],
  ["'a,b,c'.split(',', 1)", ["a,b,c"]],
  ["[['a', 'b'].join(), ['a', 'b'].join('-')]", ["ab", "a-b"]],
  ["[round(1.23456, 0), round(1.23456, 4), round(12.5, 10)]", [1, 1.2346, 12.5]],
  ["{'a': 1}.a", 1],
  ["[7, 8][1]", 8],
])("%s is %j", (text, value) => {
  expect(run(text)).toEqual(value);
});

test.each([
  ["date('2026-11-31')", "invalid_date"],
  ["date('tomorrow')", "invalid_date"],
  ["spokenTime('24:00')", "invalid_date"],
  ["spokenTime('12:60')", "invalid_date"],
  ["spokenTime('12:000')", "invalid_date"],
  ["addDays('2026-11-26', 4000000)", "numeric_overflow"],
  ["addDays('2026-11-26', -4000000)", "numeric_overflow"],
  ["addDays('9999-12-31', 1)", "numeric_overflow"],
  ["bool('x1')", "bool_conversion_error"],
  ["bool('1x')", "bool_conversion_error"],
  ["bool('x0')", "bool_conversion_error"],
  ["bool('0x')", "bool_conversion_error"],
  ["int(' 7')", "int_conversion_error"],
  ["int('0x10')", "int_conversion_error"],
  ["int('000000000000000000007')", "int_conversion_error"],
  ["int('seven')", "int_conversion_error"],
  ["int(double('inf'))", "numeric_overflow"],
  ["double('xinf')", "double_conversion_error"],
  ["double('infx')", "double_conversion_error"],
  ["double('xnan')", "double_conversion_error"],
  ["double('nanx')", "double_conversion_error"],
  ["double('')", "double_conversion_error"],
  ["double('1 ')", "double_conversion_error"],
  ["'abc'.indexOf('a', -1)", "index_out_of_range"],
  ["'abc'.indexOf('a', 3)", "index_out_of_range"],
  ["'abc'.substring(-1)", "index_out_of_range"],
  ["'abc'.substring(4)", "index_out_of_range"],
  ["'abc'.substring(2, 1)", "index_out_of_range"],
  ["'abc'.substring(-1, 1)", "index_out_of_range"],
  ["'abc'.substring(0, 4)", "index_out_of_range"],
  ["round(1.5, -1)", "index_out_of_range"],
  ["[1, 'a'].join()", "invalid_list_element_type"],
  ["isOpen('nowhere')", "no_such_hours"],
  ["vars.record.toString", "no_such_key"],
  ["[1][1]", "index_out_of_bounds"],
  ["money(1, 'xUSD')", "invalid_currency"],
  ["money(1, 'USDx')", "invalid_currency"],
])("%s fails: %s", (text, code) => {
  expect(() => run(text)).toThrow(new RegExp(`^${code}`));
});

test("the hash of a Program is the same in every release, whatever the order of its keys", () => {
  expect(hashOf(JSON.parse('{"b":[2,{"d":1,"c":null}],"a":"x"}'))).toBe(
    hashOf(JSON.parse('{"a":"x","b":[2,{"c":null,"d":1}]}')),
  );
  expect(hashOf(JSON.parse('{"a":"x"}'))).toBe("bac82bcae3");
});

test("a raised format is a decision: what older Workers wrote is read by the one after, or lost", () => {
  expect([FORMAT, CALL_FORMAT]).toEqual([2, 2]);
});

test("a failure's sentence is its message, or the thing that was thrown", () => {
  expect(messageOf(new Error("late"))).toBe("late");
  expect(messageOf("late")).toBe("late");
});
