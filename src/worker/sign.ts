/**
 * Signs a request as Twilio signs its webhooks, so that a protected Twilio Function accepts it. Source: Twilio, "Webhooks
 * security".
 */
import { readForm } from "./form.ts";
import { signedText } from "./signature.ts";

/** Who signs, and for whom. */
export interface Signer {
  signsFor(host: string): boolean;
  /** HMAC-SHA1 with the account's auth token, in base64; absent without a token. */
  hmac?(text: string): Promise<string>;
}

/** A request's URL, which can have a new parameter, and the headers that sign it. */
interface Signed {
  url: string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Signs a URL and its body. A form's parameters are part of the signed text; of any other body, the URL carries a hash.
 * @returns why it cannot be signed, if so
 */
export async function signAsTwilio(
  signer: Signer | undefined,
  address: string,
  body: string | null,
  isForm: boolean,
): Promise<Signed | string> {
  const url = new URL(address);
  if (!signer?.hmac) return "TWILIO_AUTH_TOKEN is not set, so it cannot be signed";
  if (!signer.signsFor(url.host)) return "TWILIO_SIGNED_HOSTS does not list its host";
  url.hash = "";
  if (body !== null && !isForm) url.searchParams.set("bodySHA256", await sha256(body));
  const form = readForm(isForm ? (body ?? "") : "");
  const signature = await signer.hmac(signedText(url.href, form));
  return { url: url.href, headers: { "X-Twilio-Signature": signature } };
}

const encoder = new TextEncoder();

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", encoder.encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
