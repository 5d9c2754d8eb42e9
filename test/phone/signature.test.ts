import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, it } from "vitest";
import { type FormParams, signedText, signedUrl, webSigner } from "../../src/phone/leg/signature.ts";

interface Sample {
  name: string;
  token: string;
  url: string;
  params: FormParams | null;
  signature: string;
  valid: boolean;
  matches_url_variant: string[];
}

const corpus = "../shared/corpus/signatures.json";

describe.skipIf(!existsSync(corpus))("signatures that Twilio's libraries agree on", () => {
  const all: Sample[] = existsSync(corpus) ? JSON.parse(readFileSync(corpus, "utf8")) : [];
  const samples = all.filter(
    ({ valid, matches_url_variant }) => valid && matches_url_variant.includes("raw"),
  );

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    "%s",
    async (_, { token, url, params, signature }) => {
      expect(await webSigner(token)(signedText(url, params ?? {}))).toBe(signature);
    },
  );

  it("are all there", () => {
    expect(samples.length).toBeGreaterThanOrEqual(19);
  });
});

describe("signing", () => {
  it("does as twilio's own function, for any parameters", async () => {
    const param = fc.oneof(fc.string({ unit: "grapheme" }), fc.array(fc.string(), { minLength: 1 }));
    const params = fc.dictionary(fc.string({ minLength: 1 }), param);
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), params, async (token, form) => {
        const url = "https://flows.example/voice?a=1";
        expect(await webSigner(token)(signedText(url, form))).toBe(
          getExpectedTwilioSignature(token, url, form),
        );
      }),
    );
  });

  it.each([
    ["https://flows.example/voice#rc=2&rt=5000", "https://flows.example/voice"],
    ["https://ada:secret@flows.example/voice?x=a@b", "https://flows.example/voice?x=a@b"],
    ["https://flows.example:8443/voice", "https://flows.example/voice"],
    ["https://flows.example:8443?x=1:2", "https://flows.example?x=1:2"],
    ["http://localhost:8787/voice", "http://localhost:8787/voice"],
    ["https://flows.example/it's:80/a", "https://flows.example/it's:80/a"],
  ])("of %s covers %s", async (url, covered) => {
    expect(signedUrl(url)).toBe(covered);
    const header = await webSigner("12345")(signedText(signedUrl(url), { a: "1" }));
    expect(validateRequest("12345", header, covered, { a: "1" })).toBe(true);
  });
});
