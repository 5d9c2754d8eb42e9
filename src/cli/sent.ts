/** What a flow has sent by now, against what a script says. */
import type { RequestStep, SmsStep } from "../phone/scenario.ts";
import { patternOf, type Sent } from "./fake-web.ts";

/** Says what is wrong where a script has something sent, as a sentence; undefined where it was sent so. */
export type SentChecker = (step: RequestStep | SmsStep) => string | undefined;

/** Holds a script's steps against what was sent by then: each takes what it is about, and later ones the rest. */
export function sentChecker(sent: readonly Sent[]): SentChecker {
  const taken = new Set<Sent>();
  const take: Take = (wanted) => {
    const found = sent.find((one) => !taken.has(one) && wanted(one));
    if (found) taken.add(found);
    return found;
  };
  return (step) => ("sms" in step ? smsFault(take, step) : requestFault(take, step));
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

function isMessage({ url }: Sent): boolean {
  return url.endsWith("/Messages.json");
}

function requestFault(take: Take, step: RequestStep): string | undefined {
  const found = take(({ url }) => patternOf(step.request).test(url));
  if (!found) return `The script says request: ${step.request}, and no such request was sent.`;
  if (step.json === undefined || holds(jsonOf(found.body), step.json)) return undefined;
  return `The request to ${found.url} sends ${found.body}, not ${JSON.stringify(step.json)}.`;
}

function smsFault(take: Take, step: SmsStep): string | undefined {
  const found = take(isMessage);
  if (!found) return `The script says sms: ${step.sms}, and no text message was sent.`;
  const form = new URLSearchParams(found.body);
  const body = form.get("Body") ?? "";
  if (!body.toLowerCase().includes(step.sms.toLowerCase())) {
    return `The text message says "${body}", and the script says sms: ${step.sms}.`;
  }
  if (step.to === undefined || form.get("To") === step.to) return undefined;
  return `The text message goes to ${form.get("To")}, and the script says ${step.to}.`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a value is the expected one; a map need only have the keys that are expected of it. */
export function holds(value: unknown, expected: unknown): boolean {
  if (!isMap(value) || !isMap(expected)) return JSON.stringify(value) === JSON.stringify(expected);
  return Object.entries(expected).every(([key, one]) => key in value && holds(value[key], one));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
