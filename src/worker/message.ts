/** Text messages, sent after the reply through Twilio's REST API. Source: Twilio, Messages resource. */
import type { Message } from "../engine/effect.ts";
import type { Web } from "./http.ts";
import { type Account, askTwilio, refusalIn } from "./twilio.ts";

/** Tries after a 429 or 503. Nothing else is repeated: Twilio ignores Idempotency-Key, and would send the text again. */
const RETRIES = 3;

const NO_USER =
  "the text message was not sent: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_AUTH_TOKEN, with " +
  "`npx wrangler secret put`";

/** Why a message was not sent. */
interface NotSent {
  status: string;
  /** In Twilio's words, if it answered. */
  error: string;
}

/**
 * Sends a message.
 * @returns what went wrong; undefined if Twilio has accepted it. Never rejects
 */
export async function sendMessage(
  web: Web,
  account: Account | undefined,
  { form, key }: Message,
): Promise<NotSent | undefined> {
  if (!account) return { status: "failed", error: NO_USER };
  const headers = { "Idempotency-Key": key };
  const asked = await askTwilio(web, account, { path: "Messages.json", form, headers, retries: RETRIES });
  const { status } = asked.answer;
  if (status === "201") return undefined;
  if (status === "timeout")
    return { status, error: `Twilio did not say in time whether it sends the text message` };
  const { message: words } = refusalIn(asked);
  return { status, error: `the text message was not sent, ${status}${words ? `: ${words}` : ""}` };
}
