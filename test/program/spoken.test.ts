/** Values in the call's language. */
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import type { Json } from "../../src/program/json.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

function run(text: string, language = "en-US", values: Record<string, Json> = {}): Json {
  const clock = { ...CLOCK, language };
  return evaluate(lower(environment.parse(text).ast), sightOf(worldOf(values)), clock);
}

/** One value in each language. */
const SPOKEN: Record<string, Record<string, string>> = {
  "spokenDate('2026-11-26')": {
    "en-US": "Thursday, November 26",
    "en-GB": "Thursday 26 November",
    "de-DE": "Donnerstag, 26. November",
    "fr-FR": "jeudi 26 novembre",
    "es-US": "jueves, 26 de noviembre",
    "pt-BR": "quinta-feira, 26 de novembro",
    "it-IT": "giovedì 26 novembre",
    "ja-JP": "11月26日木曜日",
  },
  "spokenDate('2027-01-05T08:00')": {
    "en-US": "Tuesday, January 5, 2027",
    "de-DE": "Dienstag, 5. Januar 2027",
    "es-US": "martes, 5 de enero de 2027",
  },
  "spokenTime('15:30')": {
    "en-US": "3:30 PM",
    "de-DE": "15:30",
    "fr-FR": "15:30",
    "pt-BR": "15:30",
    "it-IT": "15:30",
    "ja-JP": "15:30",
  },
  "spokenTime('2026-11-26T09:05')": { "en-US": "9:05 AM", "de-DE": "9:05" },
  "spokenTime('2026-11-26T20:30:00Z')": { "en-US": "3:30 PM" },
  "money(12.5, 'USD')": {
    "en-US": "$12.50",
    "de-DE": "12,50 $",
    "fr-FR": "12,50 dollars des États-Unis",
    "es-US": "$12.50",
    "it-IT": "12,50 dollari statunitensi",
    "ja-JP": "$12.50",
  },
  "money(1234, 'EUR')": { "en-US": "€1234", "de-DE": "1234 €", "es-US": "1234 euros" },
  "money(12, 'CAD')": { "en-US": "12 Canadian dollars", "en-CA": "$12" },
  "money(-0.5, 'USD')": { "en-US": "-$0.50" },
  "spokenNumber(1234.5)": { "en-US": "1234.5", "de-DE": "1234,5", "ar-EG": "1234.5" },
  "spokenNumber(7)": { "ar-EG": "7" },
  "ordinal(1)": {
    "en-US": "1st",
    "de-DE": "1.",
    "fr-FR": "1er",
    "es-MX": "1.º",
    "it-IT": "1º",
    "cmn-CN": "第1",
  },
  "ordinal(22)": { "en-US": "22nd", "fr-FR": "22e", "sv-SE": "22:a", "nl-NL": "22e", "pl-PL": "22." },
  "ordinal(13)": { "en-US": "13th", "sv-SE": "13:e" },
  "plural(1, 'one unit', '{n} units')": { "en-US": "one unit", "de-DE": "one unit", "ja-JP": "1 units" },
  "plural(0, 'one unit', '{n} units')": { "en-US": "0 units", "fr-FR": "one unit" },
  "plural(1.5, 'one hour', '{n} hours')": { "en-US": "1.5 hours", "de-DE": "1,5 hours" },
};

describe.each(Object.entries(SPOKEN))("%s", (text, languages) => {
  test.each(Object.entries(languages))("%s: %s", (language, value) => {
    expect(environment.check(text)).toMatchObject({ valid: true, type: "string" });
    expect(run(text, language)).toBe(value);
  });
});

