/** Destinations: who is rung, together or in turn, and how each is written inside a Dial. */
import type { Op, Part } from "../program/program.ts";
import type { Compiler } from "./compiler.ts";
import { isEnv } from "./prompt.ts";
import type { Destination, Leg, Text } from "./schema.ts";
import { attributesOf, type Element } from "./twiml.ts";

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
 * @param inTurn whether the destination's own entries are rung in turn; what they name rings together
 */
export function groupsOf(named: Named, destination: Destination, inTurn: boolean): Leg[][] {
  if (!inTurn) return [flatten(named, destination)];
  return entriesOf(named, destination).map((entry) => flatten(named, entry));
}

// A name that stands for a list is that list: `to: oncall` rings on-call's entries in turn.
function entriesOf(named: Named, destination: Destination): Leg[] {
  const seen = new Set<Destination>();
  let entries = destination;
  while (typeof entries === "string" && !seen.has(entries)) {
    seen.add(entries);
    entries = targetOf(named, entries) ?? entries;
  }
  return Array.isArray(entries) ? entries : [entries];
}

/** Everything that a destination rings, in its order; what it names twice rings once. */
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

function targetOf(named: Named, name: string): Destination | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

/** What every noun of a dial carries: the whisper's address, for one. */
export type NounAttributes = Record<string, string | undefined>;

/** Adds a leg to a Dial. One from a Worker's variable that is not set adds nothing. */
export function addLeg(to: Compiler, dial: Element, leg: Leg, shared: NounAttributes): void {
  const env = envOf(leg);
  if (env === undefined) {
    addNoun(to, dial, leg, shared);
    return;
  }
  const noun = to.fragment((response) => addNoun(to, response, leg, shared));
  const part: Part = { pick: { env }, cases: { "": [] }, else: noun };
  dial.addText(to.mark(part));
}

/** The Worker's variable that a leg stands for, if it does. */
export function envOf(leg: Leg): string | undefined {
  const text = textOf(leg);
  return isEnv(text) ? text.env : undefined;
}

function textOf(leg: Leg): Text {
  if (typeof leg === "string" || isEnv(leg)) return leg;
  if ("number" in leg) return leg.number;
  if ("sip" in leg) return leg.sip;
  if ("client" in leg) return leg.client;
  return "queue" in leg ? leg.queue : leg.conference;
}

function addNoun(to: Compiler, parent: Element, leg: Leg, shared: NounAttributes): void {
  const add = (name: string, text: string | undefined, attributes: NounAttributes = {}): void =>
    parent.addChild(name, attributesOf({ ...attributes, ...shared })).addText(text ?? "");
  if (typeof leg === "string") add("Number", leg);
  else if (isEnv(leg)) add("Number", to.text(leg));
  else if ("number" in leg) add("Number", to.text(leg.number), definite({ sendDigits: leg.sendDigits }));
  else if ("client" in leg) add("Client", to.text(leg.client));
  // What fills a hole must not become a part of the address: it is encoded as in a URL.
  else if ("sip" in leg)
    add("Sip", to.url(leg.sip), { username: to.text(leg.username), password: to.text(leg.password) });
  else {
    // Queues and conferences have no callee who could hear a whisper.
    const [name, text] = "queue" in leg ? ["Queue", leg.queue] : ["Conference", leg.conference];
    parent.addChild(name, {}).addText(to.text(text) ?? "");
  }
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
