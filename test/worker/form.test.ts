import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isForm, MOST_BYTES, readForm, readPosted } from "../../src/worker/form.ts";

describe("a form", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom("a", "=", "&", "%", "+", "?", "\uFEFF", "%41", "%C3%A9", "%ff", "é") }),
  );

  test("reads as URLSearchParams reads it, except that nothing is dropped at its start", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const expected = new URLSearchParams(`&${text.toWellFormed()}`);
        const { values, repeated = Object.create(null) } = readForm(text.toWellFormed());
        expect({ ...values }).toEqual(Object.fromEntries(expected));
        for (const name of Object.keys(values))
          expect(repeated[name] ?? [values[name]]).toEqual(expected.getAll(name));
      }),
    );
  });

  test("may have a parameter with the name of anything", () => {
    const { values, repeated } = readForm("__proto__=1&constructor=2&constructor=3");
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
  const streamed = (body: string): Request =>
    new Request(url, { method: "POST", body: new Blob([body]).stream(), ...{ duplex: "half" } });
  const declared = (body: string): Request =>
    new Request(url, {
      method: "POST",
      body,
      headers: { "Content-Length": String(new TextEncoder().encode(body).length) },
    });
  const read = async (request: Request) => {
    const form = await readPosted(request);
    return typeof form === "string" ? form : { ...form.values };
  };

  describe.each([
    ["streamed", streamed],
    ["declared", declared],
  ])("that is %s", (_, request) => {
    test.each([
      ["is read up to 64 kB", `a=${"x".repeat(MOST_BYTES - 2)}`, { a: "x".repeat(MOST_BYTES - 2) }],
      ["is too large beyond that", `a=${"x".repeat(MOST_BYTES - 1)}`, "too large"],
      ["counts as many bytes as it has", `a=${"é".repeat(MOST_BYTES / 2)}`, "too large"],
      ["has at most 300 parameters", Array(300).fill("a=1").join("&"), { a: "1" }],
      ["has too many beyond that", Array(301).fill("a=1").join("&"), "too large"],
      ["is UTF-8", "é=%C3%A9&b=€", { é: "é", b: "€" }],
      ["keeps a byte order mark", "\ufeffa=1", { "\ufeffa": "1" }],
      ["can be empty", "", {}],
    ])("%s", async (_, body, expected) => {
      expect(await read(request(body))).toEqual(expected);
    });
  });

  test.each(["1", "20"])(
    "that another application has written anew, under the old Content-Length of %s, is read",
    async (length) => {
      const init = { method: "POST", body: "a=1&b=%C3%A9", headers: { "Content-Length": length } };
      expect(await read(new Request(url, init))).toEqual({ a: "1", b: "é" });
    },
  );

  test("whose characters come in pieces is put together", async () => {
    const [first, second] = [new Uint8Array([0x61, 0x3d, 0xc3]), new Uint8Array([0xa9])];
    const body = new ReadableStream({
      start: (controller) => {
        for (const piece of [first, second]) controller.enqueue(piece);
        controller.close();
      },
    });
    expect(await read(new Request(url, { method: "POST", body, ...{ duplex: "half" } }))).toEqual({ a: "é" });
  });

  test("that breaks off is reported, not thrown", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("Network connection lost.")) });
    expect(await read(new Request(url, { method: "POST", body, ...{ duplex: "half" } }))).toBe("broken");
  });

  test("that is not there is empty", async () => {
    expect(await read(new Request(url, { method: "POST" }))).toEqual({});
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
  expect(readForm(text).repeated).toBeUndefined();
});

test("repeated parameters keep every value, in order", () => {
  const { names, values, repeated } = readForm("a=1&b=x&a=2&a=1");
  expect(names).toEqual(["a", "b"]);
  expect({ ...values }).toEqual({ a: "1", b: "x" });
  expect({ ...repeated }).toEqual({ a: ["1", "2", "1"] });
});
