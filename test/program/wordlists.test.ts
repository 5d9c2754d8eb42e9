/** Every entry of the lists that compare and speak words: one that is lost fails here. */
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import { type Clock, ExpressionError, fromCel, toCel, typedToCel } from "../../src/program/expression.ts";
import type { Json } from "../../src/program/json.ts";
import { digitsHeard, numberHeard } from "../../src/program/numerals.ts";
import { isSame, matchSpeech, normalise, withoutEnd } from "../../src/program/speech.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

function run(text: string, clock: Clock = CLOCK): Json {
  return evaluate(lower(environment.parse(text).ast), sightOf(worldOf({})), clock);
}

describe("a text is compared", () => {
  test.each(["l", "d", "dell", "nell", "all", "dall", "sull", "coll", "quell", "quest", "un"])(
    "without the elided %s",
    (article) => {
      for (const sign of ["'", "‘", "’", "ʼ"]) expect(normalise(`${article}${sign}ora`)).toBe("ora");
      expect(normalise(`x${article}'ora`)).toBe(`x${article} ora`);
      expect(normalise(`${article}' ora`)).toBe(`${article} ora`);
    },
  );

  test.each([
    ["Straße", "strasse"],
    ["Ærø", "aero"],
    ["Œuvre", "oeuvre"],
    ["Łódź", "lodz"],
    ["Zoë Ñandú", "zoe nandu"],
    ["ﬁne", "fine"],
    ["a\u00adb\u200ec\u200fd", "abcd"],
    ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
    ["۰۱۲۳۴۵۶۷۸۹", "0123456789"],
    ["شَقّة", "شقه"],
    ["مبنى", "مبني"],
    ["المبيعات", "مبيعات"],
    ["والمبيعات", "مبيعات"],
    ["فالمبيعات", "مبيعات"],
    ["بالمبيعات", "مبيعات"],
    ["كالمبيعات", "مبيعات"],
    ["للمبيعات", "مبيعات"],
    ["ال", "ال"],
    ["الآن", normalise("الان")],
    ["שָׁלוֹם", "שלום"],
    ["予約", "予 約"],
    ["ひらカタ", "ひ ら カ タ"],
    ["ไทย", "ไ ท ย"],
    ["  a -- b!? ", "a b"],
    ["C'est l'été", "c est ete"],
    ["", ""],
  ])("%j as %j", (text, compared) => {
    expect(normalise(text)).toBe(compared);
  });

  test.each([..." \n.,;:!?…。、！？，،؟।"])("without the end %j", (end) => {
    expect(withoutEnd(`a${end}b${end}${end}`)).toBe(`a${end}b`);
    expect(isSame(`Yes${end}`, "yes")).toBe(true);
  });

  test.each([..." \n¿¡"])("without the beginning %j", (sign) => {
    expect(withoutEnd(`${sign}${sign}a${sign}b`)).toBe(`a${sign}b`);
  });

  test("only from its beginning and its end", () => {
    expect(withoutEnd("-a-")).toBe("-a-");
    expect(isSame("yes", "y es")).toBe(false);
  });
});

describe("a phrase", () => {
  test.each<[string, [string, number][], string | undefined, number | undefined]>([
    [
      "tours",
      [
        ["tours", 0],
        ["tours", 1],
      ],
      undefined,
      undefined,
    ],
    [
      "tours",
      [
        ["tours", 1],
        ["tours", 1],
      ],
      undefined,
      1,
    ],
    [
      "big tours",
      [
        ["tours", 0],
        ["big tours", 1],
      ],
      undefined,
      1,
    ],
    [
      "big tours",
      [
        ["big tours", 1],
        ["tours", 0],
      ],
      undefined,
      1,
    ],
    [
      "a b",
      [
        ["a", 0],
        ["b", 1],
      ],
      undefined,
      undefined,
    ],
    [
      "a b c d",
      [
        ["a", 0],
        ["b", 1],
        ["c d", 2],
      ],
      undefined,
      2,
    ],
    ["", [["", 0]], undefined, undefined],
    ["!", [["", 0]], undefined, undefined],
    ["termine", [["termin", 0]], "e|en", 0],
    ["terminal", [["termin", 0]], "e|en", undefined],
    ["neue termine", [["neu termin", 0]], "e|en", 0],
    ["neuetermine", [["neu termin", 0]], "e|en", 0],
  ])("%j in %j with the endings %s is %s", (said, phrases, ending, index) => {
    expect(matchSpeech(said, phrases, ending)).toBe(index);
  });
});

describe("numerals", () => {
  const numerals = { four: "4", "forty seven": "47", "a b c d": "9", double: "x2", triple: "x3", please: "" };

  test.each([
    ["four", "4"],
    ["4 7 1 1", "4711"],
    ["4,711", "4711"],
    ["forty-seven four", "474"],
    ["double four", "44"],
    ["triple four four", "4444"],
    ["double please four", "44"],
    ["double 12 3", "12123"],
    ["a b c d", "9"],
    ["please", undefined],
    ["double", undefined],
    ["four eggs", undefined],
    ["4x", undefined],
    ["constructor", undefined],
    ["", undefined],
  ])("%j are %s", (said, digits) => {
    expect(digitsHeard(said, numerals)).toBe(digits);
  });

  test.each([
    ["-4.5", "-4.5"],
    ["4.", "4"],
    ["¿4?", "4"],
    ["12,5", undefined],
    ["12,50", undefined],
    ["1.5 million", undefined],
    ["4,711", "4711"],
    ["forty seven", "47"],
    ["x4.5", undefined],
    ["--4", "4"],
  ])("the number %j is %s", (said, number) => {
    expect(numberHeard(said, numerals)).toBe(number);
  });
});

