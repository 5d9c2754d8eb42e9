/** Everything that can refuse a webhook. Nothing is read from the store or written to it before a webhook is admitted. */
import { type Event, readEvent } from "../engine/event.ts";
import type { Deps } from "./deps.ts";
import { type Form, isForm, MOST_BYTES, MOST_PARAMETERS, readForm, readPosted } from "./form.ts";
import { refuse } from "./reply.ts";
import { isFromTwilio, readSigning, type Signing, signedUrl } from "./signature.ts";

const NO_TOKEN =
  "TWILIO_AUTH_TOKEN is not set. Run `npx wrangler secret put TWILIO_AUTH_TOKEN`, or set it in .dev.vars.";
const NO_TOKEN_BUT_KEY =
  "TWILIO_AUTH_TOKEN is not set, and signs this webhook. Set it, or add a Rule for this URL that names a shared key.";
const NO_SHARED_KEY =
  "This webhook is signed with a shared key. Run `npx wrangler secret put TWILIO_SHARED_KEY`.";
const UNKNOWN_ALGORITHM = "Webhooks can be signed with HMAC_SHA256 and HMAC_SHA1.";
const NO_SIGNATURE = "X-Twilio-Signature is required.";
const NOT_A_FORM = "The Content-Type must be application/x-www-form-urlencoded.";
const TOO_LARGE = `The body exceeds ${MOST_BYTES} bytes or ${MOST_PARAMETERS} parameters.`;
const BROKEN = "The body broke off.";
const SECRETS = {
  token: "TWILIO_AUTH_TOKEN is the account's auth token",
  "shared key": "TWILIO_SHARED_KEY is the key of the Setting",
};
const NO_SID = "CallSid or MessageSid is required.";
const OTHER_ACCOUNT = "This webhook is not from the account TWILIO_ACCOUNT_SID.";

/**
 * Checks that a webhook comes from Twilio and the right account. Returns what it reports, or the refusal.
 * @param begins whether the URL is one that an owner sets at a number: its query has parameters too, which are signed with it
 */
export async function admit(deps: Deps, request: Request, begins: boolean): Promise<Event | Response> {
  const signing = readSigning(deps, request.headers.get("X-Twilio-Webhooks-Signature-Settings"));
  const unsignable = whyUnsignable(deps, signing);
  if (unsignable) return refuse(403, unsignable);
  const isPost = request.method === "POST";
  if (isPost && !isForm(request.headers.get("Content-Type"))) return refuse(415, NOT_A_FORM);
  const signature = request.headers.get("X-Twilio-Signature") ?? "";
  if (signature === "") return refuse(403, NO_SIGNATURE);
  const form = isPost ? await readPosted(request) : NO_FORM;
  if (form === "too large") return refuse(413, TOO_LARGE);
  if (form === "broken") return refuse(400, BROKEN);
  // The signature is the dearest check, so it comes last.
  const event = readEvent(begins ? withQuery(request.url, form) : form.values);
  if (event.sid === "") return refuse(400, NO_SID);
  if (deps.accountSid !== undefined && event.accountSid !== deps.accountSid)
    return refuse(403, OTHER_ACCOUNT);
  const url = signedUrl(request.url, deps.publicUrl);
  if (await isFromTwilio(deps.sealing.cipher, signing, signature, url, form)) return event;
  return refuse(403, notSigned(signing));
}

function notSigned({ by }: Signing): string {
  return `X-Twilio-Signature does not match. Check that ${SECRETS[by]}, and set PUBLIC_URL if a proxy changes the URL.`;
}

// Of a GET, the signature covers the URL alone.
const NO_FORM: Form = { names: [], values: {} };

/** The parameters of the query and of the body, which decides if both have one. */
function withQuery(url: string, { values }: Form): Form["values"] {
  return Object.assign(readForm(new URL(url).search.slice(1)).values, values);
}

/** Why no webhook that is signed like this can be verified; undefined if it can. */
function whyUnsignable({ sharedKeys = [] }: Deps, { by, hashes, secrets }: Signing): string | undefined {
  if (by === "token") return secrets[0] ? undefined : sharedKeys[0] ? NO_TOKEN_BUT_KEY : NO_TOKEN;
  if (!secrets[0]) return NO_SHARED_KEY;
  return hashes[0] ? undefined : UNKNOWN_ALGORITHM;
}
