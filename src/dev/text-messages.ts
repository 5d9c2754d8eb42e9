/** Text messages in development: without a Twilio account they are not sent. */
import type { Web } from "../worker/http.ts";

/** Twilio, Messages resource; at any base URL. */
const MESSAGES = /^https?:\/\/[^?#]*\/2010-04-01\/Accounts\/[^/?#]+\/Messages\.json$/;

/** Whether a request to this URL sends a text message. */
export function isTextMessage(url: string): boolean {
  return MESSAGES.test(url);
}

/** The same web, except that text messages are not sent: the answer is that of Twilio when it accepts one. */
export function withoutTextMessages(web: Web): Web {
  return {
    ...web,
    fetch: async (url, init) =>
      isTextMessage(url) ? Response.json({ status: "queued" }, { status: 201 }) : web.fetch(url, init),
  };
}
