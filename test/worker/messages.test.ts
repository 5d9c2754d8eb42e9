/** `POST /messages`: what it takes, what it hands to Twilio, and what it refuses. */
import { describe, expect, test } from "vitest";
import type { Deps } from "../../src/worker/deps.ts";
import { outboundObjects } from "./outbound-object.ts";
import { ACCOUNT, HOST, line, TOKEN } from "./support.ts";

const CALLS_TOKEN = "the-token-for-messages";
const BODY = { to: "+14155550111", from: "+14155550100", body: "Hello & bye" };
const FAULT = (field: string) => ({
  error: { code: field, message: `The value of \`${field}\` is not one that a text message can have.` },
});

function start(overrides: Partial<Deps> = {}) {
  const sent: string[] = [];
  const fetch = async (url: string, { method, body }: RequestInit): Promise<Response> => {
    sent.push(`${method} ${new URL(url).pathname.split("/").at(-1)} ${body}`);
    const made = { sid: "SM1", status: "queued", date_created: new Date().toUTCString() };
    return Response.json(made, { status: 201 });
  };
  const web = { fetch, privateHosts: [] };
  const limits = { minute: 60, day: 1000 };
  const named: string[] = [];
  const { outbound } = outboundObjects({ web, tokens: [TOKEN], accountSid: ACCOUNT, limits });
  const app = line({
    web,
    accountSid: ACCOUNT,
    callsToken: CALLS_TOKEN,
    outbound: (name) => {
      named.push(name);
      return outbound(name);
    },
    ...overrides,
  });
  const send = async (body: unknown = BODY, headers: Record<string, string> = {}, method = "POST") => {
    const all = { Authorization: `Bearer ${CALLS_TOKEN}`, "Idempotency-Key": "key-1", ...headers };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request(`${HOST}/messages`, {
      method,
      headers: all,
      ...(method === "POST" && { body: text }),
    });
    const response = await app.fetch(request);
    const answer = await response.text();
    return {
      status: response.status,
      after: response.headers.get("Retry-After"),
      body: answer.startsWith("{") ? JSON.parse(answer) : answer,
    };
  };
  return { sent, named, send };
}

describe("a message", () => {
  test.each([
    ["from a number", BODY, "To=%2B14155550111&From=%2B14155550100&Body=Hello+%26+bye"],
    [
      "whose delivery is reported",
      { ...BODY, statusCallback: "https://crm.example.com/sms" },
      "To=%2B14155550111&From=%2B14155550100&Body=Hello+%26+bye&StatusCallback=https%3A%2F%2Fcrm.example.com%2Fsms",
    ],
    ["from a short code", { ...BODY, from: "12345" }, "To=%2B14155550111&From=12345&Body=Hello+%26+bye"],
    [
      "from a messaging service",
      { ...BODY, from: `MG${"a".repeat(32)}` },
      `To=%2B14155550111&MessagingServiceSid=MG${"a".repeat(32)}&Body=Hello+%26+bye`,
    ],
    [
      "with a picture",
      { ...BODY, media: "https://example.com/a.png" },
      "To=%2B14155550111&From=%2B14155550100&Body=Hello+%26+bye&MediaUrl=https%3A%2F%2Fexample.com%2Fa.png",
    ],
    [
      "by WhatsApp",
      { ...BODY, to: "whatsapp:+14155550111", from: "whatsapp:+14155550100" },
      "To=whatsapp%3A%2B14155550111&From=whatsapp%3A%2B14155550100&Body=Hello+%26+bye",
    ],
  ])("%s is sent once", async (_, body, form) => {
    const { send, sent, named } = start();
    const answer = { status: 201, after: null, body: { sid: "SM1", status: "queued" } };
    expect(await send(body)).toEqual(answer);
    expect(await send(body)).toEqual(answer);
    expect(sent).toEqual([`POST Messages.json ${form}`]);
    // No flow has such a name: its limits are its own.
    expect(new Set(named)).toEqual(new Set(["~messages"]));
  });

  test.each([
    ["to", "+1234567", true],
    ["to", "+123456789012345", true],
    ["to", "+123456", false],
    ["to", "+1234567890123456", false],
    ["to", "+0123456789", false],
    ["to", "14155550111", false],
    ["to", "x+14155550111", false],
    ["to", "+14155550111x", false],
    ["to", "sms:+14155550111", false],
    ["to", "12345", false],
    ["to", "", false],
    ["to", 14155550111, false],
    ["to", undefined, false],
    ["from", "+14155550100", true],
    ["from", "whatsapp:+14155550100", true],
    ["from", "123", true],
    ["from", "12345678", true],
    ["from", "12", false],
    ["from", "123456789", false],
    ["from", "x123", false],
    ["from", "123x", false],
    ["from", `MG${"0".repeat(32)}`, true],
    ["from", `MG${"0".repeat(31)}`, false],
    ["from", `MG${"0".repeat(33)}`, false],
    ["from", `xMG${"0".repeat(32)}`, false],
    ["from", "Ringflow", false],
    ["from", undefined, false],
    ["body", "x", true],
    ["body", "x".repeat(1600), true],
    ["body", "x".repeat(1601), false],
    ["body", " \n", false],
    ["body", "", false],
    ["body", 5, false],
    ["body", undefined, false],
    ["media", "https://example.com/a.png", true],
    ["media", "", true],
    ["media", 5, true],
    ["media", "http://example.com/a.png", false],
    ["media", "xhttps://example.com/a.png", false],
    ["media", "a.png", false],
    ["other", "x", false],
    ["constructor", "x", false],
  ])("with %s %j: %s", async (field, value, isTaken) => {
    const { send, sent } = start();
    const { status, body } = await send({ ...BODY, [field]: value });
    expect(status).toBe(isTaken ? 201 : 400);
    expect(sent).toHaveLength(isTaken ? 1 : 0);
    if (!isTaken) expect(body).toEqual(FAULT(field));
  });

  test("with several faults names the first, and an unknown field before all", async () => {
    const { send } = start();
    expect((await send({ ...BODY, to: "x", from: "y", body: "" })).body).toEqual(FAULT("to"));
    expect((await send({ ...BODY, to: "x", one: 1, two: 2 })).body).toEqual(FAULT("one"));
  });

  test.each(["", "[]", "null", '"text"', "5", "{"])("with the body %j is refused", async (text) => {
    expect(await start().send(text)).toEqual({
      status: 400,
      after: null,
      body: { error: { code: "body", message: "The body must be a JSON object." } },
    });
  });

  test.each([
    ["k", true],
    ["!~", true],
    ["k".repeat(255), true],
    ["k".repeat(256), false],
    ["", false],
    ["two words", false],
    ["é", false],
  ])("under the key %j: %s", async (key, isTaken) => {
    const { status, body } = await start().send(BODY, { "Idempotency-Key": key });
    expect(status).toBe(isTaken ? 201 : 400);
    if (!isTaken)
      expect(body).toEqual({ error: { code: "key", message: "Send an `Idempotency-Key` of your own." } });
  });
});

