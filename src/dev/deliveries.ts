/** Reports on text messages that nobody gets: without an account, development reports each one as Twilio would. */
import { createHmac } from "node:crypto";
import { reportOf } from "../phone/delivery.ts";
import { exchange } from "../phone/leg/webhook.ts";
import type { Deps } from "../worker/deps.ts";
import { NO_ACCOUNT } from "./page-server.ts";

/** Twilio's test number that gets no text messages. */
const UNREACHABLE = "+15005550009";
/** Twilio: "Landline or unreachable carrier". */
const UNREACHABLE_CODE = "30006";
/** Milliseconds after which a message has arrived. */
const DELIVERY_MS = 500;

/**
 * Reports a message as delivered, or as undelivered if it goes to Twilio's test number, if the flow wants to know.
 * @param form the parameters of Twilio's Messages resource
 * @param handle gets the signed webhook
 */
export async function reportDelivery(
  { tokens: [token = ""] }: Deps,
  form: Readonly<Record<string, string>>,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  const { StatusCallback: url, To } = form;
  if (url === undefined) return;
  await new Promise((resolve) => setTimeout(resolve, DELIVERY_MS));
  const sid = `SM${crypto.randomUUID().replaceAll("-", "")}`;
  const message = { sid, accountSid: NO_ACCOUNT, form };
  const report =
    To === UNREACHABLE ? reportOf(message, "undelivered", UNREACHABLE_CODE) : reportOf(message, "delivered");
  const line = {
    send: (at: string, init: RequestInit) => handle(new Request(at, init)),
    sign: (text: string) => createHmac("sha1", token).update(text).digest("base64"),
    accountSid: NO_ACCOUNT,
    clock: { now: Date.now, pass: () => undefined },
  };
  await exchange(line, { url, method: "POST", params: report }, sid, () => undefined);
}
