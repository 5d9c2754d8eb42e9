/**
 * Whom a `<Dial>` rings: its nouns, read into plain data. Source: TwiML Dial, Number, Client, Sip, Queue,
 * Conference.
 */

import { type Element, elementsIn, wordsOf } from "../twiml/element.ts";
import { isPhoneNumber } from "../twiml/rules.ts";
import type { Callee } from "./moment.ts";

/** A noun of a `<Dial>`. */
export interface Noun {
  callee: Callee;
  /** Its attributes, such as the URL of its document and its status callbacks. */
  attributes: Element["attributes"];
}

const KINDS: Readonly<Record<string, Callee["kind"]>> = {
  Number: "number",
  Client: "client",
  Sip: "sip",
  Queue: "queue",
  Conference: "conference",
  Application: "application",
  WhatsApp: "whatsapp",
  Sim: "sim",
};

/** Whom a `<Dial>` rings; its own text is a number. Invalid phone numbers are not rung: `readTwiml` reports them. */
export function nounsOf(dial: Element): Noun[] {
  const elements = elementsIn(dial);
  const nouns = elements.length === 0 ? [numberOf(dial)] : elements.map(nounOf);
  return nouns.filter(({ callee }) => callee.kind !== "number" || isPhoneNumber(callee.target));
}

function numberOf(dial: Element): Noun {
  return { callee: { kind: "number", target: wordsOf(dial).trim() }, attributes: {} };
}

function nounOf(element: Element): Noun {
  const callee: Callee = { kind: KINDS[element.name] ?? "number", target: targetOf(element) };
  return { callee, attributes: element.attributes };
}

/** A callee in one word: `+14155550100`, `sip:desk@example.com`, `client:ada`, `queue:support`. */
export function nameOf({ kind, target }: Callee): string {
  if (kind === "number") return target;
  if (kind === "sip") return /^sips?:/.test(target) ? target : `sip:${target}`;
  return `${kind}:${target}`;
}

/** Whether this is a conference, which does not ring: callers join at once. */
export function isConference({ kind }: Callee): boolean {
  return kind === "conference";
}

function targetOf(noun: Element): string {
  const inner = elementsIn(noun).find((child) => /^(Identity|Uri|ApplicationSid)$/.test(child.name));
  return wordsOf(inner ?? noun).trim();
}
