/** The kinds of reply: TwiML, a refusal in plain text, an error as JSON, and the apology if no flow can speak. */

/** What a caller hears if no flow can speak. */
export const APOLOGY =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say>We are sorry. This line is not working at the moment. ' +
  "Please call again later.</Say><Hangup/></Response>";

/** What Twilio gets if a flow fails before it could answer: then Twilio requests the number's fallback URL. */
export const FAILED = "The flow failed before it could answer. The Worker's log says why.";

const TEXT_HEADERS = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
// Made once: the runtime copies headers faster than it reads an object.
const TWIML = {
  headers: new Headers({ "Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-store" }),
};

/** A TwiML document. It is for this caller at this moment, so nothing may cache it. */
export function reply(twiml: string): Response {
  return new Response(twiml, TWIML);
}

/** Says that there is no such flow. */
export function unknownFlow(flow: string): string {
  return `Unknown flow "${flow}". Check the URL of the number's webhook, and that the flow is deployed.`;
}

/** A refusal: a sentence that says what is wrong and what to do. */
export function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, { status, headers: TEXT_HEADERS });
}

/**
 * An error for a program: a code, and a sentence.
 * @param after seconds after which the same request can succeed
 */
export function problem(status: number, code: string, message: string, after?: number): Response {
  const headers = { "Cache-Control": "no-store", ...(after && { "Retry-After": `${after}` }) };
  return Response.json({ error: { code, message } }, { status, headers });
}
