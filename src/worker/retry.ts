/** Which failed requests are repeated, and after which pause. */
import type { HttpRequest } from "../engine/effect.ts";

/** The first pause without a Retry-After, in milliseconds; each further one can be twice as long. */
const PAUSE_MS = 250;

/** Twilio and others send these before they have done anything. */
const NOTHING_DONE = new Set(["429", "503"]);

/**
 * Whether another try makes sense and is safe. A service's decision does not change; a failure on the way can be temporary.
 * After a time-out, a lost connection or any other 5xx, the service may have done what it was asked.
 */
export function isRepeatable({ method, idempotent }: HttpRequest, status: string): boolean {
  if (NOTHING_DONE.has(status)) return true;
  const isSafe = idempotent === true || !/^(POST|PATCH)$/.test(method);
  return isSafe && (status === "timeout" || status === "failed" || status.startsWith("5"));
}

/**
 * Milliseconds before the next try: what Retry-After says, or twice as long with each try. A random part keeps calls that
 * failed together from coming back together.
 * @param retryAfter the header: seconds, or a date
 * @param retries how many there were before
 */
export function pauseBefore(retryAfter: string | null, retries: number): number {
  return (secondsIn(retryAfter) ?? 0) * 1000 + Math.random() * PAUSE_MS * 2 ** retries;
}

function secondsIn(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
