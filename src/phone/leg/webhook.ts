/**
 * Sends one signed webhook and reads its response. Source: Twilio, "Webhooks": form bodies, 15 s for the whole
 * exchange, 64 kB of response.
 */

import type { Problem } from "../twiml/read.ts";
import { emit, type Leg, type WebhookRequest } from "./leg.ts";
import type { Line, WebhookInit } from "./line.ts";
import type { Webhook } from "./moment.ts";
import { type Signer, signedText, signedUrl } from "./signature.ts";

/** The response to a webhook. */
export interface Reply {
  status: number;
  /** Lower case, without parameters; empty if the header is missing. */
  contentType: string;
  body: string;
  /** The value of its `Set-Cookie`. */
  cookie?: string;
}

/** Resolves a URL of a document against the document's own; an empty one is the document's own. */
export function resolveUrl(reference: string, base: string): string {
  if (reference === "") return base;
  return /^https?:\/\//i.test(reference) ? reference : new URL(reference, base).href;
}

/** Sends a webhook and emits it to the leg's handset. A late or missing response is a problem. */
export async function send(leg: Leg, request: WebhookRequest): Promise<Reply | Problem> {
  const { line, sids } = leg.call;
  return exchange(line, request, sids("TK"), (webhook) => emit(leg, webhook));
}

function withQuery({ url, method, params }: WebhookRequest): string {
  const bare = url.replace(/#.*$/s, "");
  if (method === "POST") return bare;
  return `${bare}${bare.includes("?") ? "&" : "?"}${new URLSearchParams(params)}`;
}

async function signed(
  sign: Signer,
  url: string,
  request: WebhookRequest,
  once: string,
  cookie: string | undefined,
): Promise<WebhookInit> {
  const form = request.method === "POST" ? request.params : {};
  const headers: Record<string, string> = {
    "X-Twilio-Signature": await sign(signedText(signedUrl(url), form)),
    "I-Twilio-Idempotency-Token": once,
    ...(cookie !== undefined && { Cookie: cookie }),
  };
  if (request.method === "GET") return { method: "GET", headers };
  headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8";
  return { method: "POST", headers, body: new URLSearchParams(request.params).toString() };
}

/**
 * Signs and sends a webhook, waits for its response, then for `seen`, which gets both; `once` identifies this delivery.
 * Rejects only if `seen` does.
 * @param cookie the cookie that comes along
 */
export async function exchange(
  line: Line,
  request: WebhookRequest,
  once: string,
  seen: (webhook: Webhook) => void | Promise<void>,
  cookie?: string,
): Promise<Reply | Problem> {
  const url = withQuery(request);
  const before = performance.now();
  const init = await signed(line.sign, url, request, once, cookie);
  const reply = await answerWithin(() => line.send(url, init), line.deadline ?? 15);
  await seen({
    kind: "webhook",
    method: request.method,
    url,
    params: request.params,
    status: "status" in reply ? reply.status : 0,
    milliseconds: performance.now() - before,
    body: "status" in reply ? reply.body : "",
  });
  return reply;
}

async function answerWithin(
  send: () => Response | Promise<Response>,
  seconds: number,
): Promise<Reply | Problem> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Problem>((resolve) => {
    timer = setTimeout(
      () => resolve(problem(11205, `No response within ${seconds} seconds.`)),
      seconds * 1000,
    );
  });
  try {
    return await Promise.race([read(send), late]);
  } catch (error) {
    return problem(
      11200,
      `The webhook could not be sent: ${error instanceof Error ? error.message : error}.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function read(send: () => Response | Promise<Response>): Promise<Reply> {
  const response = await send();
  const { headers } = response;
  const type = headers.get("content-type") ?? "";
  const cookie = headers.getSetCookie()[0] ?? headers.get(COOKIE_HEADER) ?? undefined;
  return {
    status: response.status,
    contentType: (type.split(";", 1)[0] ?? "").trim().toLowerCase(),
    body: await response.text(),
    ...(cookie !== undefined && { cookie }),
  };
}

/** A page cannot read `Set-Cookie`, nor send `Cookie`: in development this header takes their place. */
export const COOKIE_HEADER = "Ringflow-Cookie";

function problem(code: number, message: string): Problem {
  return { code, element: "Response", message };
}
