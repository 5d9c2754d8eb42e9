import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_BYTES, readBody, readForm } from "../../src/worker/form.ts";

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
    expect((await readBody(request(0)))?.length).toBe(0);
    expect((await readBody(request(MOST_BYTES)))?.length).toBe(MOST_BYTES);
    expect(await readBody(request(MOST_BYTES + 1))).toBeUndefined();
  });

  test("that is not there is empty", async () => {
    expect((await readBody(new Request(url, { method: "POST" })))?.length).toBe(0);
  });
});
