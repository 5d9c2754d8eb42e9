/** Sends a flow's request to an HTTP service, within limits of time and size, and never into a private network. */
import type { HttpRequest } from "../engine/effect.ts";
import type { Answer } from "../engine/event.ts";
import { isPrivateHost } from "../program/private-host.ts";
import { isForm } from "./form.ts";
import { jsonOf, readText } from "./read-json.ts";
import { isRepeatable, pauseBefore } from "./retry.ts";
import { type Signer, signAsTwilio } from "./sign.ts";

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** How requests are sent, and where they may go. */
export interface Web {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Waits before a retry; a rehearsed call does not. */
  wait?(ms: number): Promise<void>;
  /** Private hosts that flows may request, with their ports: for development, and for services in the same network. */
  privateHosts: readonly string[];
  /** Signs requests as Twilio does, for the hosts that the Worker's configuration lists. */
  signer?: Signer;
}

/** The outcome of a request. */
export interface Asked {
  answer: Answer;
  /** Why no answer came. It names no part of the URL, and nothing that was sent. */
  why?: string;
}

/** The outcome of one try. */
interface Tried extends Asked {
  /** The pause that the service asks for, as it says it. */
  retryAfter: string | null;
  /** The request was not allowed, and never will be. */
  refused?: true;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends a request, and repeats it as often as it says, if that is safe.
 * @param left milliseconds for all tries and the pauses between them
 * @returns the last answer, or why there is none; never rejects
 */
export async function ask(web: Web, request: HttpRequest, left: number): Promise<Asked> {
  const until = Date.now() + left;
  for (let retries = 0; ; retries++) {
    const { retryAfter, refused, ...asked } = await askOnce(web, request, until - Date.now());
    if (refused || retries >= request.retries || !isRepeatable(request, asked.answer.status)) return asked;
    const pause = pauseBefore(retryAfter, retries);
    if (pause >= until - Date.now()) return asked;
    await (web.wait ?? sleep)(pause);
  }
}

async function askOnce(web: Web, request: HttpRequest, left: number): Promise<Tried> {
  if (left <= 0) return failed("timeout", "no time was left for it");
  const signal = AbortSignal.timeout(Math.min(request.timeout, left));
  try {
    const response = await send(web, request, signal);
    if (typeof response === "string") return { ...failed("failed", response), refused: true };
    const status = String(response.status);
    const retryAfter = response.headers.get("Retry-After");
    const text = await readText(response);
    const body = jsonOf(text);
    if (request.text && text !== undefined)
      return { answer: { status, body: body ?? null, text }, retryAfter };
    const isInvalid = body === undefined && response.ok;
    return { answer: { status: isInvalid ? "invalid" : status, body: body ?? null }, retryAfter };
  } catch (failure) {
    const isLate = signal.aborted || (failure instanceof Error && failure.name === "TimeoutError");
    return isLate ? failed("timeout", "no answer in time") : failed("failed", "no connection");
  }
}

function failed(status: "timeout" | "failed", why: string): Tried {
  return { answer: { status, body: null }, why, retryAfter: null };
}

/**
 * Follows redirects itself, so that every URL on the way is checked.
 * @returns the response, or why the request goes no further
 */
async function send(web: Web, request: HttpRequest, signal: AbortSignal): Promise<Response | string> {
  let { url, method } = request;
  let body = request.body ?? null;
  const type = new Headers(request.headers).get("Content-Type");
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (!isAllowed(web, url)) return "its host is private";
    const signed =
      request.sign === undefined ? { url } : await signAsTwilio(web.signer, url, body, isForm(type));
    if (typeof signed === "string") return signed;
    const response = await web.fetch(signed.url, {
      method,
      headers: { ...request.headers, ...signed.headers },
      body,
      signal,
      redirect: "manual",
    });
    const location = response.headers.get("Location");
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, url);
    // Secrets in headers and body are for the service that the flow names: not for hosts that it redirects to, and not in
    // plain text.
    if (!next || !isSameService(new URL(url), next)) return "it was redirected to another host, or to http";
    url = next.href;
    if (response.status === 303) [method, body] = ["GET", null];
  }
  return `it was redirected more than ${MOST_REDIRECTS} times`;
}

/** Whether a redirect stays with the same service. From http to https the port can change; from https to http is refused. */
function isSameService(from: URL, to: URL): boolean {
  if (from.protocol === to.protocol) return from.host === to.host;
  return from.hostname === to.hostname && from.protocol === "http:" && to.protocol === "https:";
}

function isAllowed({ privateHosts }: Web, address: string): boolean {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return privateHosts.includes(url.host) || !isPrivateHost(url.hostname);
}
