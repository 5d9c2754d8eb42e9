/** Text messages in development: without a Twilio account they are not sent. */
import type { Web } from "../worker/http.ts";

/** Twilio, Messages resource; at any base URL. */
const MESSAGES = /^https?:\/\/[^?#]*\/2010-04-01\/Accounts\/[^/?#]+\/Messages\.json$/;

/** Whether a request to this URL sends a text message. */
export function isTextMessage(url: string): boolean {
  return MESSAGES.test(url);
}

/**
 * The same web, except that text messages are not sent: the answer is that of Twilio when it accepts one.
 * @param accepted gets the parameters of each
 */
export function withoutTextMessages(web: Web, accepted: (form: Record<string, string>) => void): Web {
  return {
    ...web,
    fetch: async (url, init) => {
      if (!isTextMessage(url)) return web.fetch(url, init);
      accepted(Object.fromEntries(new URLSearchParams(String(init.body))));
      return Response.json({ status: "queued" }, { status: 201 });
    },
  };
}
