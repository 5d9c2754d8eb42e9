/** What the Worker's tests share: signed webhooks, a store in memory, and an app around them. */
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Program } from "../../src/program/program.ts";
import type { CallState, Deps } from "../../src/worker/deps.ts";
import type { LogLine } from "../../src/worker/log.ts";
import { indexPrograms, parsePrograms } from "../../src/worker/programs.ts";
import { serve } from "../../src/worker/serve.ts";
import type { Store } from "../../src/worker/store.ts";
import { type Parts, programOf } from "../flow/support.ts";
import programs from "./fixtures/programs.json" with { type: "json" };

export const TOKEN = "a token of the tests";
export const HOST = "https://phone.example.com";
export const ACCOUNT = "AC00000000000000000000000000000001";
export const CALLER = "CA00000000000000000000000000000001";
export const CALLEE = "CA00000000000000000000000000000002";

export const fixtures = parsePrograms(JSON.stringify(programs));

/** Parameters that every webhook of the caller's leg has. */
const STANDARD = {
  CallSid: CALLER,
  AccountSid: ACCOUNT,
  From: "+14155550111",
  To: "+14155550100",
  CallStatus: "in-progress",
  Direction: "inbound",
};

export type Params = Record<string, string | string[]>;

/** A webhook as Twilio sends it. */
export function webhook(path: string, params: Params = {}, token = TOKEN, host = HOST): Request {
  const all: Params = { ...STANDARD, ...params };
  const url = host + path;
  return new Request(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
      "X-Twilio-Signature": getExpectedTwilioSignature(token, url, all),
    },
    body: encode(all),
  });
}

/** A webhook of a number that is set to GET: its parameters are in the query, and signed there. */
export function get(path: string, params: Readonly<Record<string, string>> = {}): Request {
  const url = `${HOST}${path}${path.includes("?") ? "&" : "?"}${encode({ ...STANDARD, ...params })}`;
  return new Request(url, { headers: { "X-Twilio-Signature": getExpectedTwilioSignature(TOKEN, url, {}) } });
}

export function encode(params: Params): string {
  const pairs = Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}

/** A store that remembers and notes what is asked of it; a key takes one write a second, as in KV. */
export interface MemoryStore extends Store {
  kept: Map<string, string>;
  asked: string[];
}

export function memoryStore(values: Readonly<Record<string, string>> = {}): MemoryStore {
  const kept = new Map(Object.entries(values));
  const written = new Map<string, number>();
  const asked: string[] = [];
  return {
    kept,
    asked,
    async get(key) {
      asked.push(`get ${key}`);
      return kept.get(key) ?? null;
    },
    async put(key, value) {
      asked.push(`put ${key}`);
      if (Date.now() - (written.get(key) ?? 0) < 1000)
        throw new Error("KV PUT failed: 429 Too Many Requests");
      written.set(key, Date.now());
      kept.set(key, value);
    },
  };
}

/** An app whose log lines and late work can be looked at. */
export interface Line {
  fetch(request: Request): Promise<Response>;
  lines: LogLine[];
  /** What the app is made of. */
  deps: Deps;
  /** Waits for the work that continues behind the replies. */
  settle(): Promise<void>;
}

export function line(overrides: Partial<Deps> = {}): Line {
  const lines: LogLine[] = [];
  const work: Promise<unknown>[] = [];
  const deps: Deps = {
    programs: indexPrograms(fixtures),
    tokens: [TOKEN],
    sealing: { secrets: overrides.tokens ?? [TOKEN], cipher: nodeCipher },
    outgoing: () => import("../../src/worker/outgoing.ts"),
    store: memoryStore(),
    env: { BILLING_NUMBER: "+14155550199" },
    web: { fetch: () => Promise.reject(new Error("there is no network here")), privateHosts: [] },
    callTime: () => Date.UTC(2026, 10, 23, 17),
    log: (entry) => lines.push(entry),
    waitUntil: (promise) => work.push(promise),
    ...overrides,
  };
  return {
    deps,
    fetch: serve(deps),
    lines,
    settle: async () => {
      await Promise.all(work);
    },
  };
}

const desks = new Map<string, Program>();

/** The Program of a flow, and of the parts that it runs. Each is built once: many tests call the same one. */
export function desk(flow: string, parts: Parts = {}): Program {
  const key = JSON.stringify([flow, parts]);
  const built = desks.get(key) ?? programOf(flow, "flows/desk.yaml", parts);
  desks.set(key, built);
  return built;
}

/** An app for one flow, and for the parts that it runs. */
export function lineOf(flow: string, overrides: Partial<Deps> = {}, parts: Parts = {}): Line {
  return line({ programs: indexPrograms([desk(flow, parts)]), ...overrides });
}

/** The values of CALL_STATE. */
export const MODES: readonly CallState[] = ["store", "ticket"];

/** Makes apps for one flow with this CALL_STATE. */
export function linesIn(callState: CallState): typeof lineOf {
  return (flow, overrides = {}, parts = {}) => lineOf(flow, { callState, ...overrides }, parts);
}

/** Posts a webhook and reads the document that answers it. */
export async function post(app: Line, path: string, params: Params = {}): Promise<string> {
  const response = await app.fetch(webhook(path, params));
  if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
  return response.text();
}

/** The inside of a document. */
export function inside(twiml: string): string {
  return twiml.replace(/^.*?<Response\/?>/s, "").replace("</Response>", "");
}

/** Services and Twilio's REST API: notes what goes out, and answers 201 with what a test says. */
export interface Outside {
  web: Deps["web"];
  /** `METHOD URL body`, with the Idempotency-Key of each. */
  sent: { what: string; key: string }[];
}

export function outside(json: unknown = {}): Outside {
  const sent: Outside["sent"] = [];
  const fetch = async (url: string, { method, headers, body }: RequestInit): Promise<Response> => {
    const key = new Headers(headers).get("Idempotency-Key") ?? "";
    sent.push({ what: [method, url, body].filter((part) => typeof part === "string").join(" "), key });
    return Response.json(json, { status: 201 });
  };
  return { web: { fetch, privateHosts: [] }, sent };
}

/** The first URL that a document gives in an attribute, or in a <Redirect>. */
export function linkIn(twiml: string, attribute = "action"): string {
  const found = new RegExp(`\\s${attribute}="([^"]+)"`).exec(twiml)?.[1];
  if (found === undefined) throw new Error(`no ${attribute} in ${twiml}`);
  return found;
}
