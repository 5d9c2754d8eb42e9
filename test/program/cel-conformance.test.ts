/** Facts of CEL's public conformance suite (google/cel-spec, tests/simple), for the parts that this language has. */
import { expect, test } from "vitest";
import { environmentOf, FUNCTION_NAMES } from "../../src/flow/analysis/environment.ts";
import { lower, Unsupported } from "../../src/flow/compile/lower.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import { FUNCTIONS } from "../../src/program/functions.ts";
import type { Json } from "../../src/program/json.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

function run(text: string): Json {
  expect(environment.check(text)).toMatchObject({ valid: true });
  return evaluate(lower(environment.parse(text).ast), sightOf(worldOf()), CLOCK);
}

test.each([
  // integer_math
  ...["42 + (-2) == 40", "-42 - (-2) == -40", "-42 * -2 == 84", "-42 / 2 == -21", "42 % -5 == 2"],
  ...["-42 % -5 == -2", "-(-42) == 42", "-(0) == 0", "7 / 2 == 3", "-7 / 2 == -3"],
  "-9223372036854775808 < -9223372036854775807",
  // fp_math, comparisons
  ...["4.25 * 15.25 == 64.8125", "42.0 / -0.2 == -210.0", "1.5 < 2", "1 < 1.5", "2 >= 2.0", "dyn(1) == 1.0"],
  ...[
    "'a' < 'b'",
    "'a' < 'aa'",
    "'A' < 'a'",
    "false < true",
    "dyn([1]) == [1.0]",
    "dyn({'k': 1}) == {'k': 1.0}",
  ],
  ...["[1, 'a'] != ['a', 1]", "dyn(1) != dyn('1')", "null == null", "dyn([1]) != dyn({'a': 1})"],
  // logic
  ...["false && 2 / 0 > 3 ? false : true", "!((2 / 0 > 3) && false)", "(2 / 0 > 3) || true"],
  ...["!(dyn('horses') && false)", "dyn('horses') || true", "(true ? 1 : 2) == 1"],
  // lists, in
  ...[
    "[0, 1] + [2] == [0, 1, 2]",
    "[2] + [2] == [2, 2]",
    "7 in [5, 7]",
    "!('b' in {'a': 1})",
    "'a' in {'a': 1}",
  ],
  ...["dyn(1.0) in [1, 2]", "[7, 8, 9][1] == 8", "{'a': {'b': 2}}.a['b'] == 2", "{1: 'x'}[1] == 'x'"],
  // macros
  ...["[1, 2, 3].exists(e, e == 2)", "![1, 2, 3].exists(e, e > 3)", "[1, 'foo', 3].exists(e, e != '1')"],
  ...[
    "!dyn([]).exists(e, e == 2)",
    "{'key1': 1, 'key2': 2}.exists(k, k == 'key2')",
    "[1, 2, 3].all(e, e > 0)",
  ],
  ...["![1, 2, 3].all(e, 6 / (2 - e) == 6)", "dyn([]).all(e, e > 0)", "!dyn([]).exists_one(a, a == 7)"],
  ...["[6, 7, 8].exists_one(foo, foo % 5 == 2)", "![0, 1, 2, 3, 4].exists_one(n, n % 2 == 1)"],
  ...[
    "dyn([]).map(n, n / 2) == []",
    "[2, 4, 6].map(n, n / 2) == [1, 2, 3]",
    "[1, 2, 3].map(n, n > 1, n * n) == [4, 9]",
  ],
  ...["[0, 1, 2, 3, 4].filter(x, x % 2 == 1) == [1, 3]", "[1].filter(n, n > 3) == []"],
  // fields
  ...["!has(vars.record.a)", "has(vars.message.url)", "[1, 2].map(x, has(vars.record.b)) == [false, false]"],
  // string, string_ext
  ...[
    "size('πέντε') == 5",
    "size('') == 0",
    "'πέντε'.size() == 5",
    "'abc'.contains('')",
    "'foobar'.startsWith('foo')",
  ],
  ...[
    "!'foobar'.endsWith('foo')",
    "'aab'.matches('a+b')",
    "'mañana'.matches('a+ñ+a+')",
    "'🐱😀'.matches('^..$')",
  ],
  ...["'tacocat'.indexOf('') == 0", "'tacocat'.indexOf('ac') == 1", "'tacocat'.indexOf('none') == -1"],
  ...["'tacocat'.indexOf('', 3) == 3", "'tacocat'.indexOf('at', 3) == 5", "'tacocat'.lastIndexOf('') == 7"],
  ...["'tacocat'.lastIndexOf('a', 3) == 1", "'bananananana'.lastIndexOf('nana', 7) == 6"],
  ...["'TacoCat'.lowerAscii() == 'tacocat'", "'tacoCat'.upperAscii() == 'TACOCAT'"],
  ...[
    "'hello world'.split(' ') == ['hello', 'world']",
    "'a b c'.split(' ', 0) == []",
    "'a b c'.split(' ', 1) == ['a b c']",
  ],
  ...[
    "'a b c'.split(' ', 2) == ['a', 'b c']",
    "'o©o'.split('©', -1) == ['o', 'o']",
    "'tacocat'.substring(4) == 'cat'",
  ],
  ...[
    "'tacocat'.substring(7) == ''",
    "'tacocat'.substring(0, 4) == 'taco'",
    "'ta©o©αT'.substring(2, 6) == '©o©α'",
  ],
  ...[
    "['x', 'y'].join() == 'xy'",
    "['x', 'y'].join('-') == 'x-y'",
    "[].join('-') == ''",
    "' text  '.trim() == 'text'",
  ],
  // conversions
  ...[
    "double(1000000000000) == 1e12",
    "double('-987.654') == -987.654",
    "double('6.02214e23') == 6.02214e23",
  ],
  ...[
    "int(-123.456) == -123",
    "int(1.9) == 1",
    "int('987') == 987",
    // CEL's suite has no empty text: cel-js reads it as 0, and docs/language.md says so.
    "int('') == 0",
    "string(-456) == '-456'",
    "bool('true')",
  ],
  ...["string(-4.5e-3) == '-0.0045'", "string(true) == 'true'"],
])("%s", (text) => {
  expect(run(text)).toBe(true);
});

