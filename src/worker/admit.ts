/** Everything that can refuse a webhook. Nothing is read from the store or written to it before a webhook is admitted. */
import { type Event, readEvent } from "../engine/event.ts";
import type { Deps } from "./deps.ts";
import { MOST_BYTES, readBody, readForm } from "./form.ts";
import { refuse } from "./reply.ts";
import { isFromTwilio, signedUrl } from "./signature.ts";

const NO_TOKEN =
  "TWILIO_AUTH_TOKEN is not set. Run `npx wrangler secret put TWILIO_AUTH_TOKEN`, or set it in .dev.vars during " +
  "development.";
const NOT_A_FORM = "The Content-Type of a webhook must be application/x-www-form-urlencoded.";
const TOO_LARGE = `The body of a webhook must not exceed ${MOST_BYTES} bytes.`;
const NOT_SIGNED =
  "X-Twilio-Signature does not match. Check that TWILIO_AUTH_TOKEN is the account's auth token, and set PUBLIC_URL " +
  "if a proxy changes the URL.";
const NO_SID = "CallSid or MessageSid is required.";
const OTHER_ACCOUNT = "This webhook comes from a different account than TWILIO_ACCOUNT_SID.";

/** Checks that a webhook comes from Twilio and the right account. Returns what it reports, or the refusal. */
export async function admit(deps: Deps, request: Request): Promise<Event | Response> {
  if (deps.tokens.length === 0) return refuse(403, NO_TOKEN);
  if (!isForm(request.headers.get("Content-Type"))) return refuse(415, NOT_A_FORM);
  const body = await readBody(request);
  if (!body) return refuse(413, TOO_LARGE);
  const form = readForm(body);
  const signature = request.headers.get("X-Twilio-Signature") ?? "";
  const url = signedUrl(request.url, deps.publicUrl);
  if (!(await isFromTwilio(deps.sealing.cipher, deps.tokens, signature, url, form)))
    return refuse(403, NOT_SIGNED);
  const event = readEvent(form.values);
  if (event.sid === "") return refuse(400, NO_SID);
  if (deps.accountSid !== undefined && event.accountSid !== deps.accountSid)
    return refuse(403, OTHER_ACCOUNT);
  return event;
}

function isForm(contentType: string | null): boolean {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}
