/** A deploy without the module `outgoing.js`: callers hear their flow, and every other use is answered and logged. */
import { expect, test } from "vitest";
import { HOST, inside, lineOf, memoryStore, post, webhook } from "./support.ts";

const FLOW = `
variables:
  message: { type: recording, keep: flow }
onError: sorry
steps:
  greet: { say: Hello, next: share }
  share: { say: '{{ link(vars.message, "7d") }}', next: hangup }
  sorry: { say: Sorry, next: hangup }
`;
const MESSAGE = JSON.stringify({ url: "https://api.twilio.com/RE1", seconds: 5, transcript: "" });
const outgoing = () => Promise.reject(new Error('No such module "outgoing.js".'));

test("a flow speaks but for its links, and the log says why", async () => {
  const app = lineOf(FLOW, { outgoing, store: memoryStore({ "keep:flow:desk.message": MESSAGE }) });
  expect(inside(await post(app, "/voice/desk"))).toMatch(/Hello.*Sorry/);
  expect(app.lines[0]).toMatchObject({ event: "links", error: 'No such module "outgoing.js".' });
});

const ASKS = `
steps:
  look:
    request: { url: https://crm.example.com, status: { else: sorry } }
    next: hangup
  sorry: { say: Sorry, next: tell }
  tell: { sms: { to: +14155550177, body: Lost. }, next: bye }
  bye: { say: Bye, next: hangup }
`;

test("a service is not asked and no message sent, but the flow goes on, and the log says why", async () => {
  const app = lineOf(ASKS, { outgoing });
  expect(inside(await post(app, "/voice/desk"))).toMatch(/Sorry.*Bye/);
  await app.settle();
  const error = 'No such module "outgoing.js".';
  expect(app.lines).toMatchObject([
    { event: "request", error },
    { event: "request", step: "look", host: "crm.example.com", status: "failed" },
    { event: expect.stringMatching(/^sms .*-tell/), error },
    { event: "start" },
  ]);
});

test.each([
  ["a call", new Request(`${HOST}/calls/desk`, { method: "POST" })],
  ["an administrator", new Request(`${HOST}/admin/flows/desk`)],
  ["a message", new Request(`${HOST}/messages`, { method: "POST" })],
  ["a recording", new Request(`${HOST}/recordings/RE1`)],
  ["an audio file of an earlier version", new Request(`${HOST}/audio/hello.0123abcd.mp3`)],
  ["a hang-up", webhook("/status/desk", { CallStatus: "completed" })],
  ["a verdict", webhook("/machine/desk")],
  ["an unanswered call", webhook("/status/desk", { CallStatus: "busy", Direction: "outbound-api" })],
])("%s gets a sentence, and is logged", async (_, request) => {
  const app = lineOf(FLOW, { outgoing });
  const response = await app.fetch(request);
  expect([response.status, await response.text()]).toEqual([500, "The Worker failed. Its log says why.\n"]);
  expect(app.lines).toMatchObject([{ event: "failed", error: 'No such module "outgoing.js".' }]);
});
