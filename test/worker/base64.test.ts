/** Base64 as the Worker writes it, and what it reads: RFC 4648, section 10, and what a URL can hold. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64, toBase64Url } from "../../src/worker/base64.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ["", "", ""],
  ["f", "Zg==", "Zg"],
  ["fo", "Zm8=", "Zm8"],
  ["foobar", "Zm9vYmFy", "Zm9vYmFy"],
  ["~~>??", "fn4+Pz8=", "fn4-Pz8"],
])("%j is %j, and %j in a URL", (text, plain, inUrl) => {
  expect(toBase64(bytesOf(text))).toBe(plain);
  expect(toBase64Url(bytesOf(text))).toBe(inUrl);
  expect(fromBase64Url(inUrl)).toEqual(bytesOf(text));
});

describe("what is no base64 of a URL has no bytes:", () => {
  test.each([
    ["a space", "Zm8 "],
    ["other characters", "Zm8!"],
    ["a letter outside ASCII", "Zm9ü"],
  ])("%s", (_, text) => {
    expect(fromBase64Url(text)).toHaveLength(0);
  });
});

test("any bytes come back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (array) => {
      const bytes = new Uint8Array(array);
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }),
  );
});