describe("spoken", () => {
  test.each([
    ["en-US", "1st 2nd 3rd 4th 11th 12th 13th 21st"],
    ["es-ES", "1.º 2.º 3.º 4.º 11.º 12.º 13.º 21.º"],
    ["fr-FR", "1er 2e 3e 4e 11e 12e 13e 21e"],
    ["it-IT", "1º 2º 3º 4º 11º 12º 13º 21º"],
    ["ja-JP", "第1 第2 第3 第4 第11 第12 第13 第21"],
    ["nl-NL", "1e 2e 3e 4e 11e 12e 13e 21e"],
    ["pt-BR", "1º 2º 3º 4º 11º 12º 13º 21º"],
    ["sv-SE", "1:a 2:a 3:e 4:e 11:e 12:e 13:e 21:a"],
    ["zh-CN", "第1 第2 第3 第4 第11 第12 第13 第21"],
    ["de-DE", "1. 2. 3. 4. 11. 12. 13. 21."],
    ["not a tag", "1st 2nd 3rd 4th 11th 12th 13th 21st"],
  ])("ordinals in %s", (language, spoken) => {
    const all = "[1, 2, 3, 4, 11, 12, 13, 21].map(n, ordinal(n)).join(' ')";
    expect(run(all, { ...CLOCK, language })).toBe(spoken);
  });

  test.each([
    ["en-US", "12.5, 'USD'", "$12.50"],
    ["en-US", "12, 'USD'", "$12"],
    ["en-US", "1, 'CHF'", "1 Swiss franc"],
    ["en-US", "2, 'CHF'", "2 Swiss francs"],
    ["de-DE", "1234.5, 'EUR'", "1234,50 €"],
  ])("money in %s: %s is %s", (language, amount, spoken) => {
    expect(run(`money(${amount})`, { ...CLOCK, language })).toBe(spoken);
  });
});

describe("CEL's values", () => {
  test.each<[unknown, Json]>([
    [5n, 5],
    [1.5, 1.5],
    [undefined, ""],
    [null, ""],
    [
      [1n, undefined, [null]],
      [1, "", [""]],
    ],
    [
      { a: 5n, b: { c: null } },
      { a: 5, b: { c: "" } },
    ],
    [true, true],
    ["", ""],
  ])("%o as JSON is %j", (value, json) => {
    expect(fromCel(value)).toEqual(json);
  });

  test.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [2n ** 53n],
    [() => 1],
    [Symbol.iterator],
    [[Number.NaN]],
  ])("that JSON does not hold: %o", (value) => {
    expect(() => fromCel(value)).toThrow(new ExpressionError("no_json"));
  });

  test("are as large as the limit, keys and items with them", () => {
    const most = 256 * 1024;
    expect(() => fromCel("x".repeat(most))).not.toThrow();
    expect(() => fromCel("x".repeat(most + 1))).toThrow("size_limit_exceeded");
    expect(() => fromCel(["x".repeat(most - 1)])).not.toThrow();
    expect(() => fromCel(["x".repeat(most)])).toThrow("size_limit_exceeded");
    expect(() => fromCel({ abc: "x".repeat(most - 4) })).not.toThrow();
    expect(() => fromCel({ abc: "x".repeat(most - 3) })).toThrow("size_limit_exceeded");
    expect(() => fromCel(Array(most - 1).fill(true))).not.toThrow();
    expect(() => fromCel(Array(most).fill(true))).toThrow("size_limit_exceeded");
  });

  test.each<[Json, unknown]>([
    [5, 5n],
    [5.5, 5.5],
    [2 ** 53, 2 ** 53],
    [null, null],
    [
      [1, "a", null],
      [1n, "a", null],
    ],
    [{ a: [1] }, { a: [1n] }],
  ])("from %j", (json, value) => {
    expect(toCel(json)).toEqual(value);
  });

  test("a number is a double, an int is not", () => {
    expect([typedToCel("number", 5), typedToCel("int", 5), typedToCel("list", [5])]).toEqual([5, 5n, [5n]]);
  });
});

test.each<[string, Json]>([
  ["'a,b,c'.split(',', 2)", ["a", "b,c"]],
  ["'a,b,c'.split(',', 3)", ["a", "b", "c"]],
  ["'a,b,c'.split(',', 4)", ["a", "b", "c"]],
  ["'a,b,c'.split(',', 1)", ["a,b,c"]],
  ["'a,b,c'.split(',', 0)", []],
  ["'a,b,c'.split(',', -1)", ["a", "b", "c"]],
  ["{'a': 1} == {'a': 1}", true],
  ["{'a': 1} == {'b': 1}", false],
  ["{'a': 1} == {'a': 1, 'b': 2}", false],
  ["{'a': 1, 'b': 2} == {'a': 1}", false],
  ["dyn({'a': 1}) == dyn('a')", false],
  ["dyn('a') == dyn({'a': 1})", false],
  ["dyn([1]) == dyn({'0': 1})", false],
  ["[1, 2] == [1]", false],
  ["[1] == [1, 2]", false],
  ["[1, 2] == [1, 3]", false],
  ["dyn(1) == dyn('1')", false],
])("%s is %j", (text, value) => {
  expect(run(text)).toEqual(value);
});
