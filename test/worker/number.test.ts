/** How a number is set up: its URL's query, its method, and callbacks at the wrong URL. */
import { describe, expect, test } from "vitest";
import { get, inside, type Line, lineOf, linkIn, type Params, post, webhook } from "./support.ts";

const LINE = `
onMessage: reply
takes: [dept, account_id, vip]
variables:
  dept: { type: string, default: reception }
  account_id: { type: int }
  vip: { type: bool }
steps:
  ask: { gather: { prompt: "{{ vars.dept }}.", choices: { 1: tell }, otherwise: hangup } }
  tell:
    hangup: '{{ call.parameters["dept"] }}, {{ vars.account_id }}, {{ call.parameters.vip }}.'
  reply: { sms: { body: "{{ vars.dept }}" }, next: return }
`;

/** What a call hears last, from its first webhook on. */
async function told(app: Line, path: string, params: Params = {}): Promise<string> {
  const first = await post(app, path, params);
  return inside(await post(app, linkIn(first), { Digits: "1" }));
}

describe("parameters of the first webhook", () => {
  test.each<[string, string, Params, string]>([
    ["the query of the URL", "?dept=sales&vip=true", {}, "sales, 0, true."],
    ["nothing: the defaults", "", {}, "reception, 0, false."],
    ["an empty one", "?dept=", {}, ", 0, false."],
    ["the custom parameters of a client", "", { dept: "sales", account_id: "7" }, "sales, 7, false."],
    ["a SIP header", "", { "SipHeader_X-Account-Id": "4711" }, "reception, 4711, false."],
    ["a SIP header in other letters", "", { "SipHeader_x-DEPT": "sales" }, "sales, 0, false."],
    ["the body before the query", "?dept=sales", { dept: "board" }, "board, 0, false."],
    ["one that does not fit the variable", "?account_id=many&dept=a%20%26%20b", {}, "a &amp; b, 0, false."],
    ["one that the flow does not take", "?desk=sales", {}, "reception, 0, false."],
  ])("set the variables that the flow takes: %s", async (_what, query, params, heard) => {
    const app = lineOf(LINE);
    expect(await told(app, `/voice/desk${query}`, params)).toContain(`<Say>${heard}</Say>`);
  });

  test("never replace what Twilio reports in the body", async () => {
    const app = lineOf("steps: { tell: { hangup: '{{ caller.number }}' } }");
    expect(await post(app, "/voice/desk?From=%2B14155550199")).toContain("+14155550111");
  });

  test("are those of the first webhook alone", async () => {
    const app = lineOf(LINE);
    const first = await post(app, "/voice/desk?dept=sales");
    expect(await post(app, linkIn(first), { Digits: "1", dept: "board" })).toContain("sales, 0");
  });

  test("come with a text message too", async () => {
    const message = { MessageSid: "SM1", CallSid: [], CallStatus: [], Body: "Hello" };
    expect(await post(lineOf(LINE), "/sms/desk?dept=sales", message)).toContain("sales");
  });
});

describe("a number that is set to GET", () => {
  test("begins a call, which continues with POST", async () => {
    const app = lineOf(LINE);
    const first = await app.fetch(get("/voice/desk?dept=sales"));
    expect(first.status).toBe(200);
    const twiml = await first.text();
    expect(twiml).toContain("<Say>sales.</Say>");
    expect(await post(app, linkIn(twiml), { Digits: "1" })).toContain("sales, 0");
    expect(app.lines.map(({ event }) => event)).toEqual(["start", "digits 1"]);
  });

  test("answers a text message, and takes the status callback", async () => {
    const app = lineOf(LINE);
    const reply = await app.fetch(get("/sms/desk", { MessageSid: "SM1", CallStatus: "", Body: "Hello" }));
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining("reception")]);
    expect((await app.fetch(get("/status/desk", { CallStatus: "completed" }))).status).toBe(204);
  });
});

describe("a callback at the URL of a flow", () => {
  const AMD = { AnsweredBy: "machine_end_beep", MachineDetectionDuration: "5230" };
  const NONE = { From: [], To: [], CallStatus: [], Direction: [] };
  const PROGRESS = { CallStatus: "completed", CallDuration: "12", CallbackSource: "call-progress-events" };
  test.each<[string, string, Params, RegExp]>([
    ["asynchronous AMD", "/voice/desk", { ...NONE, ...AMD }, /asyncAmd/],
    ["a call's status", "/voice/desk", PROGRESS, /\/status\/desk/],
    ["the end of a call", "/voice/desk", { CallStatus: "no-answer" }, /\/status\/desk/],
    ["a call in progress", "/voice/desk", { CallbackSource: "x" }, /\/status\/desk/],
    ["a recording", "/voice/desk", { ...NONE, RecordingStatus: "completed" }, /notify/],
    [
      "a delivery",
      "/sms/desk",
      { ...NONE, MessageSid: "SM1", MessageStatus: "delivered", SmsStatus: "delivered" },
      /statusCallback/,
    ],
    [
      "a text message at the voice URL",
      "/voice/desk",
      { ...NONE, MessageSid: "SM1", Body: "Hello" },
      /\/sms\/desk/,
    ],
    ["a call at the URL of text messages", "/sms/desk", {}, /\/voice\/desk/],
    ["a delivery at the voice URL", "/voice/desk", { MessageSid: "SM1", MessageStatus: "sent" }, /./],
  ])("begins nothing, and the log says where it belongs: %s", async (_what, path, params, error) => {
    const app = lineOf(LINE);
    const response = await app.fetch(webhook(path, params));
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(app.lines).toEqual([
      expect.objectContaining({ flow: "desk", event: "misdirected", error: expect.stringMatching(error) }),
    ]);
  });

  test.each<[string, string, Params]>([
    [
      "an outbound call with its answering machine detection",
      "/voice/desk",
      { ...AMD, Direction: "outbound-api" },
    ],
    ["an incoming message", "/sms/desk", { MessageSid: "SM1", SmsStatus: "received", Body: "Hello" }],
  ])("is not %s", async (_what, path, params) => {
    expect((await lineOf(LINE).fetch(webhook(path, params))).status).toBe(200);
  });
});
