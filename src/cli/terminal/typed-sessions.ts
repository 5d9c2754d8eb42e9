/**
 * Input for the terminal phone while the call waits, is connected to something, takes a payment or is referred. A line
 * that makes no sense there gives undefined.
 */
import type {
  ConnectAnswer,
  PayAnswer,
  PayResult,
  QueueResult,
  ReferAnswer,
  ReferStatus,
  WaitAnswer,
} from "../../phone/leg/handset.ts";

const HANG_UP = /^h(ang ?up)?$/i;

/** The value for a word, or for its first letter. */
function named<T>(line: string, words: Readonly<Record<string, T>>): T | undefined {
  const typed = line.toLowerCase();
  return Object.entries(words).find(([word]) => typed === word || typed === word[0])?.[1];
}

const WAITS: Readonly<Record<string, QueueResult>> = {
  answer: "bridged",
  full: "queue-full",
  error: "error",
};

/** Nothing to wait on, `answer`, `full` or `error`; first letters will do. */
export function typedWait(line: string): WaitAnswer | undefined {
  if (HANG_UP.test(line)) return "hangup";
  if (line === "") return "stay";
  const result = named(line, WAITS);
  return result && { result };
}

/** What can be typed while the caller waits. */
export const WAIT_CHOICES = "nothing to wait on, answer, full, error, h to hang up";

/** Nothing if the session ends well, `failed`, or fields of the closing webhook: `HandoffData=sales`. */
export function typedConnect(line: string): ConnectAnswer | undefined {
  if (HANG_UP.test(line)) return "hangup";
  if (line === "") return { seconds: 60, fields: { SessionStatus: "ended" } };
  if (/^f(ailed)?$/i.test(line)) return { seconds: 1, fields: { SessionStatus: "failed" } };
  const fields = [...line.matchAll(/(\w+)=([^,]*)/g)].map(([, name = "", value = ""]) => [
    name,
    value.trim(),
  ]);
  return fields.length === 0 ? undefined : { seconds: 60, fields: Object.fromEntries(fields) };
}

/** What can be typed while the caller talks to an agent, or to a stream. */
export const CONNECT_CHOICES =
  "nothing when it ends well, failed, what it hands back (HandoffData=sales), h to hang up";

const PAYS: Readonly<Record<string, PayResult>> = {
  paid: "success",
  tries: "too-many-failed-attempts",
  star: "caller-interrupted-with-star",
  declined: "payment-connector-error",
};

/** `paid`, `declined`, `star` or `tries`; first letters will do. */
export function typedPay(line: string): PayAnswer | undefined {
  if (HANG_UP.test(line)) return "hangup";
  const result = named(line, PAYS);
  return result && { result, fields: {} };
}

/** What can be typed while a payment is taken. */
export const PAY_CHOICES =
  "paid, declined, star (the caller stops it), tries (too many went wrong), h to hang up";

const REFERS: Readonly<Record<string, ReferStatus>> = {
  answer: "in-progress",
  busy: "busy",
  "no answer": "no-answer",
  failed: "failed",
};

/** `answer`, `busy`, `no answer` or `failed`; first letters will do. */
export function typedRefer(line: string): ReferAnswer | undefined {
  if (HANG_UP.test(line)) return "hangup";
  const status = named(line, REFERS);
  return status && { status };
}

/** What can be typed while the caller is transferred. */
export const REFER_CHOICES = "answer, busy, no answer, failed, h to hang up";
