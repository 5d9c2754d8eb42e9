/** Fills in the requests and texts that a turn hands out. */
import type { RequestOp, Source } from "../program/program.ts";
import { render } from "../program/template.ts";
import type { ServiceRequest } from "./effect.ts";
import { type Reader, textOf } from "./values.ts";

/**
 * Fills a compiled request.
 * @param key names this request, for a service that must not do the same thing twice
 */
export function requestOf(op: RequestOp, read: Reader, key: string): ServiceRequest {
  const { method, timeout, retries } = op;
  const headers: Record<string, string> = { ...textsOf(op.headers, read), "Idempotency-Key": key };
  const request: ServiceRequest = {
    effect: "request",
    method,
    url: urlOf(op, read),
    headers,
    timeout,
    retries,
    ...(op.idempotent && { idempotent: true }),
  };
  if (op.json) {
    headers["Content-Type"] ??= "application/json";
    return { ...request, body: JSON.stringify(read(op.json)) };
  }
  // The body is a text, so that fetch does not set a header for it.
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
