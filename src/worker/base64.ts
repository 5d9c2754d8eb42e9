/**
 * Bytes as text and back, by what the language has (ECMAScript, "Uint8Array to and from Base64"): in workerd, loading Buffer and
 * crossing into it costs more. Node has it from 25 on; before, its Buffer does it.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const isNative = "fromBase64" in Uint8Array;

/** Base64 with padding, as in a signature. */
export const toBase64 = writerOf("base64");

/** Base64 without padding, of characters that need no encoding in a URL or in XML. */
export const toBase64Url = writerOf("base64url");

function writerOf(alphabet: "base64" | "base64url"): (bytes: Bytes) => string {
  const options = { alphabet, omitPadding: alphabet === "base64url" };
  return isNative ? (bytes) => bytes.toBase64(options) : (bytes) => Buffer.from(bytes).toString(alphabet);
}

/** The bytes in a text of `toBase64Url`; none if it is not such a text. */
export function fromBase64Url(text: string): Bytes {
  if (!/^[\w-]*$/.test(text)) return NONE;
  if (!isNative) return new Uint8Array(Buffer.from(text, "base64url"));
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    return NONE;
  }
}

const NONE: Bytes = new Uint8Array();
