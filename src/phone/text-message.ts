/**
 * Text messages to a number: sends the webhook as Twilio does, and reads the messages in the response.
 * Source: Twilio, "Incoming message webhook", "TwiML for Programmable Messaging".
 */
import { cookieOf, keepCookie } from "./leg/cookies.ts";
import type { Line } from "./leg/line.ts";
import type { Webhook } from "./leg/moment.ts";
import { sidsFrom } from "./leg/sids.ts";
import { exchange, resolveUrl } from "./leg/webhook.ts";
import { type Element, elementsIn, wordsOf } from "./twiml/element.ts";
import { messagingResponse } from "./twiml/messaging.ts";
import { type Problem, readTwiml } from "./twiml/read.ts";

/** A text message. */
export interface TextMessage {
  /** E.164. */
  from: string;
  to: string;
  body: string;
  /** The URLs of the pictures that come with it. */
  media?: readonly string[];
}

/** The replies to a text message. */
export interface Replies {
  messages: TextMessage[];
  problems: readonly Problem[];
}

/** Twilio gives up after this many documents. */
const MOST_REDIRECTS = 10;

/**
 * Sends a message to the number's webhook; `seed` derives its identifiers, and `seen` gets every webhook with its
 * response. Never rejects.
 */
export async function sendText(
  line: Line,
  url: string,
  text: TextMessage,
  seed: string,
  seen: (webhook: Webhook) => void = () => undefined,
): Promise<Replies> {
  const sids = sidsFrom(seed);
  const params = paramsOf(line, text, sids("SM"));
  const messages: TextMessage[] = [];
  for (let at: string | undefined = url, hops = 0; at !== undefined; hops++) {
    if (hops > MOST_REDIRECTS) return { messages, problems: [failed(`${url} redirects endlessly.`)] };
    const cookie = cookieOf(line.cookies, text, line.clock.now());
    const reply = await exchange(line, { url: at, method: "POST", params }, sids("TK"), seen, cookie);
    if (!("status" in reply)) return { messages, problems: [reply] };
    keepCookie(line.cookies, text, reply.cookie, line.clock.now());
    if (reply.status !== 200) return { messages, problems: [failed(refusal(at, reply))] };
    const { verbs = [], problems } = readTwiml(reply.body, messagingResponse);
    if (problems.length > 0) return { messages, problems };
    // Verbs after a Redirect are not run.
    const redirect = verbs.findIndex(({ name }) => name === "Redirect");
    const sent = redirect < 0 ? verbs : verbs.slice(0, redirect);
    messages.push(...sent.map((one) => readMessage(one, text)));
    const next = verbs[redirect];
    at = next && resolveUrl(wordsOf(next).trim(), at);
  }
  return { messages, problems: [] };
}

/** With the Worker's own sentence, if the body is one. */
function refusal(url: string, { status, body }: { status: number; body: string }): string {
  const sentence = /^[A-Z][^<\n]{0,300}$/.exec(body.trim())?.[0];
  return `${url} returned HTTP ${status}${sentence === undefined ? "." : `: ${sentence}`}`;
}

function failed(message: string): Problem {
  return { code: 11200, element: "Response", message };
}

function paramsOf(
  line: Line,
  { from, to, body, media = [] }: TextMessage,
  sid: string,
): Record<string, string> {
  return {
    ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid },
    ...{ AccountSid: line.accountSid, ApiVersion: "2010-04-01" },
    ...{ From: from, To: to, Body: body, NumMedia: `${media.length}`, NumSegments: "1" },
    SmsStatus: "received",
    ...Object.fromEntries(media.flatMap(attached)),
  };
}

function attached(url: string, index: number): [string, string][] {
  const type = TYPES[/\.(\w+)$/.exec(url)?.[1]?.toLowerCase() ?? ""] ?? "image/jpeg";
  return [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, type],
  ];
}

const TYPES: Readonly<Record<string, string>> = {
  gif: "image/gif",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  vcf: "text/vcard",
};

/** TwiML Message: to the sender, and from the number that was written to, unless it says otherwise. */
function readMessage(element: Element, { from, to }: TextMessage): TextMessage {
  const body = elementsIn(element).find(({ name }) => name === "Body") ?? element;
  return {
    from: element.attributes.from ?? to,
    to: element.attributes.to ?? from,
    body: wordsOf(body).trim(),
  };
}