describe("the token", () => {
  const UNAUTHORIZED = {
    error: { code: "unauthorized", message: "Send `Authorization: Bearer` with CALLS_TOKEN." },
  };

  test.each([
    [`Bearer ${CALLS_TOKEN}`, 201],
    [`bearer   ${CALLS_TOKEN}`, 201],
    [`Bearer ${CALLS_TOKEN}x`, 401],
    [`Bearer x${CALLS_TOKEN}`, 401],
    [`Bearer ${CALLS_TOKEN} x`, 401],
    [`Basic Bearer ${CALLS_TOKEN}`, 401],
    [CALLS_TOKEN, 401],
    ["Bearer", 401],
    ["", 401],
  ])("in %j: %i", async (Authorization, status) => {
    const answer = await start().send(BODY, { Authorization });
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer.body).toEqual(UNAUTHORIZED);
  });

  test("of `?` is not taken for none", async () => {
    expect((await start({ callsToken: "?" }).send(BODY, { Authorization: "" })).status).toBe(401);
  });

  test("that is not set switches the route off", async () => {
    const answer = await start({ callsToken: undefined }).send();
    expect(answer).toEqual({ status: 404, after: null, body: expect.stringContaining("Not found.") });
  });

  test("is for POST alone", async () => {
    expect((await start().send(BODY, {}, "GET")).status).toBe(404);
  });
});

describe("without", () => {
  test.each<[string, Partial<Deps>]>([
    ["the account's name", { accountSid: undefined }],
    ["a secret of the account", { tokens: [] }],
    ["the Durable Object", { outbound: undefined }],
  ])("%s, it says what to set", async (_, overrides) => {
    expect(await start(overrides).send()).toEqual({
      status: 501,
      after: null,
      body: {
        error: {
          code: "not-set",
          message: "Set TWILIO_ACCOUNT_SID, a secret of the account, and OUTBOUND in wrangler.toml.",
        },
      },
    });
  });

  test("an answer of the Durable Object, it says when to repeat", async () => {
    const outbound = () => ({ fetch: () => Promise.reject(new Error("overloaded")) });
    expect(await start({ outbound }).send()).toEqual({
      status: 503,
      after: "60",
      body: {
        error: {
          code: "object",
          message: "The Durable Object does not answer. Repeat the request with the same key.",
        },
      },
    });
  });
});
