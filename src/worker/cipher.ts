/**
 * The primitives of tickets and signatures. Each runtime brings its fastest: WebCrypto in workerd, where making
 * node:crypto's objects costs more than the ciphers in them; node:crypto in Node, where WebCrypto waits for a thread.
 */
type Bytes = Uint8Array<ArrayBuffer>;
type Soon<T> = T | Promise<T>;

/** A secret key: its bytes, which also identify what a cipher has prepared for it. */
export type Key = Bytes;

/** What is signed or sealed: bytes, or a text in UTF-8. */
export type Content = string | Bytes;

/** What a runtime offers. All implementations return the same bytes. */
export interface Cipher {
  /** One key is for one hash. */
  hmac(hash: "SHA-1" | "SHA-256", key: Key, content: Content): Soon<Bytes>;
  /** AES-256-GCM: the ciphertext, with its tag of 16 bytes at the end. */
  encrypt(key: Key, iv: Bytes, associated: Content, plain: Content): Soon<Bytes>;
  /** The plain bytes; undefined if the tag does not match. */
  decrypt(key: Key, iv: Bytes, associated: Content, sealed: Bytes): Soon<Bytes | undefined>;
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
    async hmac(hash, key, content) {
      const prepared = imported.get(key) ?? (await prepare(key, { name: "HMAC", hash }, ["sign"]));
      return new Uint8Array(await subtle.sign("HMAC", prepared, bytesOf(content)));
    },
    async encrypt(key, iv, associated, plain) {
      const prepared = await aes(key);
      const additionalData = bytesOf(associated);
      const bytes = bytesOf(plain, additionalData.length);
      return new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, prepared, bytes));
    },
    async decrypt(key, iv, associated, sealed) {
      const prepared = await aes(key);
      const algorithm = { name: "AES-GCM", iv, additionalData: bytesOf(associated) };
      try {
        return new Uint8Array(await subtle.decrypt(algorithm, prepared, sealed));
      } catch {
        return undefined;
      }
    },
  };
}

const encoder = new TextEncoder();
// A buffer of its own for each text costs more than what is done with it. WebCrypto has read its input when it returns
// the promise (Web Cryptography API: it gets a copy first), so the next text can follow: nothing may be awaited between.
const scratch = new Uint8Array(16 * 1024);

/** The bytes of a text, valid until the next call; `from` leaves room for those that come before. */
function bytesOf(content: Content, from = 0): Bytes {
  if (typeof content !== "string") return content;
  const room = scratch.subarray(from);
  // UTF-8 has no more than three bytes for a UTF-16 unit.
  if (content.length * 3 > room.length) return encoder.encode(content);
  return room.subarray(0, encoder.encodeInto(content, room).written);
}
