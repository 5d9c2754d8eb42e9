import { describe, expect, test } from "vitest";
import { readEvent } from "../../src/engine/event.ts";
import type { Web } from "../../src/worker/http.ts";
import { nameEvent } from "../../src/worker/log.ts";
import { CALLER, line, lineOf, linkIn, type Params, webhook } from "./support.ts";

describe("what came, in a log line", () => {
  test.each<[Record<string, string>, string]>([
    [{ Digits: "1" }, "digits 1"],
    [{ Digits: "" }, "silence"],
    [{}, "silence"],
    [{ SpeechResult: "my account is 4711", Confidence: "0.9" }, "speech"],
    [{ DialCallStatus: "no-answer" }, "dial no-answer"],
    [{ DialCallStatus: "completed", RecordingUrl: "https://x", RecordingDuration: "9" }, "dial completed"],
    [{ RecordingUrl: "https://x", RecordingDuration: "12", Digits: "#" }, "recording 12 s"],
    [{ RecordingUrl: "https://x" }, "recording 0 s"],
    [{ CallStatus: "completed" }, "hangup"],
  ])("%j is %s", (params, name) => {
    expect(nameEvent(readEvent(params), false)).toBe(name);
  });

  test("has no digits of a sensitive step", () => {
    expect(nameEvent(readEvent({ Digits: "4711" }), true)).toBe("digits ***");
  });
});

test("a call's log is one line a turn, with nothing that the caller said or that was sensitive", async () => {
  const app = line();
  let path = "/voice/desk";
  const answers: Params[] = [{}, { Digits: "1" }, { Digits: "4711" }, { SpeechResult: "my secret" }];
  for (const answer of answers) {
    const twiml = await (await app.fetch(webhook(path, answer))).text();
    path = twiml.includes("action=") ? linkIn(twiml) : "";
  }
  await app.settle();
  const same = {
    call: "CA00000000000000000000000000000001",
    flow: "desk",
    version: "3f9c1a2b7d",
    ms: expect.any(Number),
  };
  const kept = { ...same, ticket: "sealed" };
  expect(app.lines.map((entry) => JSON.parse(JSON.stringify(entry)))).toEqual([
    { ...kept, step: "menu", block: "enter", event: "start", next: "menu" },
    { ...kept, step: "menu", block: "answered", event: "digits 1", next: "account" },
    { ...kept, step: "account", block: "answered", event: "digits ***", next: "confirm" },
    { ...same, step: "confirm", block: "answered", event: "speech" },
  ]);
  expect(JSON.stringify(app.lines)).not.toMatch(/4711|secret/);
});

test("a text that was cut is named in the log", async () => {
  const app = line();
  const path = "/voice/desk/3f9c1a2b7d/account/answered/1";
  await app.fetch(webhook(path, { Digits: "123456789012345678901234567890" }));
  await app.settle();
  expect(app.lines[0]?.cut).toEqual(["account"]);
});

describe("a request or text message that fails is one line", () => {
  const FLOW = `
steps:
  ask:
    request:
      url: https://crm.example.com:8443/orders?card=4711
      headers: { Authorization: "Bearer {{ secrets.CRM }}" }
      json: { pin: "0815" }
      timeout: 3
      retries: 2
      idempotent: true
      status: { else: tell }
    next: tell
  tell:
    sms: { to: +14155550177, body: Your order 1234 is late. }
    next: bye
  bye:
    hangup: Goodbye.
`;
  const none = (failure: Error) => async (): Promise<Response> => {
    throw failure;
  };
  const status = (code: number) => async (): Promise<Response> => Response.json({}, { status: code });
  const CRM = "crm.example.com:8443";

  test.each<[string, Web["fetch"], requested: object | undefined, sent: object | undefined]>([
    [
      "both refused",
      status(403),
      { status: "403" },
      { status: "403", error: "the text message was not sent, 403" },
    ],
    [
      "no connection",
      none(new TypeError("fetch failed")),
      { status: "failed", error: "no connection" },
      { status: "failed", error: "the text message was not sent, failed: no connection" },
    ],
    [
      "a time-out",
      none(new DOMException("late", "TimeoutError")),
      { status: "timeout", error: "no answer in time" },
      { status: "timeout", error: expect.stringContaining("in time") },
    ],
    [
      "a redirect elsewhere",
      async () => new Response(null, { status: 302, headers: { Location: "https://evil.example/" } }),
      { status: "failed", error: expect.stringContaining("another host") },
      { status: "failed", error: expect.stringContaining("another host") },
    ],
    ["success", status(201), undefined, undefined],
  ])("%s", async (_, fetch, requested, sent) => {
    const web = { fetch, wait: async () => undefined, privateHosts: [] };
    const app = lineOf(FLOW, { web, env: { CRM: "s3cret" } });
    await (await app.fetch(webhook("/voice/desk"))).text();
    await app.settle();
    const same = { call: CALLER, flow: "desk", ms: expect.any(Number) };
    const lines = app.lines.filter(({ host }) => host !== undefined);
    expect(lines).toEqual([
      ...(requested ? [{ ...same, event: "request", step: "ask", host: CRM, ...requested }] : []),
      ...(sent
        ? [{ ...same, event: `sms ${CALLER}-1-tell-3`, step: "tell", host: "api.twilio.com", ...sent }]
        : []),
    ]);
    expect(JSON.stringify(app.lines)).not.toMatch(/4711|0815|s3cret|1234|5550177/);
  });
});
