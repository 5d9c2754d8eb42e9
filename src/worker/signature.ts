/** Whether Twilio signed a request. Sources: Twilio, "Webhooks security", and the Webhooks configuration API. */
import { toBase64 } from "./base64.ts";
import type { Cipher, Key } from "./cipher.ts";
import { isSame } from "./constant-time.ts";
import type { Form } from "./form.ts";
import { splitUrl } from "./links.ts";

type Hash = "SHA-1" | "SHA-256";

/** Secrets that sign webhooks: the account's auth tokens, and keys that are shared for nothing but webhooks. */
interface SigningSecrets {
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
  signing: Signing,
  signature: string,
  url: string,
  form: Form,
): Promise<boolean> {
  // With two settings there can be two signatures.
  const signatures = signing.by === "token" ? [signature] : signature.split(",").map((one) => one.trim());
  // As it came, which is the usual form.
  if (await isSigned(cipher, signing, signatures, url, form)) return true;
  for (const one of otherForms(url)) {
    if (await isSigned(cipher, signing, signatures, one, form)) return true;
  }
  return false;
}

/**
 * The other forms of a URL that Twilio has signed: with and without a port, as `new URL` writes it, and with its query as Node's
 * querystring writes it. twilio-node's `validateRequest` tries the same ones; the tests compare.
 */
function otherForms(url: string): Set<string> {
  const { href } = new URL(url);
  const forms = new Set([...portForms(url), ...portForms(href), ...portForms(requoted(href))]);
  forms.delete(url);
  return forms;
}

/** Without its port, and with one: its own, or the usual one. */
function portForms(url: string): string[] {
  const [origin, path] = splitUrl(url);
  const bare = origin.replace(/:\d+$/, "");
  const usual = /^https:/i.test(url) ? ":443" : ":80";
  return [bare + path, bare === origin ? bare + usual + path : url];
}

function requoted(url: string): string {
  // Loaded here: few isolates need it.
  const { parse, stringify } = process.getBuiltinModule("node:querystring");
  const [path = "", query] = url.split(/\?(.+)/s);
  return query ? `${path}?${stringify(parse(query))}` : url;
}

/** What is signed, in its usual form: the URL as requested, then each name and its values, in order. */
export function signedText(url: string, { names, values, repeated }: Form): string {
  let text = url;
  for (const name of names.toSorted()) {
    const all = repeated?.[name];
    if (!all) text += name + values[name];
    else for (const value of [...new Set(all)].sort()) text += name + value;
  }
  return text;
}

async function isSigned(
  cipher: Cipher,
  { hashes, secrets }: Signing,
  signatures: readonly string[],
  url: string,
  form: Form,
): Promise<boolean> {
  const text = signedText(url, form);
  for (const hash of hashes) {
    for (const secret of secrets) {
      const expected = toBase64(await cipher.hmac(hash, keyFor(hash, secret), text));
      if (signatures.some((one) => isSame(expected, one))) return true;
    }
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
