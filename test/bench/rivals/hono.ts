/** The menu as written by hand for a Worker: verified by twilio's function, joined from texts, one line logged. */
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { complaint, HINTS, MENU, VOICE } from "./texts.ts";

const token = String(env.TWILIO_AUTH_TOKEN);
const app = new Hono();

app.post("/voice/:flow/:hash/menu/answered/:rev", async (c) => {
  const params = Object.fromEntries(new URLSearchParams(await c.req.text()));
  const signature = c.req.header("X-Twilio-Signature") ?? "";
  if (!validateRequest(token, signature, c.req.url, params)) return c.text("This is not Twilio.", 403);
  const { flow, hash, rev } = c.req.param();
  const action = `/voice/${flow}/${hash}/menu/answered/${Number(rev) + 1}?t=${c.req.query("t")}`;
  const twiml =
    `<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="${action}" actionOnEmptyResult="true"` +
    ` input="dtmf speech" numDigits="1" language="en-US" hints="${HINTS}">` +
    `${say(complaint(params.Digits))}${say(MENU)}</Gather></Response>`;
  console.log(JSON.stringify({ call: params.CallSid, flow, event: `digits ${params.Digits}` }));
  return c.body(twiml, 200, { "Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-store" });
});

function say(text: string): string {
  return `<Say voice="${VOICE.voice}" language="${VOICE.language}">${text}</Say>`;
}

export default app;
