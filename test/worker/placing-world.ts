/** A Worker that places calls through its Durable Objects, and the Twilio that it asks. */
import { vi } from "vitest";
import type { Deps } from "../../src/worker/deps.ts";
import { giveUp } from "../../src/worker/unanswered.ts";
import { finish } from "./false-time.ts";
import { outboundObjects } from "./outbound-object.ts";
import { ACCOUNT, HOST, type Line, lineOf, TOKEN } from "./support.ts";

/** A flow whose calls can be placed, moved and placed again. */
export const FLOW = `
allow: [US, +4420*]
takes: [name, amount]
onMachine: word
onUnanswered:
  step: missed
  retry: { after: [10m, 1h], until: "20:00" }
timezone: America/New_York
variables:
  name: { type: string, default: nobody }
  amount: { type: int }
steps:
  ask:
    gather: { prompt: "Hello {{ vars.name }}, {{ vars.amount }}.", choices: { 1: bye }, otherwise: bye }
  bye: { hangup: Goodbye. }
  word: { hangup: "A message for {{ vars.name }} ({{ call.answeredBy }})." }
  missed:
    sms: { to: +14155550177, body: "{{ vars.name }} was not reached." }
    next: return
`;
/** The token of who places calls. */
export const CALLS_TOKEN = "the-token-for-placing-calls";
/** A call to place. */
export const BODY = { to: "+14155550111", from: "+14155550100", set: { name: "Ada & Bo", amount: 12 } };
/** A call in progress. */
export const SID = `CA${"7".repeat(32)}`;

/** How Twilio answers a request: with a status, or not at all. */
export type Answer = [status: number, body: unknown] | "hangs" | "breaks";

/** Twilio: places calls, lists them, and fails as told. What is placed is placed, however it is answered. */
export class Twilio {
  readonly placed: { sid: string; form: Record<string, string>; date_created: string }[] = [];
  readonly asked: string[] = [];
  readonly updates: { path: string; form: Record<string, string> }[] = [];
  /** How the next requests are answered; after them, as they should be. */
  readonly answers: Answer[] = [];
  /** Whether a request that fails was acted on. */
  acts = true;

  readonly fetch = async (address: string, { method, body }: RequestInit): Promise<Response> => {
    const url = new URL(address);
    this.asked.push(`${method} ${url.pathname.replace(/.*Accounts\/\w+/, "")}`);
    const answer = this.answers.shift();
    const form = Object.fromEntries(new URLSearchParams(String(body)));
    const isRefused = Array.isArray(answer) && /^4/.test(`${answer[0]}`);
    const real = isRefused || (answer && !this.acts) ? undefined : this.#act(method ?? "", url, form);
    if (answer === "hangs") throw new DOMException("late", "TimeoutError");
    if (answer === "breaks") throw new TypeError("the connection was reset");
    if (answer) return Response.json(answer[1], { status: answer[0] });
    return real ?? new Response(null, { status: 404 });
  };

  #act(method: string, { pathname, searchParams }: URL, form: Record<string, string>): Response {
    if (method === "GET") {
      const { To, From } = Object.fromEntries(searchParams);
      const calls = this.placed.filter((call) => call.form.To === To && call.form.From === From);
      return Response.json({ calls: calls.map(({ form: _, ...call }) => ({ ...call, status: "queued" })) });
    }
    if (!pathname.endsWith("/Calls.json")) {
      this.updates.push({ path: pathname, form });
      return Response.json({ sid: SID, status: "in-progress" });
    }
    const sid = `CA${String(this.placed.length + 1).padStart(32, "0")}`;
    this.placed.push({ sid, form, date_created: new Date().toUTCString() });
    return Response.json({ sid, status: "queued", date_created: new Date().toUTCString() }, { status: 201 });
  }
}

/** The parts of the world that a test looks at. */
export interface World {
  twilio: Twilio;
  objects: ReturnType<typeof outboundObjects>;
  app: Line;
}

/** A new world, in which nothing is placed. */
export function newWorld(limits = { minute: 60, day: 1000 }, overrides: Partial<Deps> = {}): World {
  const twilio = new Twilio();
  const web = { fetch: twilio.fetch, privateHosts: [] };
  const objects = outboundObjects({ web, tokens: [TOKEN], accountSid: ACCOUNT, limits }, (one) =>
    giveUp(app.deps, one),
  );
  const app = lineOf(FLOW, {
    web,
    accountSid: ACCOUNT,
    callsToken: CALLS_TOKEN,
    callTime: Date.now,
    outbound: objects.outbound,
    ...overrides,
  });
  return { twilio, objects, app };
}

/** The Worker's answer to an order. */
export interface Asked {
  status: number;
  body: { sid?: string; status?: string; error?: { code: string; message: string } };
  after: string | null;
}

/** Asks for a call, or for another thing of the API. */
export async function order(
  app: Line,
  body: unknown = BODY,
  { key = "key-1", token = CALLS_TOKEN, path = "/calls/desk", method = "POST" } = {},
): Promise<Asked> {
  const headers = { Authorization: `Bearer ${token}`, ...(key && { "Idempotency-Key": key }) };
  const asking = app.fetch(new Request(HOST + path, { method, headers, body: JSON.stringify(body) }));
  const response = await finish(asking);
  return {
    status: response.status,
    body: await response.json().catch(() => ({})),
    after: response.headers.get("Retry-After"),
  };
}

/** Lets minutes pass. */
export const minutes = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 60_000);

/** The path of a URL of the Worker's. */
export const at = (url = ""): string => url.replace(HOST, "");
