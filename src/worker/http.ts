/** Asks an HTTP service for a flow: within its time, within its size, and nowhere near this Worker's own network. */
import type { Answer } from "../engine/event.ts";
import type { HttpRequest } from "../engine/request.ts";
import type { Json } from "../program/program.ts";

/** The most bytes of an answer that are read. */
const MOST_BYTES = 256 * 1024;
/** How deep an answer may nest: what is kept of it is written as JSON again. */
const MOST_DEPTH = 100;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What asking needs of the world. */
export interface Web {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Hosts, with their ports, that may be private or this machine itself: for development and services inside. */
  privateHosts: readonly string[];
}

/**
 * Asks, as often as the request says.
 * @param left milliseconds in all
 * @returns the answer, or why there is none; never rejects
 */
export async function ask(web: Web, request: HttpRequest, left: number): Promise<Answer> {
  const until = Date.now() + left;
  let answer: Answer = { status: "timeout", body: null };
  for (let tries = 0; tries <= request.retries; tries++) {
    const time = Math.min(request.timeout, until - Date.now());
    if (time <= 0) break;
    answer = await askOnce(web, request, time);
    if (!isWorthAnother(answer)) break;
  }
  return answer;
}

// What the service has decided stays decided; what went wrong on the way may go right.
function isWorthAnother({ status }: Answer): boolean {
  return status === "timeout" || status === "failed" || status === "429" || status.startsWith("5");
}

async function askOnce(web: Web, request: HttpRequest, time: number): Promise<Answer> {
  const signal = AbortSignal.timeout(time);
  try {
    const response = await send(web, request, signal);
    if (!response) return { status: "failed", body: null };
    const status = String(response.status);
    const body = await readJson(response);
    return body === undefined ? { status: response.ok ? "invalid" : status, body: null } : { status, body };
  } catch (failure) {
    const isLate = failure instanceof Error && failure.name === "TimeoutError";
    return { status: isLate || signal.aborted ? "timeout" : "failed", body: null };
  }
}

/** Follows redirects itself: each address has to be one that may be asked. */
async function send(web: Web, request: HttpRequest, signal: AbortSignal): Promise<Response | undefined> {
  let { url, method } = request;
  let body = request.body ?? null;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (!mayBeAsked(web, url)) return undefined;
    const response = await web.fetch(url, {
      method,
      headers: request.headers,
      body,
      signal,
      redirect: "manual",
    });
    const location = response.headers.get("Location");
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    // Secrets in headers and body are for the service that the flow names, and for nobody whom it points at.
    if (!isSameService(new URL(url), next)) return undefined;
    url = next.href;
    if (response.status === 303) [method, body] = ["GET", null];
  }
  return undefined;
}

function isSameService(from: URL, to: URL): boolean {
  return (
    from.host === to.host ||
    (from.hostname === to.hostname && from.protocol === "http:" && to.protocol === "https:")
  );
}

function mayBeAsked({ privateHosts }: Web, address: string): boolean {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return privateHosts.includes(url.host) || !isPrivateHost(url.hostname);
}

/** The body as JSON: null where it is empty, undefined where it is too long or no JSON. */
async function readJson(response: Response): Promise<Json | undefined> {
  const text = await readText(response);
  if (text === undefined) return undefined;
  if (text.trim() === "") return null;
  try {
    const value: Json = JSON.parse(text);
    return isDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether a value nests deeper than it may: looked at no deeper than that. */
function isDeep(value: Json, left = MOST_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((one) => isDeep(one, left - 1));
}

async function readText({ body }: Response): Promise<string | undefined> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

// Addresses that a flow must not request: this machine, private and link-local networks.
const PRIVATE_V4 =
  /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\./;
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a URL's host is private, by its name or its address. URL parsing has written every IPv4 form (hexadecimal,
 * octal, one number) as four decimal ones already. A public name that resolves to a private address is for the network
 * to refuse: a Worker cannot look it up.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return PRIVATE_V4.test(host);
  return PRIVATE_NAMES.test(host) || !host.includes(".");
}

function isPrivateV6(address: string): boolean {
  // An IPv4 address inside, such as ::ffff:7f00:1 or 2002:7f00:1::, reaches what the IPv4 address does.
  if (/^(::|64:ff9b:|2002:)/.test(address)) return true;
  return /^f[cd]|^fe[89ab]|^ff/.test(address);
}
