/** Everything that can refuse a webhook. Until it is admitted, nothing is read of the store and nothing written. */
import { type Event, readEvent } from "../engine/event.ts";
import type { Deps } from "./deps.ts";
import { MOST_BYTES, readBody, readForm } from "./form.ts";
import { refuse } from "./reply.ts";
import { isFromTwilio, signedUrl } from "./signature.ts";

const NO_TOKEN =
  "TWILIO_AUTH_TOKEN is not set: `npx wrangler secret put TWILIO_AUTH_TOKEN`, or .dev.vars in development.";
const NOT_A_FORM = "A webhook is application/x-www-form-urlencoded.";
const TOO_LARGE = `A webhook has at most ${MOST_BYTES} bytes.`;
const NOT_SIGNED =
  "X-Twilio-Signature does not fit. Compare TWILIO_AUTH_TOKEN with the account's, and set PUBLIC_URL where a proxy " +
  "changes the address.";
const NO_SID = "There is no CallSid or MessageSid.";
const OTHER_ACCOUNT = "This webhook is not of TWILIO_ACCOUNT_SID.";

/** Checks that a webhook is Twilio's and of the right account: what it tells, or the refusal. */
export async function admit(deps: Deps, request: Request): Promise<Event | Response> {
  if (deps.tokens.length === 0) return refuse(403, NO_TOKEN);
  if (!isForm(request.headers.get("Content-Type"))) return refuse(415, NOT_A_FORM);
  const body = await readBody(request);
  if (!body) return refuse(413, TOO_LARGE);
  const parameters = readForm(body);
  const signature = request.headers.get("X-Twilio-Signature") ?? "";
  const url = signedUrl(request.url, deps.publicUrl);
  if (!isFromTwilio(deps.tokens, signature, url, parameters.all)) return refuse(403, NOT_SIGNED);
  const event = readEvent(parameters.last);
  if (event.sid === "") return refuse(400, NO_SID);
  if (deps.accountSid !== undefined && event.accountSid !== deps.accountSid)
    return refuse(403, OTHER_ACCOUNT);
  return event;
}

function isForm(contentType: string | null): boolean {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}
