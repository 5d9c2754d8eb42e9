/** A Worker whose Durable Object only notes its orders: for what is asked of it, field by field. */

import type { Deps } from "../../src/worker/deps.ts";
import { finish } from "./false-time.ts";
import { ACCOUNT, HOST, lineOf } from "./support.ts";

/** The steps of the flow. */
export const STEPS = `
steps:
  ask: { hangup: "Hello {{ vars.name }}." }
  word: { hangup: "A message." }
  missed:
    sms: { to: +14155550177, body: "{{ vars.name }} was not reached." }
    next: return
`;
/** What its calls take. */
export const FIELDS = `
allow: [US, +4420*]
takes: [name, amount]
variables:
  name: { type: string, default: nobody }
  amount: { type: int }
`;
/** A flow whose calls can be placed. */
export const FLOW = `onMachine: word\n${FIELDS}${STEPS}`;
const CALLS_TOKEN = "the-token-for-placing-calls";
/** A call to place. */
export const BODY = { to: "+14155550111", from: "+14155550100" };
/** A call in progress. */
export const SID = `CA${"7".repeat(32)}`;
/** An app whose Durable Object notes its orders and answers with a status, and Twilio, which answers in turn. */
export function start(
  flow = FLOW,
  overrides: Partial<Deps> = {},
  answers: [number, unknown][] = [],
  status = 201,
) {
  const orders: unknown[] = [];
  const named: string[] = [];
  const asked: string[] = [];
  const fetch = async (url: string, { method, body }: RequestInit): Promise<Response> => {
    asked.push(`${method} ${new URL(url).pathname.split("/").slice(4).join("/")} ${body}`);
    const [answered, json] = answers.shift() ?? [method === "POST" && url.endsWith("s.json") ? 201 : 200, {}];
    return Response.json(json, { status: answered });
  };
  const app = lineOf(flow, {
    web: { fetch, privateHosts: [] },
    accountSid: ACCOUNT,
    callsToken: CALLS_TOKEN,
    callTime: Date.now,
    outbound: (name) => {
      named.push(name);
      return {
        fetch: async (_, init) => {
          orders.push(JSON.parse(String(init?.body)));
          return new Response(status === 204 ? null : "{}", { status });
        },
      };
    },
    ...overrides,
  });
  const send = async (body: unknown = BODY, path = "/calls/desk", method = "POST") => {
    const headers = { Authorization: `Bearer ${CALLS_TOKEN}`, "Idempotency-Key": "key-1" };
    const init = { method, headers, ...(method !== "GET" && { body: JSON.stringify(body) }) };
    const response = await finish(app.fetch(new Request(HOST + path, init)));
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  };
  return { app, send, orders, named, asked };
}
