/** Twilio's reports on text messages, as a script has them. */

import { reportOf } from "../../phone/delivery.ts";
import type { Line } from "../../phone/leg/line.ts";
import { exchange } from "../../phone/leg/webhook.ts";
import type { DeliveryStep } from "../../phone/script/scenario.ts";
import type { Sent } from "./fake-web.ts";
import { isMessage } from "./sent.ts";

/**
 * Reports on the last message that the script has named. Returns why it cannot, as a sentence.
 * @param taken what the script has named, in order
 */
export async function deliver(
  line: Line,
  taken: ReadonlySet<Sent>,
  { delivery, errorCode }: DeliveryStep,
): Promise<string | undefined> {
  const messages = [...taken].filter(isMessage);
  const form = new URLSearchParams(messages.at(-1)?.body);
  const url = form.get("StatusCallback");
  if (messages.length === 0)
    return `The script says delivery: ${delivery}, but no \`sms\` line comes before it.`;
  if (url === null) return NOT_ASKED;
  const message = {
    sid: `SM${`${messages.length}`.padStart(32, "0")}`,
    accountSid: line.accountSid,
    form: Object.fromEntries(form),
  };
  const reply = await exchange(
    line,
    { url, method: "POST", params: reportOf(message, delivery, errorCode) },
    `${message.sid} ${delivery}`,
    () => undefined,
  );
  if ("status" in reply && reply.status === 200) return undefined;
  return `The report of the delivery failed: ${"status" in reply ? `HTTP ${reply.status}` : reply.message}.`;
}

const NOT_ASKED =
  "The flow does not want to know whether this message is delivered: it has no `delivered` or `undelivered`.";
