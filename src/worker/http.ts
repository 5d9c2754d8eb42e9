/** Sends a flow's request to an HTTP service, within limits of time and size, and never into a private network. */
import type { HttpRequest } from "../engine/effect.ts";
import type { Answer } from "../engine/event.ts";
import type { Json } from "../program/program.ts";

/** The longest answer that is read, in bytes. */
const MOST_BYTES = 256 * 1024;
/** How deep an answer may nest: the parts that a flow captures are written as JSON again. */
const MOST_DEPTH = 100;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** How requests are sent, and where they may go. */
export interface Web {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Private hosts that flows may request, with their ports: for development, and for services in the same network. */
  privateHosts: readonly string[];
}

/**
 * Sends a request, and retries it as often as it says.
 * @param left milliseconds for all tries together
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

// A service's decision does not change; a failure on the way can be temporary.
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

/** Follows redirects itself, so that every URL on the way is checked. */
async function send(web: Web, request: HttpRequest, signal: AbortSignal): Promise<Response | undefined> {
  let { url, method } = request;
  let body = request.body ?? null;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (!isAllowed(web, url)) return undefined;
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
    // Secrets in headers and body are for the service that the flow names, not for hosts that it redirects to.
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

function isAllowed({ privateHosts }: Web, address: string): boolean {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return privateHosts.includes(url.host) || !isPrivateHost(url.hostname);
}

/** The body as JSON: null if it is empty, undefined if it is too long or not JSON. */
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

/** Whether a value nests too deep. Looks no deeper than the limit. */
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
 * Whether a URL's host is private, by its name or its address. Parsing the URL has already turned every IPv4 form
 * (hexadecimal, octal, a single number) into four decimal numbers. Public names that resolve to a private address must
 * be blocked by the network: a Worker cannot look them up.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return PRIVATE_V4.test(host);
  return PRIVATE_NAMES.test(host) || !host.includes(".");
}

function isPrivateV6(address: string): boolean {
  // An address that embeds an IPv4 address, such as ::ffff:7f00:1 or 2002:7f00:1::, can reach a private one.
  if (/^(::|64:ff9b:|2002:)/.test(address)) return true;
  return /^f[cd]|^fe[89ab]|^ff/.test(address);
}
