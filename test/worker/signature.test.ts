import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parse, stringify } from "node:querystring";
import fc from "fast-check";
import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { beforeEach, describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Cipher, Key } from "../../src/worker/cipher.ts";
import { type Form, readForm } from "../../src/worker/form.ts";
import { isFromTwilio as isSignedBy, readSigning, signedUrl } from "../../src/worker/signature.ts";
import { runs } from "../runs.ts";
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
  isSignedBy(nodeCipher, readSigning({ tokens }, null), signature, url, form);

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
const formOf = (params: Params): Form => readForm(encode(params));

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

describe("the check without Twilio's library", () => {
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
    path: fc.constantFrom(
      "/voice/desk",
      "/voice/desk?",
      "/voice/desk?x='1'",
      "/voice/desk?x=%27&y=a+b",
      "/voice/desk?x=?&x=%zz&&=",
      "/?bodySHA256=1",
    ),
    params: fc.dictionary(name, value, { maxKeys: 6 }),
    /** What is done to the URL before it is signed, and to the signature after. */
    sign: fc.constantFrom(
      (url: string) => url,
      (url: string) => url.replace("a.example/", "a.example:443/"),
      (url: string) => url.replace(/:\d+\//, "/"),
      (url: string) => url.replaceAll("'", "%27"),
      (url: string) => url.replace(/\?.*/s, (query) => `?${stringify(parse(query.slice(1)))}`),
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
      { numRuns: runs(500) },
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

describe("the runtime's own HMAC", () => {
  const url = "https://a.example/x";
  const used: [hash: string, key: Key, text: string][] = [];
  const cipher: Cipher = {
    ...nodeCipher,
    hmac(hash, key, bytes) {
      used.push([hash, key, Buffer.from(bytes).toString()]);
      return Buffer.from("signed");
    },
  };
  const signature = Buffer.from("signed").toString("base64");

  beforeEach(() => {
    used.length = 0;
  });

  test.each<[what: string, form: Params, text: string]>([
    ["the URL and the parameters in their order", { b: "2", a: "1" }, `${url}a1b2`],
    ["each value of a repeated one once", { b: ["2", "1", "2"], a: "1" }, `${url}a1b1b2`],
  ])("is asked once, for %s", async (_what, params, text) => {
    const signing = readSigning({ tokens: ["first", "second"] }, null);
    expect(await isSignedBy(cipher, signing, signature, url, formOf(params))).toBe(true);
    expect(used.map(([hash, , signed]) => [hash, signed])).toEqual([["SHA-1", text]]);
  });

  test("gets the same prepared key for each webhook, and another one for another hash", async () => {
    const shared = { tokens: ["secret"], sharedKeys: ["secret"] };
    for (const settings of [null, null, "algorithm=HMAC_SHA256", "algorithm=HMAC_SHA256"]) {
      const signing = readSigning(shared, settings);
      expect(await isSignedBy(cipher, signing, signature, url, formOf({}))).toBe(true);
    }
    const keys = used.map(([, key]) => key);
    expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 2, 2]);
  });
});

describe("a shared key", () => {
  const url = "https://phone.example.com/voice/desk?x='1'";
  const params: Params = { CallSid: "CA1", Digits: ["2", "1", "2"], CallerName: "Łukasz" };
  const plain = `${url}CallSidCA1CallerNameŁukaszDigits1Digits2`;
  const SHA256 = "key=desk,algorithm=HMAC_SHA256";
  const sign = (secret: string, text = plain, hash = "sha256"): string =>
    createHmac(hash, secret).update(text).digest("base64");

  async function isSigned(
    settings: string,
    signature: string,
    sharedKeys = ["key"],
    at = url,
  ): Promise<boolean> {
    const signing = readSigning({ tokens: ["token"], sharedKeys }, settings);
    return isSignedBy(nodeCipher, signing, signature, at, formOf(params));
  }

  test("signs what an auth token signs", () => {
    expect(sign("token", plain, "sha1")).toBe(getExpectedTwilioSignature("token", url, params));
  });

  test.each<[string, string, string, string[]?]>([
    ["HMAC-SHA256", SHA256, sign("key")],
    ["HMAC-SHA1", "key=desk,algorithm=HMAC_SHA1", sign("key", plain, "sha1")],
    ["spaces and small letters in the header", "key = desk, algorithm = hmac_sha256", sign("key")],
    ["the second of two keys", SHA256, sign("old"), ["new", "old"]],
    ["two settings, the first", `${SHA256},key=desk-2,algorithm=HMAC_SHA1`, sign("key")],
    ["two settings, the second", `${SHA256};key=desk-2,algorithm=HMAC_SHA1`, sign("key", plain, "sha1")],
    ["two settings and two signatures", `${SHA256}, ${SHA256}`, `${sign("unknown")}, ${sign("key")}`],
    ["the usual port in the URL that was signed", SHA256, sign("key", plain.replace(".com/", ".com:443/"))],
  ])("verifies %s", async (_, settings, signature, sharedKeys) => {
    expect(await isSigned(settings, signature, sharedKeys)).toBe(true);
  });

  test.each<[string, string, string, string[]?]>([
    ["the auth token", SHA256, sign("token")],
    ["the auth token with SHA-1", SHA256, getExpectedTwilioSignature("token", url, params)],
    ["another key", SHA256, sign("another")],
    ["another hash than the header names", SHA256, sign("key", plain, "sha1")],
    ["an algorithm that is not known", "key=desk,algorithm=HMAC_SHA512", sign("key", plain, "sha512")],
    ["no algorithm", "key=desk", sign("key")],
    ["an object's property as the algorithm", "key=desk,algorithm=constructor", sign("key")],
    ["another text", SHA256, sign("key", `${plain}!`)],
    ["no signature", SHA256, ""],
    ["only a comma", SHA256, ","],
    ["no key that is known", SHA256, sign("key"), []],
    ["an empty key", SHA256, sign(""), []],
  ])("refuses %s", async (_, settings, signature, sharedKeys) => {
    expect(await isSigned(settings, signature, sharedKeys)).toBe(false);
  });

  test("does not sign without the header", async () => {
    const signing = readSigning({ tokens: ["token"], sharedKeys: ["key"] }, null);
    const signature = sign("key", plain, "sha1");
    expect(await isSignedBy(nodeCipher, signing, signature, url, formOf(params))).toBe(false);
  });

  describe.each([
    ["https://a.example/x?y=/1:2", ["https://a.example:443/x?y=/1:2"]],
    ["http://a.example/x", ["http://a.example:80/x"]],
    ["https://a.example:8443/x", ["https://a.example/x"]],
    ["http://a.example:8080/x", ["http://a.example/x"]],
    ["https://[::1]/x", ["https://[::1]:443/x"]],
    ["https://[::1]:8443/x", ["https://[::1]/x"]],
  ])("signs %s", (at, others) => {
    test.each([at, ...others])("as %s", async (signed) => {
      expect(await isSigned(SHA256, sign("key", plain.replace(url, signed)), ["key"], at)).toBe(true);
    });

    test("but not as another URL", async () => {
      const { host, pathname } = new URL(at);
      const port = `${at.slice(0, at.indexOf("/x"))}`.replace(/:\d+$/, "");
      for (const one of [`${port}:1/x`, `${port}:/x`, at.replace("/x", "/y"), `ftp://${host}${pathname}`])
        expect(await isSigned(SHA256, sign("key", plain.replace(url, one)), ["key"], at)).toBe(false);
    });
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
