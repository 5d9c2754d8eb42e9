import { existsSync, readFileSync } from "node:fs";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, test } from "vitest";
import { type Form, isFromTwilio, signedUrl } from "../../src/worker/admit.ts";

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

describe.skipIf(!found)(
  "signatures of Twilio's own libraries (skipped where the corpus is not there)",
  () => {
    const cases: Case[] = found ? JSON.parse(readFileSync(CORPUS, "utf8")) : [];

    test.each(cases)("$name", ({ name, token, url, params, signature, valid }) => {
      const expected = valid || name === ACCEPTED_IN_NODE;
      expect(isFromTwilio([token], signature, url, params ?? {})).toBe(expected);
    });
  },
);

describe("isFromTwilio", () => {
  const url = "https://phone.example.com/voice/desk";
  const form: Form = { CallSid: "CA1", Digits: ["1", "2"] };
  const signature = getExpectedTwilioSignature("old", url, form);

  test.each([
    ["the only token", ["old"], signature, true],
    ["either of two tokens during a rotation", ["new", "old"], signature, true],
    ["another token", ["new"], signature, false],
    ["no token", [], signature, false],
    ["no signature", ["old"], "", false],
  ])("with %s", (_, tokens, header, expected) => {
    expect(isFromTwilio(tokens, header, url, form)).toBe(expected);
  });

  test("counts every value of a repeated parameter", () => {
    expect(isFromTwilio(["old"], signature, url, { ...form, Digits: "2" })).toBe(false);
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
