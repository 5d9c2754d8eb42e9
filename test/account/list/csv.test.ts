/** CSV, as spreadsheets and people write it. */
import { expect, test } from "vitest";
import { parseCsv } from "../../../src/cli/account/list/csv.ts";
import { readExcept, readNumber } from "../../../src/cli/account/list/number.ts";

const cellsIn = (text: string): string[][] => parseCsv(text, "list.csv").map(({ cells }) => cells);

test.each([
  [
    "plain rows",
    "to,name\n1,Ada\n",
    [
      ["to", "name"],
      ["1", "Ada"],
    ],
  ],
  ["no line break at the end", "to\n1", [["to"], ["1"]]],
  [
    "a byte order mark",
    "\uFEFFto,name\n1,Ada",
    [
      ["to", "name"],
      ["1", "Ada"],
    ],
  ],
  ["a byte order mark before a quote", '\uFEFF"to"\n1', [["to"], ["1"]]],
  [
    "CRLF",
    "to,name\r\n1,Ada\r\n",
    [
      ["to", "name"],
      ["1", "Ada"],
    ],
  ],
  ["CR alone", "to\r1\r", [["to"], ["1"]]],
  ["quotes, commas and line breaks in quotes", 'a\n"x, ""y""\nz"', [["a"], ['x, "y"\nz']]],
  ["a quote inside a plain value", 'a\n6" pipe', [["a"], ['6" pipe']]],
  [
    "empty lines and rows",
    "a,b\n\n,\n  \n1,2\n\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "empty values",
    "a,b,c\n1,,\n,,3",
    [
      ["a", "b", "c"],
      ["1", "", ""],
      ["", "", "3"],
    ],
  ],
  [
    "blanks around values",
    "a , b\n 1,2 ",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "semicolons",
    "a;b\n1,5;2",
    [
      ["a", "b"],
      ["1,5", "2"],
    ],
  ],
  [
    "tabs",
    "a\tb\n1\t2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["an empty file", "", []],
])("reads %s", (_, text, rows) => {
  expect(cellsIn(text)).toEqual(rows);
});

test("knows the lines, also after line breaks in quotes", () => {
  const rows = parseCsv('a\r\n"1\r\n2"\r\n\r\n3\r\n', "list.csv");
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 5]);
});

test.each([
  ['a\n"open', "list.csv:2: a quote has no end"],
  ['a\n1\n"x" y\n', "list.csv:3: a quote"],
])("refuses %j", (text, words) => {
  expect(() => parseCsv(text, "list.csv")).toThrow(words);
});

test.each([
  ["+14155550111", { number: "+14155550111" }],
  ["+1 (415) 555-0111", { number: "+14155550111" }],
  ["+44 (0)20 7946 0000", { number: "+442079460000" }],
  ["", { problem: "no number" }],
  ["+14155550111 ext. 5", { problem: expect.stringContaining("extension") }],
  ["4155550111", { problem: expect.stringContaining("with a plus and a country code") }],
  ["1.4155550111E+10", { problem: expect.stringContaining("with a plus") }],
  ["911", { problem: expect.stringContaining("emergency") }],
  ["+19005550111", { problem: expect.stringContaining("premium-rate") }],
])("reads the number %j", (text, read) => {
  expect(readNumber(text)).toEqual(read);
});

test("reads a do-not-call file, and misses nobody in it", () => {
  const text = "number,reason\n# asked in May\n+1 415 555 0111,no\n\n+14155550112\n";
  expect([...readExcept(text, "no.txt")]).toEqual(["+14155550111", "+14155550112"]);
  expect([...readExcept("", "no.txt")]).toEqual([]);
  expect(() => readExcept("+14155550111\n4155550112\n", "no.txt")).toThrow('no.txt:2: "4155550112" is not');
});
