/** Compares what a flow has sent so far with what a script says. */
import type { NothingSent, RequestStep, SentStep, SmsStep } from "../../phone/script/scenario.ts";
import { isMap } from "../../program/is-map.ts";
import { patternOf, type Sent } from "./fake-web.ts";

/** Says in a sentence why a script's line about something sent does not hold; undefined if it holds. */
export type SentChecker = (step: SentStep) => string | undefined;

/** The addresses of a destination; none if there is no such destination. */
type Resolve = (name: string) => readonly string[];

/**
 * Compares a script's lines with what was sent: each takes one message or request, and later lines the rest.
 * @param taken gets what each line took, in order
 */
export function sentChecker(
  sent: readonly Sent[],
  resolve: Resolve,
  taken: Set<Sent> = new Set(),
): SentChecker {
  const take: Take = (wanted) => {
    const found = sent.find((one) => !taken.has(one) && wanted(one));
    if (found) taken.add(found);
    return found;
  };
  return (step) => {
    if (typeof step === "string") return unnamedFault(take, step);
    return "sms" in step ? smsFault(take, step, resolve) : requestFault(take, step);
  };
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

type Take = (wanted: (one: Sent) => boolean) => Sent | undefined;

/** Whether something is a text message. */
export function isMessage({ url }: Sent): boolean {
  return url.endsWith("/Messages.json");
}

function unnamedFault(take: Take, step: NothingSent): string | undefined {
  const found = take((one) => isMessage(one) === (step === "no sms"));
  return found && `The script says ${step}, but this was sent: ${describeSent(found)}.`;
}

function requestFault(take: Take, step: RequestStep): string | undefined {
  const found = take((one) => !isMessage(one) && patternOf(step.request).test(one.url));
  if (!found) return `The script says request: ${step.request}, but no such request was sent.`;
  if (step.json === undefined || holds(jsonOf(found.body), step.json)) return undefined;
  return `The request to ${found.url} sends ${found.body}, not ${JSON.stringify(step.json)}.`;
}

function smsFault(take: Take, step: SmsStep, resolve: Resolve): string | undefined {
  const found = take(isMessage);
  if (!found)
    return `The script says sms: ${step.sms}, but no text message was sent. One without a receiver or a text is not sent.`;
  const form = new URLSearchParams(found.body);
  const body = form.get("Body") ?? "";
  if (!sameWords(body).includes(sameWords(step.sms))) {
    return `The text message says "${body}", but the script says sms: ${step.sms}.`;
  }
  const to = form.get("To") ?? "";
  if (step.to === undefined || [step.to, ...resolve(step.to)].includes(to)) return undefined;
  return `The text message goes to ${to}, but the script says ${step.to}.`;
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
