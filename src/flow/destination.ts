/** Destinations: who is rung, together or in turn, and how each is written inside a Dial. */
import type { Op, Part } from "../program/program.ts";
import type { Compiler } from "./compiler.ts";
import { isEnv } from "./prompt.ts";
import type { Destination, Leg } from "./schema.ts";
import { attributesOf, type Element } from "./twiml.ts";

/** TwiML Dial: at most ten nouns. */
export const MOST_LEGS = 10;

/** Whether a text is a number to dial rather than a destination's name: only names begin with a letter. */
export function isNumber(text: string): boolean {
  return /^[+\d*#(]/.test(text);
}

/**
 * The groups that a destination rings one after another; each group rings together.
 * @param inTurn whether the destination's own entries are rung in turn; what they name rings together
 */
export function groupsOf(named: Readonly<Record<string, Destination>>, destination: Destination, inTurn: boolean): Leg[][] {
  if (!inTurn) return [flatten(named, destination, new Set())];
  const entries = entriesOf(named, destination, new Set());
  return entries.map((entry) => flatten(named, entry, new Set()));
}

// A name that stands for a list is that list: `to: oncall` rings on-call's entries in turn.
function entriesOf(named: Readonly<Record<string, Destination>>, destination: Destination, seen: Set<string>): Leg[] {
  if (Array.isArray(destination)) return destination;
  const target = typeof destination === "string" ? named[destination] : undefined;
  if (typeof destination !== "string" || target === undefined || seen.has(destination)) return [destination];
  return entriesOf(named, target, seen.add(destination));
}

function flatten(named: Readonly<Record<string, Destination>>, destination: Destination, seen: Set<string>): Leg[] {
  if (Array.isArray(destination)) return destination.flatMap((leg) => flatten(named, leg, seen));
  if (typeof destination !== "string" || isNumber(destination)) return [destination];
  const target = named[destination];
  if (target === undefined || seen.has(destination)) return [];
  return flatten(named, target, new Set(seen).add(destination));
}

/** What every noun of a dial carries: the whisper's address, for one. */
export type NounAttributes = Record<string, string | undefined>;

/** Adds a leg to a Dial. A number from the Worker's variables that is not set adds nothing. */
export function addLeg(to: Compiler, dial: Element, leg: Leg, shared: NounAttributes): void {
  const env = envOf(leg);
  if (env === undefined) return addNoun(to, dial, leg, shared);
  const noun = to.fragment((response) => addNoun(to, response, leg, shared));
  const part: Part = { pick: { env }, cases: { "": [] }, else: noun };
  dial.addText(to.mark(part));
}

/** The Worker's variable that a leg stands for, if it does. */
export function envOf(leg: Leg): string | undefined {
  if (isEnv(leg)) return leg.env;
  return typeof leg === "object" && "number" in leg && isEnv(leg.number) ? leg.number.env : undefined;
}

function addNoun(to: Compiler, parent: Element, leg: Leg, shared: NounAttributes): void {
  const add = (name: string, text: string | undefined, attributes: NounAttributes = {}): void =>
    parent.addChild(name, attributesOf({ ...attributes, ...shared })).addText(text ?? "");
  if (typeof leg === "string") return add("Number", leg);
  if (isEnv(leg)) return add("Number", to.text(leg));
  if ("number" in leg) return add("Number", to.text(leg.number), definite({ sendDigits: leg.sendDigits }));
  if ("sip" in leg) {
    return add("Sip", to.text(leg.sip), { username: to.text(leg.username), password: to.text(leg.password) });
  }
  if ("client" in leg) return add("Client", to.text(leg.client));
  const [name, text] = "queue" in leg ? ["Queue", leg.queue] : ["Conference", leg.conference];
  // Queues and conferences have no callee who could hear a whisper.
  parent.addChild(name, {}).addText(to.text(text) ?? "");
}

function definite(attributes: { sendDigits?: string | undefined }): NounAttributes {
  return { sendDigits: attributes.sendDigits };
}

/** Ops that run only when none of these legs has a number: every one is a variable that is not set. */
export function whenUnset(legs: readonly Leg[], then: Op[]): Op[] {
  const names = legs.map(envOf);
  if (names.some((name) => name === undefined)) return [];
  return names.reduceRight<Op[]>(
    (inner, name) => [{ op: "switch", on: { env: name ?? "" }, cases: { "": inner } }],
    then,
  );
}
