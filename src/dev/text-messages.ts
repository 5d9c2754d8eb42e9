/** Text messages in development: without an account at Twilio there is nobody to send them. */
import type { Web } from "../worker/http.ts";

/** Twilio, Messages resource. */
const MESSAGES = /^https:\/\/api\.twilio\.com\/[^?#]*\/Messages\.json$/;

/** Whether a request to this address sends a text message. */
export function isTextMessage(url: string): boolean {
  return MESSAGES.test(url);
}

/** The same web, where a text message goes nowhere, and is answered as Twilio does that has taken it. */
export function withoutTextMessages(web: Web): Web {
  return {
    ...web,
    fetch: async (url, init) =>
      isTextMessage(url) ? Response.json({ status: "queued" }, { status: 201 }) : web.fetch(url, init),
  };
}
