/**
 * Text messages, sent after the reply through Twilio's REST API. Source: Twilio, Messages resource. An API key is the
 * user, or else the account with its auth token, which also signs the webhooks.
 */
import type { Message } from "../engine/effect.ts";
import { isMap } from "../program/is-map.ts";
import type { ApiKey } from "./deps.ts";
import { ask, type Web } from "./http.ts";

const API = "https://api.twilio.com/2010-04-01";
/** Where messages are sent: for the log. */
export const HOST = new URL(API).host;
/** Milliseconds for one try, and for all of them: the Worker stays alive for 30 s after its reply. */
const TRY_MS = 15_000;
const ALL_MS = 25_000;
/** Tries after a 429 or 503. Nothing else is repeated: Twilio ignores Idempotency-Key, and would send the text again. */
const RETRIES = 3;

const NO_USER =
  "the text message was not sent: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_AUTH_TOKEN, with " +
  "`npx wrangler secret put`";

/** Why a message was not sent. */
export interface NotSent {
  status: string;
  /** In Twilio's words, if it answered. */
  error: string;
}

/**
 * Sends a message.
 * @param user the API key, or the account and its auth token
 * @returns what went wrong; undefined if Twilio has accepted it. Never rejects
 */
export async function sendMessage(
  web: Web,
  account: string,
  user: ApiKey | undefined,
  message: Message,
): Promise<NotSent | undefined> {
  if (!user) return { status: "failed", error: NO_USER };
  const request = {
    method: "POST",
    url: `${API}/Accounts/${account}/Messages.json`,
    headers: {
      Authorization: `Basic ${btoa(`${user.sid}:${user.secret}`)}`,
      "Content-Type": "application/x-www-form-urlencoded",
      "Idempotency-Key": message.key,
    },
    body: new URLSearchParams(message.form).toString(),
    timeout: TRY_MS,
    retries: RETRIES,
  };
  const { answer, why } = await ask(web, request, ALL_MS);
  const { status, body } = answer;
  if (status === "201") return undefined;
  if (status === "timeout")
    return { status, error: `Twilio did not say in time whether it sends the text message` };
  const words = isMap(body) && body.message ? masked(String(body.message)) : why;
  return { status, error: `the text message was not sent, ${status}${words ? `: ${words}` : ""}` };
}

// Twilio quotes numbers, and the receiver may come from a sensitive variable.
function masked(sentence: string): string {
  return sentence.replace(/\d{5,}/g, "***");
}