describe("plural", () => {
  const polish =
    "plural(vars.tries, {'one': '{n} plik', 'few': '{n} pliki', 'many': '{n} plików', 'other': '{n} pliku'})";

  test.each([
    [1, "1 plik"],
    [3, "3 pliki"],
    [5, "5 plików"],
    [22, "22 pliki"],
  ])("%i has its form in Polish: %s", (tries, value) => {
    expect(run(polish, "pl-PL", { tries })).toBe(value);
  });

  test("a form of a number itself comes first, and `other` takes the place of one that lacks", () => {
    const text = "plural(vars.tries, {'0': 'no calls', 'other': '{n} calls'})";
    expect(run(text, "en-US", { tries: 0 })).toBe("no calls");
    expect(run(text, "en-US", { tries: 1 })).toBe("1 calls");
  });

  test("text of the caller's in a form stays as it is", () => {
    const text = "plural(2, 'x', vars.name + ' {n}')";
    expect(run(text, "en-US", { name: "$& $1" })).toBe("$& $1 2");
  });

  test("a map from a service without the form fails", () => {
    expect(() => run("plural(2, vars.record)", "en-US", { record: { other: 7 } })).toThrow("no_plural_form");
  });
});

test.each<[text: string, value: Json]>([
  ["round(2.5)", 3],
  ["round(-2.5)", -3],
  ["round(7)", 7],
  ["round(vars.rate)", 1],
  ["round(1.005, 2)", 1.01],
  ["round(12.345, 1)", 12.3],
  ["round(7, 2)", 7],
  ["round(0.0000001, 2)", 0],
  ["round(1e21, 2)", 1e21],
])("%s → %j", (text, value) => {
  expect(environment.check(text).valid).toBe(true);
  expect(run(text, "en-US", { rate: 0.5 })).toBe(value);
});

test.each([
  ["money(1, 'dollars')", "invalid_currency"],
  ["money(1, vars.name)", "invalid_currency"],
  ["spokenTime('2026-11-26')", "invalid_date"],
  ["spokenTime('25:00')", "invalid_date"],
  ["round(1e300)", "numeric_overflow"],
  ["round(1.5, 11)", "index_out_of_range"],
])("%s fails: %s", (text, code) => {
  expect(() => run(text)).toThrow(code);
});

test("a language that is not a tag speaks English", () => {
  for (const language of ["", "english!", "-"]) expect(run("spokenTime('15:30')", language)).toBe("3:30 PM");
});

test("a value is written without invisible marks, which a voice may stumble over", () => {
  for (const language of ["ar-SA", "he-IL", "fr-FR", "es-US", "en-US"]) {
    for (const text of ["money(12.5, 'USD')", "spokenTime('15:30')", "spokenDate('2026-11-26')"])
      expect(run(text, language)).not.toMatch(/[\u061c\u200e\u200f\u00a0\u202f]/);
  }
});

describe("an ordinal", () => {
  test.each<[language: string, ordinals: string[]]>([
    ["en-US", ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st"]],
    ["es-US", ["1.º", "2.º"]],
    ["fr-FR", ["1er", "2e"]],
    ["it-IT", ["1º", "2º", "8º"]],
    ["ja-JP", ["第1"]],
    ["nl-NL", ["1e", "2e"]],
    ["pt-BR", ["1º", "2º"]],
    ["sv-SE", ["1:a", "2:a", "3:e", "11:e"]],
    ["zh-CN", ["第1"]],
    ["de-DE", ["1.", "2."]],
  ])("in %s: %j", (language, ordinals) => {
    for (const written of ordinals)
      expect(run(`ordinal(${/\d+/.exec(written)?.[0]})`, language)).toBe(written);
  });
});

describe("a currency", () => {
  test.each([
    ["USD", "en-US", "$1"],
    ["EUR", "en-US", "€1"],
    ["CHF", "en-US", "1 Swiss franc"],
    ["ZAR", "en-US", "1 South African rand"],
    ["AUD", "en-AU", "$1"],
  ])("%s in %s is what a voice reads: %s", (currency, language, spoken) => {
    expect(run(`money(1, '${currency}')`, language)).toBe(spoken);
  });

  test.each(["US", "USDX", "usd", "U1D", ""])("%j is none", (currency) => {
    expect(() => run(`money(1, '${currency}')`)).toThrow("invalid_currency");
  });
});

test("null is an empty text", () => {
  expect(run("null")).toBe("");
  expect(run("[null]")).toEqual([""]);
});
