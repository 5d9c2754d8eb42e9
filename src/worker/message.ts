/**
 * Text messages, sent after the reply through Twilio's REST API. Source: Twilio, Messages resource. The password is the
 * account's auth token, which also signs the webhooks.
 */
import type { Message } from "../engine/effect.ts";
import { ask, type Web } from "./http.ts";

const API = "https://api.twilio.com/2010-04-01";
/** Milliseconds for one try, and for all of them. */
const TRY_MS = 5000;
const ALL_MS = 20_000;
const RETRIES = 3;

/**
 * Sends a message.
 * @returns what went wrong, in Twilio's words; undefined if Twilio has accepted it. Never rejects
 */
export async function sendMessage(
  web: Web,
  account: string,
  token: string,
  message: Message,
): Promise<string | undefined> {
  const request = {
    method: "POST",
    url: `${API}/Accounts/${account}/Messages.json`,
    headers: {
      Authorization: `Basic ${btoa(`${account}:${token}`)}`,
      "Content-Type": "application/x-www-form-urlencoded",
      "Idempotency-Key": message.key,
    },
    body: new URLSearchParams(message.form).toString(),
    timeout: TRY_MS,
    retries: RETRIES,
  };
  const { status, body } = await ask(web, request, ALL_MS);
  if (status === "201") return undefined;
  const why =
    body !== null && typeof body === "object" && "message" in body ? `: ${String(body.message)}` : "";
  return `the text message was not sent, ${status}${why}`;
}
