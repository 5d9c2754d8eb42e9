import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { type Form, readForm } from "../../src/worker/form.ts";
import { isFromTwilio as isSignedBy, signedUrl } from "../../src/worker/signature.ts";
import { encode, type Params } from "./support.ts";

interface Case {
  name: string;
  token: string;
  url: string;
  params: Record<string, string | string[]> | null;
  signature: string;
  valid: boolean;
}

const CORPUS = new URL("../../../shared/corpus/signatures.json", import.meta.url);
const found = existsSync(CORPUS);

// Twilio's C# library refuses this one. Its Node library, which is ours, also tries the URL as `new URL` writes it,
// with the host in lower case; so does every runtime's `request.url`, and whoever can sign knows the token.
const ACCEPTED_IN_NODE = "lower-case host must NOT match MixedCase";

const isFromTwilio = (tokens: string[], signature: string, url: string, form: Form) =>
  isSignedBy(nodeCipher, tokens, signature, url, form);

describe.skipIf(!found)(
  "signatures of Twilio's own libraries (skipped where the corpus is not there)",
  () => {
    const cases: Case[] = found ? JSON.parse(readFileSync(CORPUS, "utf8")) : [];

    test.each(cases)("$name", async ({ name, token, url, params, signature, valid }) => {
      const expected = valid || name === ACCEPTED_IN_NODE;
      expect(await isFromTwilio([token], signature, url, formOf(params ?? {}))).toBe(expected);
    });
  },
);

/** Parameters as a webhook's body brings them. */
const formOf = (params: Params): Form => readForm(new TextEncoder().encode(encode(params)));

describe("isFromTwilio", () => {
  const url = "https://phone.example.com/voice/desk";
  const params: Params = { CallSid: "CA1", Digits: ["1", "2"] };
  const signature = getExpectedTwilioSignature("old", url, params);

  test.each([
    ["the only token", ["old"], signature, true],
    ["either of two tokens during a rotation", ["new", "old"], signature, true],
    ["another token", ["new"], signature, false],
    ["no token", [], signature, false],
    ["no signature", ["old"], "", false],
  ])("with %s", async (_, tokens, header, expected) => {
    expect(await isFromTwilio(tokens, header, url, formOf(params))).toBe(expected);
  });

  test("counts every value of a repeated parameter", async () => {
    expect(await isFromTwilio(["old"], signature, url, formOf({ ...params, Digits: "2" }))).toBe(false);
  });
});

describe("the faster check", () => {
  const name = fc.oneof(
    fc.constantFrom("CallSid", "From", "Digits", "a", "A", "ä"),
    fc.string({ maxLength: 5 }),
  );
  const value = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1, maxLength: 3 }));
  const requests = fc.record({
    token: fc.string({ minLength: 1, unit: "grapheme" }),
    scheme: fc.constantFrom("https://", "http://", "HTTPS://"),
    host: fc.constantFrom(
      "a.example",
      "A.example",
      "a.example:443",
      "a.example:8080",
      "user:word@a.example",
      "[::1]:80",
    ),
    path: fc.constantFrom("/voice/desk", "/voice/desk?x='1'", "/voice/desk?x=%27&y=a+b", "/?bodySHA256=1"),
    params: fc.dictionary(name, value, { maxKeys: 6 }),
    /** What is done to the URL before it is signed, and to the signature after. */
    sign: fc.constantFrom(
      (url: string) => url,
      (url: string) => url.replace("a.example/", "a.example:443/"),
      (url: string) => url.replace(/:\d+\//, "/"),
      (url: string) => url.replaceAll("'", "%27"),
    ),
    change: fc.constantFrom(
      (signature: string) => signature,
      (signature: string) => signature.replace(/=$/, ""),
      (signature: string) => `${signature} `,
      (signature: string) => signature.toLowerCase(),
    ),
  });

  test("accepts what Twilio's function accepts, and nothing else", async () => {
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(requests, async ({ token, scheme, host, path, params, sign, change }) => {
        const url = scheme + host + path;
        const form = formOf(params);
        const all = { ...form.values, ...form.repeated };
        const signature = change(getExpectedTwilioSignature(token, sign(url), all));
        const expected = validateRequest(token, signature, url, all);
        seen.add(expected);
        expect(await isFromTwilio([token], signature, url, form)).toBe(expected);
      }),
      { numRuns: 500 },
    );
    expect(seen.size).toBe(2);
  });

  test.each([
    ["plain, by our own HMAC", { CallSid: "CA1", Digits: "1" }],
    ["with non-ASCII values", { CallerName: "Łukasz 🎉" }],
    ["without parameters", {}],
  ])("of a request that is %s", async (_, params) => {
    const header = getExpectedTwilioSignature("token", "https://a.example/x", params);
    expect(await isFromTwilio(["token"], header, "https://a.example/x", formOf(params))).toBe(true);
    expect(await isFromTwilio(["token"], header, "https://a.example/y", formOf(params))).toBe(false);
  });
});

describe("signedUrl", () => {
  const cases: [string, string | undefined, string][] = [
    ["http://localhost:8787/voice/desk?x=1", undefined, "http://localhost:8787/voice/desk?x=1"],
    ["http://localhost:8787/voice/desk?x=1", "https://a.example", "https://a.example/voice/desk?x=1"],
    ["http://10.0.0.1/voice/desk", "https://a.example/phone", "https://a.example/phone/voice/desk"],
  ];
  test.each(cases)("%s behind %s is %s", (requested, publicUrl, signed) => {
    expect(signedUrl(requested, publicUrl)).toBe(signed);
  });
});
