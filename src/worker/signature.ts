/** Whether Twilio signed a request. Source: Twilio, "Webhooks security". */
import { Buffer } from "node:buffer";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import type { Cipher, Key } from "./cipher.ts";
import { isSame } from "./constant-time.ts";
import type { Form } from "./form.ts";
import { splitUrl } from "./links.ts";

const encoder = new TextEncoder();
const keys = new Map<string, Key>();

/**
 * Whether one of the auth tokens signed the request.
 * @param signature the header X-Twilio-Signature; an empty one never matches
 * @param url as Twilio requested it
 */
export async function isFromTwilio(
  cipher: Cipher,
  tokens: readonly string[],
  signature: string,
  url: string,
  form: Form,
): Promise<boolean> {
  if (signature === "") return false;
  if (!form.repeated && (await isSignedPlainly(cipher, tokens, signature, url, form.values))) return true;
  // Twilio's own function knows every form that Twilio has signed: ports, encodings, repeated parameters.
  const parameters = { ...form.values, ...form.repeated };
  return tokens.some((token) => validateRequest(token, signature, url, parameters));
}

/** The usual form: the URL as received, then each name and its only value, in the order of the names. */
async function isSignedPlainly(
  cipher: Cipher,
  tokens: readonly string[],
  signature: string,
  url: string,
  values: Form["values"],
): Promise<boolean> {
  let text = url;
  for (const name of Object.keys(values).sort()) text += name + values[name];
  const signed = encoder.encode(text);
  for (const token of tokens) {
    const mac = await cipher.hmac("SHA-1", keyFor(token), signed);
    if (isSame(Buffer.from(mac).toString("base64"), signature)) return true;
  }
  return false;
}

function keyFor(token: string): Key {
  const key = keys.get(token) ?? encoder.encode(token);
  keys.set(token, key);
  return key;
}

/** The URL as Twilio requested it: `publicUrl` replaces the part that a proxy has changed. */
export function signedUrl(requestUrl: string, publicUrl: string | undefined): string {
  return publicUrl === undefined ? requestUrl : publicUrl + splitUrl(requestUrl)[1];
}