test.each([
  ["15 / 0", "division_by_zero"],
  ["42 % 0", "modulo_by_zero"],
  ["9223372036854775807 + 1", "numeric_overflow"],
  ["-9223372036854775808 - 1", "numeric_overflow"],
  ["5000000000 * 5000000000", "numeric_overflow"],
  ["-9223372036854775808 / -1", "numeric_overflow"],
  ["-dyn(-9223372036854775808)", "numeric_overflow"],
  ["int(1e99)", "numeric_overflow"],
  ["2 / 0 > 4 ? 'baz' : 'quux'", "division_by_zero"],
  ["true && 1 / 0 != 0", "division_by_zero"],
  ["1 / 0 != 0 || false", "division_by_zero"],
  ["dyn('less filling') && dyn('tastes great')", "invalid_logical_operand"],
  ["dyn('cows') ? 1 : 2", "invalid_condition_type"],
  ["[1, 2, 3].exists(e, e / 0 == 17)", "division_by_zero"],
  ["[1, 'foo', 3].all(e, e % 2 == 1)", "no_such_overload"],
  ["[3, 2, 1, 0].exists_one(n, 12 / n > 1)", "division_by_zero"],
  ["[2, 1, 0].map(n, 4 / n)", "division_by_zero"],
  ["[3, 2, 1, 0].filter(n, 12 / n > 4)", "division_by_zero"],
  ["{'a': 1}.b", "no_such_key"],
  ["[1][-1]", "index_out_of_bounds"],
  ["has(vars.record.a.b)", "no_such_key"],
  ["'tacocat'.substring(8)", "index_out_of_range"],
  ["'tacocat'.substring(3, 2)", "index_out_of_range"],
  ["'tacocat'.indexOf('a', 30)", "index_out_of_range"],
  ["dyn('a') + dyn(null)", "no_such_overload"],
  ["size(dyn(1))", "no_matching_overload"],
])("%s fails: %s", (text, code) => {
  expect(() => run(text)).toThrow(expect.objectContaining({ code }));
});

test.each([
  ...[
    "timestamp('2026-01-01T00:00:00Z') < timestamp(0)",
    "duration('1h') == duration('60m')",
    "type(1) == int",
  ],
  ...[
    "b'a' == b'b'",
    "1u == 2u",
    "bytes('a') == b'a'",
    "cel.bind(x, 1, x + x) == 2",
    "9223372036854775808 > 0",
  ],
  "{1: 2}.all(k, k == 1)",
])("%s is a part of CEL that this language does not have", (text) => {
  expect(environment.check(text).valid).toBe(true);
  expect(() => lower(environment.parse(text).ast)).toThrow(Unsupported);
});

test("every function of this language that the checker knows is one that the evaluator has", () => {
  // The value of `reveal` is its operand's: it is left out when an expression is compiled.
  const missing = FUNCTION_NAMES.filter((name) => !Object.hasOwn(FUNCTIONS, name));
  expect(missing).toEqual(["reveal"]);
});
