/** HTTP requests and text messages on their way out of a turn: everything filled in, nothing sent yet. */
import type { RequestOp, Source } from "../program/program.ts";
import { render } from "../program/template.ts";
import { type Reader, textOf } from "./values.ts";

/** What the Worker sends. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds for one try, and how often it is tried again. */
  timeout: number;
  retries: number;
}

/** A text message, with the parameters of Twilio's Messages resource. */
export interface Message {
  /** Names it, for the log and for whoever must not send it twice. */
  key: string;
  form: Record<string, string>;
}

/**
 * Fills a compiled request.
 * @param key names this request for a service that must not do the same thing twice
 */
export function requestOf(op: RequestOp, read: Reader, key: string): HttpRequest {
  const { method, timeout, retries } = op;
  const headers: Record<string, string> = { ...textsOf(op.headers, read), "Idempotency-Key": key };
  const request: HttpRequest = { method, url: urlOf(op, read), headers, timeout, retries };
  if (op.json) {
    headers["Content-Type"] ??= "application/json";
    return { ...request, body: JSON.stringify(read(op.json)) };
  }
  // URLSearchParams sets no header by itself: the body goes out as text.
  if (!op.form) return request;
  headers["Content-Type"] ??= "application/x-www-form-urlencoded";
  return { ...request, body: new URLSearchParams(textsOf(op.form, read)).toString() };
}

/** Sources as texts. */
export function textsOf(
  sources: Readonly<Record<string, Source>> = {},
  read: Reader,
): Record<string, string> {
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, textOf(read(source))]));
}

function urlOf(op: RequestOp, read: Reader): string {
  let url = "";
  render(
    op.url,
    (source) => textOf(read(source)),
    (piece) => {
      url += piece;
    },
    () => undefined,
  );
  if (!op.query) return url;
  const query = new URLSearchParams(textsOf(op.query, read)).toString();
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
