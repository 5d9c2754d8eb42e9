import { describe, expect, test } from "vitest";
import { askedToSay, numberForms, numeralsOf } from "../../src/flow/language/numerals.ts";
import { digitsHeard, numberHeard } from "../../src/program/numerals.ts";

describe("digitsHeard", () => {
  const heard: [language: string, said: string, digits: string | undefined][] = [
    ["en", "4711", "4711"],
    ["en", "4711.", "4711"],
    ["en", "4 7 1 1", "4711"],
    ["en", "47-11", "4711"],
    ["en", "4,711", "4711"],
    ["en", "four seven one one", "4711"],
    ["en", "Four, seven, one, one.", "4711"],
    ["en", "forty-seven eleven", "4711"],
    ["en", "forty seven double one", "4711"],
    ["en", "double seven", "77"],
    ["en", "triple oh 7", "0007"],
    ["en", "two oh two", "202"],
    ["en", "it's number one, please", "1"],
    ["en", "Option 1.", "1"],
    ["en", "My PIN is 4711.", "4711"],
    ["en", "I'd like option one.", "1"],
    ["en", "My zip code is eight oh two oh two.", "80202"],
    ["en", "I would like one of those.", undefined],
    ["es-MX", "Mi PIN es 4711.", "4711"],
    ["es-MX", "Quiero la opción dos.", "2"],
    ["fr", "Je voudrais le choix deux.", "2"],
    ["de", "Meine PIN ist 4711.", "4711"],
    ["de", "Ich möchte die Eins.", "1"],
    ["pt-BR", "Quero a opção dois.", "2"],
    ["it", "Il mio PIN è 4711.", "4711"],
    ["en", "twenty twenty six", "2026"],
    ["en", "４７１１", "4711"],
    ["en", "5️⃣", "5"],
    ["en", "five ⭐⭐", "5"],
    ["en", "👍", undefined],
    ["en", "two or three", undefined],
    ["en", "twofold", undefined],
    ["en", "number, please", undefined],
    ["en", "double", undefined],
    ["en", "sales", undefined],
    ["en", "", undefined],
    ["en", "cuatro", undefined],
    ["es-MX", "cuatro siete uno uno", "4711"],
    ["es-MX", "Cuarenta y siete once.", "4711"],
    ["es-MX", "doble siete", "77"],
    ["es-MX", "veintidós", "22"],
    ["es-MX", "número dos, por favor", "2"],
    ["es-MX", "dos o tres", undefined],
    ["fr", "quatre sept un un", "4711"],
    ["fr", "quarante-sept onze", "4711"],
    ["fr", "quatre-vingt-dix-sept", "97"],
    ["fr", "quatre-vingts", "80"],
    ["fr", "quatre-vingt-un", "81"],
    ["fr", "soixante et onze", "71"],
    ["fr", "soixante-douze", "72"],
    ["fr", "septante-deux", "72"],
    ["fr", "vingt et un", "21"],
    ["fr", "double sept", "77"],
    ["fr", "C'est l'option numéro deux, s'il vous plaît.", "2"],
    ["de", "vier sieben eins eins", "4711"],
    ["de", "siebenundvierzig elf", "4711"],
    ["de", "einundzwanzig", "21"],
    ["de", "zwo", "2"],
    ["de", "Dreißig", "30"],
    ["de", "zweimal sieben", "77"],
    ["de", "die Nummer fünf, bitte", "5"],
    ["pt-BR", "quatro sete um um", "4711"],
    ["pt-BR", "quarenta e sete onze", "4711"],
    ["pt-BR", "meia três", "63"],
    ["pt-BR", "opção dois", "2"],
    ["it", "quattro sette uno uno", "4711"],
    ["it", "quarantasette undici", "4711"],
    ["it", "ventuno ventotto", "2128"],
    ["it", "ventitré", "23"],
    ["it", "doppio sette", "77"],
    ["it", "l'opzione due", "2"],
    ["pl", "4 7 11", "4711"],
    ["pl", "cztery", undefined],
    ["ar", "٤٧١١", "4711"],
  ];
  test.each(heard)("%s: %j is %s", (language, said, digits) => {
    expect(digitsHeard(said, numeralsOf([language]))).toBe(digits);
  });

  test("hears the numbers of every language of a flow", () => {
    const both = numeralsOf(["en-US", "es-MX"]);
    expect(digitsHeard("four cinco", both)).toBe("45");
  });
});

test("a menu of single keys needs only the numbers to 9", () => {
  const few = numeralsOf(["en"], 9);
  expect(digitsHeard("Number nine, please.", few)).toBe("9");
  expect(digitsHeard("10", few)).toBe("10");
  expect(digitsHeard("ten", few)).toBeUndefined();
  expect(digitsHeard("double one", few)).toBeUndefined();
});

test.each([
  ["12", "12"],
  ["-5", "-5"],
  ["12.5", "12.5"],
  ["12.", "12"],
  ["Twelve.", "12"],
  ["4,711", "4711"],
  ["47-11", "4711"],
  ["12,5", undefined],
  ["minus five", undefined],
  ["a lot", undefined],
])("as a number, %j is %s", (said, number) => {
  expect(numberHeard(said, numeralsOf(["en"]))).toBe(number);
});

test.each([
  ["one", "en", ["1"]],
  ["1", "en", ["one"]],
  ["gate forty seven", "en", ["gate 47"]],
  ["gate 47", "es", ["gate cuarenta y siete"]],
  ["bloque cuarenta y siete", "es", ["bloque 47"]],
  ["one one two", "en", ["1 1 2"]],
  ["room 101", "en", []],
  ["sales", "en", []],
])("%s in %s is also written as %j", (phrase, language, forms) => {
  expect(numberForms(phrase, [language])).toEqual(forms);
});

test.each([
  ["For sales, press or say 1. For service, press or say 2.", ["1", "2"]],
  ["Press 1 or say one.", ["1"]],
  ["Say or press 3.", ["3"]],
  ["Oprima o diga uno.", ["1"]],
  ["Tapez ou dites 4.", ["4"]],
  ["Drücken oder sagen Sie die 5.", ["5"]],
  ["Pressione ou diga 6.", ["6"]],
  ["Prema o dica il 7.", ["7"]],
  ["Press 1, or say sales.", []],
  ["Say one of these: sales, tours.", []],
  ["Press 1.", []],
])("%j asks to say %j", (prompt, keys) => {
  expect(askedToSay(prompt)).toEqual(keys);
});

test("what a caller says with a number in it is one only if all of it is", () => {
  const numerals = numeralsOf(["en"]);
  for (const said of ["a12", "12a", "12 a", "4.5.6 x"]) expect(digitsHeard(said, numerals)).toBeUndefined();
  expect(numberHeard("-12.75", numerals)).toBe("-12.75");
  expect(digitsHeard("four please double seven", numerals)).toBe("477");
  expect(digitsHeard("double please seven", numerals)).toBe("77");
});
