/** The Worker's cipher and the one of the tests: the same bytes, and the standard's. */
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { type Cipher, webCipher } from "../../src/worker/cipher.ts";

const ciphers: [string, Cipher][] = [
  ["WebCrypto", webCipher(crypto.subtle)],
  ["node:crypto", nodeCipher],
];
const hexOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");
const hex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

describe.each(ciphers)("%s", (_, cipher) => {
  // RFC 4231, test case 2, and RFC 2202, test case 2.
  test.each([
    ["SHA-256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
    ["SHA-1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"],
  ] as const)("gives the HMAC-%s of the RFC", async (hash, expected) => {
    const key = new TextEncoder().encode("Jefe");
    const mac = await cipher.hmac(hash, key, Buffer.from("what do ya want for nothing?"));
    expect(hexOf(mac)).toBe(expected);
  });

  // The Galois/Counter Mode of Operation (McGrew, Viega), test case 16.
  test("seals as AES-256-GCM's test case", async () => {
    const key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    const plain = hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    );
    const associated = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const sealed = await cipher.encrypt(key, hex("cafebabefacedbaddecaf888"), associated, plain);
    expect(hexOf(sealed)).toBe(
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
    );
  });
});

describe("both ciphers", () => {
  const [web, node] = [ciphers[0]?.[1] ?? nodeCipher, nodeCipher];
  const encoded = (text: string) => new TextEncoder().encode(text);
  const [key, macKey, iv] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8), new Uint8Array(12)];

  test.each([
    ["an empty text", ""],
    ["a text outside ASCII", "für 5 € 😀"],
    ["half a surrogate pair", "\ud83d"],
    ["a long text", "€".repeat(20_000)],
  ])("read %s as UTF-8", async (_, text) => {
    for (const cipher of [web, node]) {
      expect(hexOf(await cipher.hmac("SHA-1", macKey, text))).toBe(
        hexOf(await node.hmac("SHA-1", macKey, encoded(text))),
      );
      const sealed = await cipher.encrypt(key, iv, text, `${text}.`);
      expect(hexOf(sealed)).toBe(hexOf(await node.encrypt(key, iv, encoded(text), encoded(`${text}.`))));
      expect(hexOf(await cipher.decrypt(key, iv, text, sealed))).toBe(hexOf(encoded(`${text}.`)));
    }
  });

  test("keep apart what is sealed at the same moment", async () => {
    const cipher = webCipher(crypto.subtle);
    const texts = Array.from({ length: 50 }, (_, index) => `state ${index} `.repeat(index + 1));
    // The first one still prepares the key while the others begin.
    const sealed = await Promise.all(
      texts.flatMap((text) => [
        cipher.encrypt(key, iv, `path of ${text}`, text),
        cipher.hmac("SHA-1", macKey, text),
      ]),
    );
    const expected = await Promise.all(
      texts.flatMap((text) => [
        node.encrypt(key, iv, `path of ${text}`, text),
        node.hmac("SHA-1", macKey, text),
      ]),
    );
    expect(sealed.map(hexOf)).toEqual(expected.map(hexOf));
  });
  const bytes = (size: number) =>
    fc.uint8Array({ minLength: size, maxLength: size }).map((array) => new Uint8Array(array));
  const any = fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array));

  test("open what the other sealed, and nothing that was changed", async () => {
    const parts = fc.tuple(bytes(32), bytes(12), any, any, fc.nat());
    await fc.assert(
      fc.asyncProperty(parts, async ([key, iv, associated, plain, position]) => {
        const sealed = await web.encrypt(key, iv, associated, plain);
        expect(hexOf(await node.encrypt(key, iv, associated, plain))).toBe(hexOf(sealed));
        expect(hexOf(await node.decrypt(key, iv, associated, sealed))).toBe(hexOf(plain));
        const changed = sealed.map((byte, index) => (index === position % sealed.length ? byte ^ 1 : byte));
        expect(await web.decrypt(key, iv, associated, changed)).toBeUndefined();
        expect(await node.decrypt(key, iv, associated, changed)).toBeUndefined();
      }),
    );
  });
});
