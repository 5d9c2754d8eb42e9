/** Is this request really Twilio's? */
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { splitUrl } from "./address.ts";

/** A form's parameters; a repeated name has all its values. */
export type Form = Readonly<Record<string, string | string[]>>;

/**
 * Whether one of the auth tokens signed the request.
 * @param signature the header X-Twilio-Signature; empty is false
 * @param url as Twilio requested it
 */
export function isFromTwilio(tokens: readonly string[], signature: string, url: string, form: Form): boolean {
  return signature !== "" && tokens.some((token) => validateRequest(token, signature, url, form));
}

/** The URL as Twilio requested it: `publicUrl` stands for what a proxy in front has changed. */
export function signedUrl(requestUrl: string, publicUrl: string | undefined): string {
  return publicUrl === undefined ? requestUrl : publicUrl + splitUrl(requestUrl)[1];
}
