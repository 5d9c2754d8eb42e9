/** Fills in the requests and texts that a turn hands out. */

import { headerValue } from "../program/header.ts";
import type { RequestOp, Source } from "../program/op.ts";
import { render } from "../program/template.ts";
import type { ServiceRequest } from "./effect.ts";
import { type Reader, textOf } from "./values.ts";

/**
 * Fills a compiled request.
 * @param key names this request, for a service that must not do the same thing twice
 */
export function requestOf(op: RequestOp, read: Reader, key: string): ServiceRequest {
  const { method, timeout, retries } = op;
  const headers: Record<string, string> = { ...headersOf(op, read), "Idempotency-Key": key };
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  const request: ServiceRequest = {
    effect: "request",
    method,
    url: urlOf(op, read),
    headers,
    timeout,
    retries,
    ...(op.idempotent && { idempotent: true }),
    ...(op.sign && { sign: op.sign }),
    ...(op.text && { text: true }),
  };
  if (op.json) {
    if (!hasType) headers["Content-Type"] = "application/json";
    return { ...request, body: JSON.stringify(read(op.json)) };
  }
  // The body is a text, so that fetch does not set a header for it.
  if (!op.form) return request;
  if (!hasType) headers["Content-Type"] = "application/x-www-form-urlencoded";
  return { ...request, body: new URLSearchParams(textsOf(op.form, read)).toString() };
}

function headersOf(op: RequestOp, read: Reader): Record<string, string> {
  return Object.fromEntries(
    Object.entries(textsOf(op.headers, read)).map(([name, text]) => [name, headerValue(text)]),
  );
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
      // A base URL can end with a slash, and the path after it begins with one. Other holes have none: it is encoded.
      url += url.endsWith("/") && piece.startsWith("/") ? piece.slice(1) : piece;
    },
    () => undefined,
  );
  if (!op.query) return url;
  const query = new URLSearchParams(textsOf(op.query, read)).toString();
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
