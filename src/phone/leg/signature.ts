/**
 * The X-Twilio-Signature of a webhook. Source: Twilio, "Webhooks security": HMAC-SHA1 with the auth token over
 * the URL followed by the parameters of a form body, sorted by name; in base64.
 */

/** Signs a text: base64 of its HMAC-SHA1. */
export type Signer = (text: string) => string | Promise<string>;

/** Parameters of a form; a repeated name has a list. */
export type FormParams = Readonly<Record<string, string | readonly string[]>>;

/** A signer that runs anywhere. The account's auth token is its key, which is imported once. */
export function webSigner(token: string): Signer {
  const encoder = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-1" };
  const key = crypto.subtle.importKey("raw", encoder.encode(token), hmac, false, ["sign"]);
  return async (text) => {
    const bytes = await crypto.subtle.sign("HMAC", await key, encoder.encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(bytes)));
  };
}

/** The signed text of a webhook: its URL as requested, and the parameters of its body (`{}` for a GET). */
export function signedText(url: string, params: FormParams): string {
  let text = url;
  for (const name of Object.keys(params).sort()) {
    const value = params[name] ?? "";
    if (typeof value === "string") text += name + value;
    else for (const one of [...new Set(value)].sort()) text += name + one;
  }
  return text;
}

/**
 * The URL that Twilio signs for a URL it was given: without fragment, without user and password, and for https
 * without port.
 */
export function signedUrl(url: string): string {
  const bare = url.replace(/#.*$/s, "").replace(/^(https?:\/\/)[^/?]*@/i, "$1");
  return bare.replace(/^(https:\/\/[^/?]*):\d+(?=[/?]|$)/i, "$1");
}
