/** Text messages, sent after the reply through Twilio's REST API. Source: Twilio, Messages resource. */
import type { Message } from "../engine/effect.ts";
import { messageOf } from "../program/message-of.ts";
import { reported } from "./delivery.ts";
import type { Deps } from "./deps.ts";
import type { Web } from "./http.ts";
import type { Failure, Given } from "./run-turn.ts";
import { type Account, API, accountOf, askTwilio, refusalIn } from "./twilio.ts";

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
 * Sends the message of a turn, whose delivery Twilio reports if the flow wants that.
 * @returns what went wrong; undefined if Twilio has accepted it. Never rejects
 */
export async function sendEffect(deps: Deps, given: Given, message: Message): Promise<Failure> {
  const began = Date.now();
  const account = accountOf(deps, given.event.accountSid);
  const notSent = await sendMessage(deps.web, account, await withReport(deps, given, message));
  const { host } = new URL(deps.api ?? API);
  return (
    notSent && { event: `sms ${message.key}`, step: message.step, host, ms: Date.now() - began, ...notSent }
  );
}

/** The message is more than its report: without a URL for that, it is sent all the same. */
async function withReport(deps: Deps, given: Given, message: Message): Promise<Message> {
  try {
    return await reported(deps, given, message);
  } catch (error) {
    const { program, event } = given;
    deps.log({ call: event.sid, flow: program.flow, event: "delivery", error: messageOf(error) });
    return message;
  }
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
