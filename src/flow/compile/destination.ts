/** Destinations: the legs that ring together or in turn, and how each is written inside a Dial. */

import { isMap } from "../../program/is-map.ts";
import type { Op, Part, Source } from "../../program/op.ts";
import type { Mark } from "../language/mark.ts";
import { isEnv } from "../language/schema.ts";
import type { Text } from "../language/text-schema.ts";
import { isText } from "../twiml/attributes.ts";
import { CONFERENCE, NUMBER, QUEUE } from "../twiml/callees.ts";
import type { Element } from "../twiml/element.ts";
import { type Destination, type Leg, nounOf } from "../twiml/leg.ts";
import { addNoun, type Noun } from "../twiml/noun.ts";
import { splitSip } from "../twiml/sip.ts";
import type { Compiler } from "./compiler.ts";

/** TwiML Dial: at most ten nouns. */
export const MOST_LEGS = 10;

/** Whether a text is a number to dial rather than a destination's name: only names begin with a letter. */
export function isNumber(text: string): boolean {
  return /^[+\d*#(]/.test(text);
}

/** Destinations by their names. */
export type Named = Readonly<Record<string, Destination>>;

/**
 * The groups that a destination rings one after another; each group rings together.
 * @param inTurn whether the destination's own entries ring in turn; the entries of names inside it ring together
 */
export function groupsOf(named: Named, destination: Destination, inTurn: boolean): Leg[][] {
  if (!inTurn) return [flatten(named, destination)];
  return entriesOf(named, destination).map((entry) => flatten(named, entry));
}

// A name of a list is that list: `to: oncall` rings the entries of oncall in turn.
function entriesOf(named: Named, destination: Destination): Leg[] {
  const seen = new Set<Destination>();
  let entries = destination;
  while (typeof entries === "string" && !seen.has(entries)) {
    seen.add(entries);
    entries = targetOf(named, entries) ?? entries;
  }
  return Array.isArray(entries) ? entries : [entries];
}

/** The legs of a destination in order, without duplicates. */
function flatten(named: Named, destination: Destination): Leg[] {
  const legs: Leg[] = [];
  const seen = new Set<string>();
  const waiting: Destination[] = [destination];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (Array.isArray(one)) for (const leg of one.toReversed()) waiting.push(leg);
    else if (typeof one !== "string" || isNumber(one)) legs.push(one);
    else if (!seen.has(one)) {
      seen.add(one);
      const target = targetOf(named, one);
      if (target !== undefined) waiting.push(target);
    }
  }
  return legs;
}

/** The name of the destination that lists a leg, at any depth below this one; empty if it has none. */
export function nameOfLeg(named: Named, to: Destination, leg: Leg, seen: readonly string[] = []): string {
  if (typeof to === "string") {
    const target = seen.includes(to) ? undefined : targetOf(named, to);
    if (target === undefined) return "";
    const isListed = Array.isArray(target) ? target.includes(leg) : target === leg;
    return isListed ? to : nameOfLeg(named, target, leg, [...seen, to]);
  }
  if (!Array.isArray(to)) return "";
  for (const entry of to) {
    const name = nameOfLeg(named, entry, leg, seen);
    if (name !== "") return name;
  }
  return "";
}

function targetOf(named: Named, name: string): Destination | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

/** Attributes that the dial adds to a leg's noun: the whisper's address, for one. */
export type OwnAttributes = Readonly<Record<string, string>>;

/** A leg that rings. */
export interface Rung {
  leg: Leg;
  /** The leg as it is written into the document, if it differs. */
  body?: object;
  /** The source that is empty if the leg is to be left out. */
  needs?: Source;
}

/** Adds a leg to a Dial, unless what it needs is empty. */
export function addLeg(compiler: Compiler, dial: Element, rung: Rung, own: OwnAttributes): void {
  const { leg } = rung;
  const body = rung.body ?? (typeof leg === "object" && !isEnv(leg) ? leg : { [NUMBER.text.key]: leg });
  const add = (parent: Element): Element => addNoun(compiler, parent, nounOf(leg), body, own);
  const needs = needsOf(rung);
  if (needs === undefined) {
    add(dial);
    return;
  }
  const part: Part = { pick: needs, cases: { "": [] }, else: compiler.fragment(add) };
  dial.addText(compiler.mark(part));
}

function needsOf({ leg, needs }: Rung): Source | undefined {
  const env = envOf(leg);
  return needs ?? (env === undefined ? undefined : { env });
}

/** Whether a marked value is a destination, as far as its shape goes. */
export function isDestination(value: unknown): value is Destination {
  return Array.isArray(value) ? value.every(isLeg) : isLeg(value);
}

// A destination that does not fit its schema is checked as well, as far as possible.
function isLeg(value: unknown): value is Leg {
  return typeof value === "string" || isMap(value);
}

/** The environment variables that a marked value rings, each with its noun. */
export function constantsRung({ mark, value }: Mark): { noun: Noun; env: string }[] {
  if (mark !== "destination" || !isDestination(value)) return [];
  const legs: Leg[] = Array.isArray(value) ? value : [value];
  return legs.flatMap((leg) => {
    const env = envOf(leg);
    return env === undefined ? [] : [{ noun: nounOf(leg), env }];
  });
}

/** The environment variable of a leg, if any. */
export function envOf(leg: Leg): string | undefined {
  const text = addressOf(leg);
  return isEnv(text) ? text.env : undefined;
}

/** The number, name or address of a leg; undefined for a list of addresses. */
export function addressOf(leg: Leg): Text | undefined {
  if (typeof leg === "string" || isEnv(leg)) return leg;
  const { key } = nounOf(leg).text;
  const address = Object.entries(leg).find(([name]) => name === key)?.[1];
  return isText(address) ? address : undefined;
}

/** Ops that run only if all of these legs are left out. */
export function whenUnset(rung: readonly Rung[], then: Op[]): Op[] {
  const needed = rung.map(needsOf);
  if (needed.includes(undefined)) return [];
  return needed.reduceRight<Op[]>(
    (inner, on) => (on === undefined ? inner : [{ op: "switch", on, cases: { "": inner } }]),
    then,
  );
}

/** Whether the call works out whom a leg rings; a conference or a queue rings nobody. */
export function isComputedLeg(leg: Leg): boolean {
  return computedTexts(leg).length > 0;
}

/** The texts of a leg's computed addresses, in every language. */
export function computedTexts(leg: Leg): string[] {
  const { key } = nounOf(leg).text;
  if (typeof leg === "string" || key === CONFERENCE.text.key || key === QUEUE.text.key) return [];
  const address: unknown = Object.entries(leg).find(([name]) => name === key)?.[1];
  const texts = Array.isArray(address) ? address.map(uriOf) : [address];
  return texts.filter(isText).flatMap(textsIn).filter(isComputedAddress);
}

function uriOf(one: unknown): unknown {
  return isMap(one) ? one.uri : undefined;
}

/** A text in each language. */
export function textsIn(text: Text): string[] {
  if (typeof text === "string") return [text];
  return isEnv(text) ? [] : Object.values(text);
}

/** Whether an address is computed; the headers and parameters of a SIP address decide nothing. */
export function isComputedAddress(text: string): boolean {
  return (/^sips?:/i.test(text) ? splitSip(text).address : text).includes("{{");
}
