/**
 * The primitives of tickets and signatures. Each runtime brings its fastest: WebCrypto in workerd, where making
 * node:crypto's objects costs more than the ciphers in them; node:crypto in Node, where WebCrypto waits for a thread.
 */
import { Buffer } from "node:buffer";

type Bytes = Uint8Array<ArrayBuffer>;
type Soon<T> = T | Promise<T>;

/** Bytes that can be read as a text, as a Buffer can: declared here, so that no declaration needs Node's. */
interface ReadableBytes extends Bytes {
  toString(encoding?: "base64" | "base64url" | "hex"): string;
  subarray(start?: number, end?: number): ReadableBytes;
}

/** A secret key: its bytes, which also identify what a cipher has prepared for it. */
export type Key = Bytes;

/** What a runtime offers. All implementations return the same bytes. */
export interface Cipher {
  /** One key is for one hash. */
  hmac(hash: "SHA-1" | "SHA-256", key: Key, bytes: Bytes): Soon<ReadableBytes>;
  /** AES-256-GCM: the ciphertext, with its tag of 16 bytes at the end. */
  encrypt(key: Key, iv: Bytes, associated: Bytes, plain: Bytes): Soon<ReadableBytes>;
  /** The plain text; undefined if the tag does not match. */
  decrypt(key: Key, iv: Bytes, associated: Bytes, sealed: Bytes): Soon<ReadableBytes | undefined>;
}

/** WebCrypto, with keys imported once for each isolate. */
export function webCipher(subtle: SubtleCrypto): Cipher {
  // Keys, not promises of them: in workerd a promise belongs to the request that made it.
  const imported = new WeakMap<Key, CryptoKey>();
  const prepare = async (key: Key, algorithm: HmacImportParams | "AES-GCM", uses: KeyUsage[]) => {
    const prepared = await subtle.importKey("raw", key, algorithm, false, uses);
    imported.set(key, prepared);
    return prepared;
  };
  const aes = (key: Key): Soon<CryptoKey> =>
    imported.get(key) ?? prepare(key, "AES-GCM", ["encrypt", "decrypt"]);
  return {
    async hmac(hash, key, bytes) {
      const prepared = imported.get(key) ?? (await prepare(key, { name: "HMAC", hash }, ["sign"]));
      return Buffer.from(await subtle.sign("HMAC", prepared, bytes));
    },
    async encrypt(key, iv, additionalData, plain) {
      return Buffer.from(
        await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await aes(key), plain),
      );
    },
    async decrypt(key, iv, additionalData, sealed) {
      try {
        return Buffer.from(
          await subtle.decrypt({ name: "AES-GCM", iv, additionalData }, await aes(key), sealed),
        );
      } catch {
        return undefined;
      }
    },
  };
}
