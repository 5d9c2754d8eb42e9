/** Whether Twilio signed a request. Sources: Twilio, "Webhooks security", and the Webhooks configuration API. */
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import type { Cipher, Key } from "./cipher.ts";
import { isSame } from "./constant-time.ts";
import type { Form } from "./form.ts";
import { splitUrl } from "./links.ts";

type Hash = "SHA-1" | "SHA-256";

/** Secrets that sign webhooks: the account's auth tokens, and keys that are shared for nothing but webhooks. */
export interface SigningSecrets {
  tokens: readonly string[];
  sharedKeys?: readonly string[];
}

/** How a request is signed. */
export interface Signing {
  by: "token" | "shared key";
  hashes: readonly Hash[];
  secrets: readonly string[];
}

const HASHES: Readonly<Record<string, Hash>> = { HMAC_SHA1: "SHA-1", HMAC_SHA256: "SHA-256" };

/**
 * Reads how a request is signed: with an auth token, unless the header X-Twilio-Webhooks-Signature-Settings names a shared
 * key. While a key is being rotated, the header can name two. The names are Twilio's own: each known key is tried.
 */
export function readSigning({ tokens, sharedKeys = [] }: SigningSecrets, settings: string | null): Signing {
  if (settings === null) return { by: "token", hashes: ["SHA-1"], secrets: tokens };
  const named = [...settings.matchAll(/algorithm\s*=\s*"?(\w+)/gi)].flatMap(
    ([, name = ""]) => HASHES[name.toUpperCase()] ?? [],
  );
  return { by: "shared key", hashes: [...new Set(named)], secrets: sharedKeys };
}

/**
 * Whether one of the secrets signed the request.
 * @param signature the header X-Twilio-Signature; an empty one never matches
 * @param url as Twilio requested it
 */
export async function isFromTwilio(
  cipher: Cipher,
  { by, hashes, secrets }: Signing,
  signature: string,
  url: string,
  form: Form,
): Promise<boolean> {
  if (signature === "") return false;
  if (by === "token") {
    if (!form.repeated && (await isSigned(cipher, "SHA-1", secrets, [signature], url, form))) return true;
    // Twilio's own function knows every form that Twilio has signed: ports, encodings, repeated parameters.
    const parameters = { ...form.values, ...form.repeated };
    return secrets.some((token) => validateRequest(token, signature, url, parameters));
  }
  // It does not know shared keys yet. With two settings there can be two signatures.
  const signatures = signature.split(",").map((one) => one.trim());
  for (const hash of hashes) {
    for (const one of portForms(url)) {
      if (await isSigned(cipher, hash, secrets, signatures, one, form)) return true;
    }
  }
  return false;
}

/** The URL as it came, without a port, and with the usual one. */
function portForms(url: string): Set<string> {
  const bare = url.replace(/^(\w+:\/\/[^/?#]*?):\d+(?=[/?#]|$)/, "$1");
  const usual = /^https:/i.test(url) ? ":443" : ":80";
  return new Set([url, bare, bare.replace(/^\w+:\/\/[^/?#]*/, `$&${usual}`)]);
}

/** What is signed, in its usual form: the URL as requested, then each name and its values, in order. */
export function signedText(url: string, { values, repeated }: Form): string {
  let text = url;
  for (const name of Object.keys(values).sort()) {
    const all = repeated?.[name];
    if (!all) text += name + values[name];
    else for (const value of [...new Set(all)].sort()) text += name + value;
  }
  return text;
}

async function isSigned(
  cipher: Cipher,
  hash: Hash,
  secrets: readonly string[],
  signatures: readonly string[],
  url: string,
  form: Form,
): Promise<boolean> {
  const text = signedText(url, form);
  for (const secret of secrets) {
    const expected = (await cipher.hmac(hash, keyFor(hash, secret), text)).toString("base64");
    if (signatures.some((one) => isSame(expected, one))) return true;
  }
  return false;
}

const encoder = new TextEncoder();
const keys = new Map<string, Key>();

// One key is for one hash.
function keyFor(hash: Hash, secret: string): Key {
  const name = `${hash} ${secret}`;
  const key = keys.get(name) ?? encoder.encode(secret);
  keys.set(name, key);
  return key;
}

/** The URL as Twilio requested it: `publicUrl` replaces the part that a proxy has changed. */
export function signedUrl(requestUrl: string, publicUrl: string | undefined): string {
  return publicUrl === undefined ? requestUrl : publicUrl + splitUrl(requestUrl)[1];
}
