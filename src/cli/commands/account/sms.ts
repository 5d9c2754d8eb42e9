/** `ringflow sms`: sends a text message. */
import { MOST_MESSAGE } from "../../../program/shorten.ts";
import type { Account, AccountMessage, AccountOptions } from "../../account/account.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { openAccount } from "../../account/open.ts";
import { Refused } from "../../account/refused.ts";
import { segmentsOf } from "../../account/segments.ts";
import { Problem } from "../../problem.ts";
import { plural } from "../../project/report.ts";

/** Options of `ringflow sms`. */
interface SmsOptions extends AccountOptions, Asking {
  from: string;
  /** URLs of pictures. */
  media?: string[];
}

/**
 * Sends a message, once. If Twilio's answer is missing, it is looked for instead of being sent again.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if Twilio refuses
 */
export async function sms(to: string, body: string, options: SmsOptions): Promise<number> {
  const { out, from, media = [] } = options;
  refuseBad(to, from, body, media);
  const account = await openAccount(options.patience);
  const parts = segmentsOf(body);
  out.write(`From ${from} to ${to}, ${plural(parts, "segment")}:\n${body}\n`);
  for (const url of media) out.write(`${url}\n`);
  if (!(await agreed("Send it?", options))) return 1;
  const message = { to, from, body, ...(media.length > 0 && { mediaUrl: media }) };
  const sent = await sendOnce(account, message);
  out.write(`${sent.sid} is ${sent.status}.\n`);
  return 0;
}

type Message = Parameters<Account["sendMessage"]>[0];

async function sendOnce(account: Account, message: Message): Promise<AccountMessage> {
  const { to, from, body } = message;
  const sids = (await account.messages({ to, from }, RECENT)).map(({ sid }) => sid);
  try {
    return await account.sendMessage(message);
  } catch (error) {
    if (!(error instanceof Refused && error.isUnknown)) throw error;
    const now = await account.messages({ to, from }, RECENT);
    const sent = now.find((one) => one.body === body && !sids.includes(one.sid));
    if (sent) return sent;
    throw new Problem(
      "Twilio did not answer, and does not list the message. It may still come: look in the Console's log of messages " +
        "before you send it again.",
    );
  }
}

function refuseBad(to: string, from: string, body: string, media: readonly string[]): void {
  for (const [name, number] of [
    ["The receiver", to],
    ["--from", from],
  ])
    if (!/^((whatsapp|rcs|messenger):.+|\+[1-9]\d{6,14}|\d{3,8})$/.test(number ?? ""))
      throw new Problem(`${name} is not a number such as +14155550100: "${number}".`);
  if (body.trim() === "" && media.length === 0) throw new Problem("The text is empty.");
  if (body.length > MOST_MESSAGE)
    throw new Problem(`The text is longer than ${MOST_MESSAGE} characters, which Twilio refuses.`);
  const wrong = media.find((url) => !/^https?:\/\//.test(url) || !URL.canParse(url));
  if (wrong !== undefined) throw new Problem(`--media needs a URL, not "${wrong}".`);
}

/** How many messages to a receiver are looked at. */
const RECENT = 50;
