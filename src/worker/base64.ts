/**
 * Bytes as text and back, by what the language has (ECMAScript, "Uint8Array to and from Base64"): in workerd, loading Buffer and
 * crossing into it costs more. Node has it from 25 on, so that before it takes its Buffer.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const URL_SAFE = { alphabet: "base64url", omitPadding: true } as const;
const hasOwn = "fromBase64" in Uint8Array;

/** Base64 with padding, as in a signature. */
export const toBase64: (bytes: Bytes) => string = hasOwn
  ? (bytes) => bytes.toBase64()
  : (bytes) => Buffer.from(bytes).toString("base64");

/** Base64 without padding, of characters that need no encoding in a URL or in XML. */
export const toBase64Url: (bytes: Bytes) => string = hasOwn
  ? (bytes) => bytes.toBase64(URL_SAFE)
  : (bytes) => Buffer.from(bytes).toString("base64url");

/** The bytes in such a text; none if it has any other character. */
export function fromBase64Url(text: string): Bytes {
  if (!hasOwn) return /^[\w-]*$/.test(text) ? new Uint8Array(Buffer.from(text, "base64url")) : NONE;
  try {
    return Uint8Array.fromBase64(text, URL_SAFE);
  } catch {
    return NONE;
  }
}

const NONE: Bytes = new Uint8Array();
