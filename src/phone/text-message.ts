/**
 * Text messages to a number: sends the webhook as Twilio does, and reads the messages that the answer sends back.
 * Source: Twilio, "Incoming message webhook", "TwiML for Programmable Messaging".
 */
import type { Line } from "./line.ts";
import { sidsFrom } from "./sids.ts";
import { type Element, elementsIn, wordsOf } from "./twiml/element.ts";
import { messagingResponse } from "./twiml/messaging.ts";
import { type Problem, readTwiml } from "./twiml/read.ts";
import { exchange } from "./webhook.ts";

/** A text message. */
export interface TextMessage {
  /** E.164. */
  from: string;
  to: string;
  body: string;
}

/** What came back. */
export interface Replies {
  messages: TextMessage[];
  problems: readonly Problem[];
}

/** Sends a message to what the number points at; `seed` gives its identifiers. Never rejects. */
export async function sendText(line: Line, url: string, text: TextMessage, seed: string): Promise<Replies> {
  const sids = sidsFrom(seed);
  const { from: From, to: To, body: Body } = text;
  const sid = sids("SM");
  const params = {
    ...{
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: line.accountSid,
      ApiVersion: "2010-04-01",
    },
    ...{ From, To, Body, NumMedia: "0", NumSegments: "1", SmsStatus: "received" },
  };
  const reply = await exchange(line, { url, method: "POST", params }, sids("TK"));
  if (!("status" in reply)) return { messages: [], problems: [reply] };
  if (reply.status !== 200) {
    const message = `${url} was answered with HTTP ${reply.status}.`;
    return { messages: [], problems: [{ code: 11200, element: "Response", message }] };
  }
  const { verbs = [], problems } = readTwiml(reply.body, messagingResponse);
  return {
    messages: verbs.filter(({ name }) => name === "Message").map((one) => messageOf(one, text)),
    problems,
  };
}

/** TwiML Message: to the sender, and from the number that was written to, unless it says otherwise. */
function messageOf(element: Element, { from, to }: TextMessage): TextMessage {
  const body = elementsIn(element).find(({ name }) => name === "Body") ?? element;
  return {
    from: element.attributes.from ?? to,
    to: element.attributes.to ?? from,
    body: wordsOf(body).trim(),
  };
}
