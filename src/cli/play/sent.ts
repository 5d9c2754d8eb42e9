/** Compares what a flow has sent so far with what a script says. */
import type { NothingSent, RequestStep, SentStep, SmsStep } from "../../phone/script/scenario.ts";
import { isMap } from "../../program/is-map.ts";
import { patternOf, type Sent } from "./fake-web.ts";

/** Says in a sentence why a script's line about something sent does not hold; undefined if it holds. */
type SentChecker = (step: SentStep) => string | undefined;

/** The addresses of a destination; none if there is no such destination. */
type Resolve = (name: string) => readonly string[];

/**
 * Compares a script's lines with what was sent: each takes one message or request, and later lines the rest. What was sent before
 * the person's last text message can be left out.
 * @param taken gets what each line took, in order
 * @param latest the person's last text message, or the last time that passed
 */
export function sentChecker(
  sent: readonly Sent[],
  resolve: Resolve,
  taken: Set<Sent> = new Set(),
  latest: () => Latest | undefined = () => undefined,
): SentChecker {
  const find: Take = (wanted, from = 0) => sent.slice(from).find((one) => !taken.has(one) && wanted(one));
  const take: Take = (wanted, from) => {
    const found = find(wanted, from);
    if (found) taken.add(found);
    return found;
  };
  return (step) => {
    const last = latest();
    if (typeof step === "string") return unnamedFault(take, step, last);
    if ("request" in step) return requestFault(take, step);
    // The first message, or the first that is new.
    const isFirst = last === undefined || says(find(isMessage), step);
    return smsFault(take, step, resolve, isFirst ? undefined : last);
  };
}

/** A line of the script after which something can be sent. */
export interface Latest {
  /** So many messages and requests were sent before it. */
  sent: number;
  /** The line, as it is written. */
  line: string;
}

/** A text message that was sent, as a phone shows it. */
export function textIn({ body }: Sent): { from: string; to: string; body: string } {
  const form = new URLSearchParams(body);
  return { from: form.get("From") ?? "", to: form.get("To") ?? "", body: form.get("Body") ?? "" };
}

/** What was sent, in one line. */
export function describeSent(one: Sent): string {
  if (isMessage(one)) {
    const form = new URLSearchParams(one.body);
    return `text message to ${form.get("To")}: ${form.get("Body")}`;
  }
  return [one.method, one.url, one.body].filter((text) => text !== "").join(" ");
}

type Take = (wanted: (one: Sent) => boolean, from?: number) => Sent | undefined;

/** Whether something is a text message. */
export function isMessage({ url }: Sent): boolean {
  return url.endsWith("/Messages.json");
}

function unnamedFault(take: Take, step: NothingSent, last: Latest | undefined): string | undefined {
  const found = take((one) => isMessage(one) === (step === "no sms"), last?.sent);
  return found && `The script says ${step}, but this was sent: ${describeSent(found)}.`;
}

function requestFault(take: Take, step: RequestStep): string | undefined {
  const found = take((one) => !isMessage(one) && patternOf(step.request).test(one.url));
  if (!found) return `The script says request: ${step.request}, but no such request was sent.`;
  if (step.json === undefined || holds(jsonOf(found.body), step.json)) return undefined;
  return `The request to ${found.url} sends ${found.body}, not ${JSON.stringify(step.json)}.`;
}

function smsFault(take: Take, step: SmsStep, resolve: Resolve, last: Latest | undefined): string | undefined {
  const found = take(isMessage, last?.sent);
  if (!found) {
    const since = last && last.sent > 0 ? ` since ${last.line}` : "";
    return `The script says sms: ${step.sms}, but no text message was sent${since}. One without a receiver or a text is not sent.`;
  }
  const { to, body } = textIn(found);
  if (!says(found, step)) return `The text message says "${body}", but the script says sms: ${step.sms}.`;
  if (step.to === undefined || [step.to, ...resolve(step.to)].includes(to)) return undefined;
  return `The text message goes to ${to}, but the script says ${step.to}.`;
}

function says(one: Sent | undefined, { sms }: SmsStep): boolean {
  return one !== undefined && sameWords(textIn(one).body).includes(sameWords(sms));
}

// Nobody knows where a script's or a flow's lines are broken.
function sameWords(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a value is the expected one; a map can have more keys than expected. */
export function holds(value: unknown, expected: unknown): boolean {
  if (!isMap(value) || !isMap(expected)) return JSON.stringify(value) === JSON.stringify(expected);
  return Object.entries(expected).every(([key, one]) => key in value && holds(value[key], one));
}
