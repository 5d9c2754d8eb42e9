/** The menu on Express in Node, with twilio's SDK and the calls in a Map. Tells its port to the process that forked it. */
import express from "express";
import twilio from "twilio";
import { menuAgain } from "./builder.ts";

const attempts = new Map<string, number>();
const app = express();

app.post(
  "/voice/:flow/:hash/menu/answered/:rev",
  express.urlencoded({ extended: false }),
  twilio.webhook(process.env.TWILIO_AUTH_TOKEN ?? ""),
  (request, response) => {
    const { CallSid = "", Digits }: Record<string, string | undefined> = request.body;
    attempts.set(CallSid, (attempts.get(CallSid) ?? 0) + 1);
    const { flow, hash, rev } = request.params;
    const action = `/voice/${flow}/${hash}/menu/answered/${Number(rev) + 1}?t=${request.query.t}`;
    console.log(JSON.stringify({ call: CallSid, flow, event: `digits ${Digits}` }));
    response.type("text/xml").set("Cache-Control", "no-store").send(menuAgain(action, Digits));
  },
);

const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(address?.port);
});
