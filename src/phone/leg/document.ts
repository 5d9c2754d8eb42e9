/**
 * Fetches the document that a leg plays next, and rejects what Twilio rejects. Source: Twilio, "TwiML for
 * Programmable Voice" and the error dictionary (11200, 11205, 11750, 11770, 12300).
 */

import type { Element } from "../twiml/element.ts";
import { type Problem, readTwiml, type Twiml } from "../twiml/read.ts";
import { type Leg, type Params, paramsOf, reportProblems, type WebhookRequest } from "./leg.ts";
import { type Reply, resolveUrl, send } from "./webhook.ts";

/** A document that can be played. */
export interface TwimlDocument {
  /** Its URL, which its relative URLs are resolved against. */
  url: string;
  verbs: readonly Element[];
}

const MOST_BYTES = 64 * 1024;

/**
 * Fetches a document. Every problem is reported to the leg's handset; undefined if there is nothing to play.
 */
export async function fetchDocument(leg: Leg, request: WebhookRequest): Promise<TwimlDocument | undefined> {
  const reply = await send(leg, request);
  const url = request.url.replace(/#.*$/s, "");
  const { verbs, problems } = "status" in reply ? readReply(reply, url) : { problems: [reply] };
  await reportProblems(leg, problems);
  return verbs && { url, verbs };
}

/** The request that a verb's URL attribute asks for; `particular` are the parameters in addition to the standard ones. */
export function requestFor(
  leg: Leg,
  document: Pick<TwimlDocument, "url">,
  url: string | undefined,
  method: string | undefined,
  particular: Params = {},
): WebhookRequest {
  return {
    url: resolveUrl(url ?? "", document.url),
    method: method === "GET" ? "GET" : "POST",
    params: paramsOf(leg, particular),
  };
}

function readReply(reply: Reply, url: string): Twiml {
  const fault = faultOf(reply, url);
  if (fault) return { problems: [fault] };
  if (reply.contentType.startsWith("audio/")) return { verbs: [element("Play", url), HANGUP], problems: [] };
  const twiml = readTwiml(reply.body);
  const spoken = reply.contentType === "text/plain" && !twiml.verbs;
  return spoken ? { verbs: [element("Say", reply.body), HANGUP], problems: [] } : twiml;
}

function faultOf({ status, contentType, body }: Reply, url: string): Problem | undefined {
  const fault = (code: number, message: string): Problem => ({ code, element: "Response", message });
  if (status < 200 || status > 299) {
    return fault(11200, `${url} returned HTTP ${status}.`);
  }
  if (!/^(text\/(xml|html|plain)|application\/xml|audio\/.+)$/.test(contentType)) {
    const type = contentType || "no content type";
    return fault(12300, `${url} returned ${type}; expected text/xml.`);
  }
  if (body === "") return fault(11770, `${url} returned an empty body.`);
  // A UTF-16 unit is at most three bytes in UTF-8, so most bodies need not be measured.
  const long = body.length * 3 > MOST_BYTES && new TextEncoder().encode(body).length > MOST_BYTES;
  return long ? fault(11750, `${url} returned more than 64 kB.`) : undefined;
}

const HANGUP: Element = { name: "Hangup", attributes: {}, children: [] };

function element(name: string, text: string): Element {
  return { name, attributes: {}, children: [text] };
}
