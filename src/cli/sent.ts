/** What a flow has sent by now, against what a script says. */
import type { RequestStep, SmsStep } from "../phone/scenario.ts";
import { patternOf, type Sent } from "./fake-web.ts";

/**
 * Takes what a script's step is about from what was sent.
 * @returns what is wrong, as a sentence; undefined where it was sent as the script says
 */
export function faultOfSent(sent: Sent[], step: RequestStep | SmsStep): string | undefined {
  return "sms" in step ? smsFault(sent, step) : requestFault(sent, step);
}

function requestFault(sent: Sent[], step: RequestStep): string | undefined {
  const found = take(sent, ({ url }) => patternOf(step.request).test(url));
  if (!found) return `The script says request: ${step.request}, and no such request was sent.`;
  if (step.json === undefined || holds(jsonOf(found.body), step.json)) return undefined;
  return `The request to ${found.url} sends ${found.body}, not ${JSON.stringify(step.json)}.`;
}

function smsFault(sent: Sent[], step: SmsStep): string | undefined {
  const found = take(sent, ({ url }) => url.endsWith("/Messages.json"));
  if (!found) return `The script says sms: ${step.sms}, and no text message was sent.`;
  const form = new URLSearchParams(found.body);
  const body = form.get("Body") ?? "";
  if (!body.toLowerCase().includes(step.sms.toLowerCase())) {
    return `The text message says "${body}", and the script says sms: ${step.sms}.`;
  }
  if (step.to === undefined || form.get("To") === step.to) return undefined;
  return `The text message goes to ${form.get("To")}, and the script says ${step.to}.`;
}

function take(sent: Sent[], wanted: (one: Sent) => boolean): Sent | undefined {
  const index = sent.findIndex(wanted);
  return index < 0 ? undefined : sent.splice(index, 1)[0];
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
