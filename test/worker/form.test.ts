import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasTooMany, isForm, MOST_BYTES, readBody, readForm } from "../../src/worker/form.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a form", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom("a", "=", "&", "%", "+", "?", "\uFEFF", "%41", "%C3%A9", "%ff", "é") }),
  );

  test("reads as URLSearchParams reads it, except that nothing is dropped at its start", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const expected = new URLSearchParams(`&${text.toWellFormed()}`);
        const { values, repeated = Object.create(null) } = readForm(bytesOf(text));
        expect({ ...values }).toEqual(Object.fromEntries(expected));
        for (const name of Object.keys(values))
          expect(repeated[name] ?? [values[name]]).toEqual(expected.getAll(name));
      }),
    );
  });

  test("may have a parameter with the name of anything", () => {
    const { values, repeated } = readForm(bytesOf("__proto__=1&constructor=2&constructor=3"));
    expect(Object.entries(values)).toEqual([
      ["__proto__", "1"],
      ["constructor", "3"],
    ]);
    expect(Object.entries(repeated ?? {})).toEqual([["constructor", ["2", "3"]]]);
    expect(values.toString).toBeUndefined();
  });
});

describe("a body", () => {
  const url = "https://phone.example.com/";
  const streamed = (size: number): Request => {
    const body = new Blob(["x".repeat(size)]).stream();
    return new Request(url, { method: "POST", body, ...{ duplex: "half" } });
  };
  const declared = (size: number): Request =>
    new Request(url, { method: "POST", body: "x".repeat(size), headers: { "Content-Length": String(size) } });

  test.each([
    ["streamed", streamed],
    ["declared", declared],
  ])("that is %s is read up to 64 kB", async (_, request) => {
    expect(await readBody(request(0))).toHaveLength(0);
    expect(await readBody(request(MOST_BYTES))).toHaveLength(MOST_BYTES);
    expect(await readBody(request(MOST_BYTES + 1))).toBe("too large");
  });

  test("that breaks off is reported, not thrown", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("Network connection lost.")) });
    expect(await readBody(new Request(url, { method: "POST", body, ...{ duplex: "half" } }))).toBe("broken");
  });

  test("that is not there is empty", async () => {
    expect(await readBody(new Request(url, { method: "POST" }))).toHaveLength(0);
  });

  test.each([
    [300, false],
    [301, true],
  ])("with %i parameters has too many: %s", (count, expected) => {
    expect(hasTooMany(bytesOf(Array(count).fill("a=1").join("&")))).toBe(expected);
  });
});

test.each([
  ["application/x-www-form-urlencoded", true],
  ["Application/X-WWW-Form-Urlencoded", true],
  [" application/x-www-form-urlencoded ; charset=UTF-8", true],
  ["application/x-www-form-urlencoded;a;b", true],
  ["text/plain; application/x-www-form-urlencoded", false],
  ["application/json", false],
  ["", false],
  [";", false],
  [null, false],
])("the Content-Type %j is that of a form: %s", (type, expected) => {
  expect(isForm(type)).toBe(expected);
});

test.each<[string, Record<string, string>]>([
  ["a=1&b=2", { a: "1", b: "2" }],
  ["a=b=c", { a: "b=c" }],
  ["a", { a: "" }],
  ["=b", { "": "b" }],
  ["&&a=1&", { a: "1" }],
  ["a+b=c+d", { "a b": "c d" }],
  ["a%20b=%2B", { "a b": "+" }],
  ["a=%", { a: "%" }],
  ["a=%zz+b", { a: "%zz b" }],
  ["", {}],
])("the form %j", (text, values) => {
  expect({ ...readForm(text).values }).toEqual(values);
  expect({ ...readForm(bytesOf(text)).values }).toEqual(values);
  expect(readForm(text).repeated).toBeUndefined();
});

test("repeated parameters keep every value, in order", () => {
  const { values, repeated } = readForm("a=1&b=x&a=2&a=1");
  expect({ ...values }).toEqual({ a: "1", b: "x" });
  expect({ ...repeated }).toEqual({ a: ["1", "2", "1"] });
});
