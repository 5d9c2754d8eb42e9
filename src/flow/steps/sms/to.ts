/** Who gets a text message: a number, the one number of a destination, or what the call works out. */
import type { Op, Source } from "../../../program/program.ts";
import { textSource } from "../../compile/compiler.ts";
import { addressOf, groupsOf, type Named } from "../../compile/destination.ts";
import { nearest } from "../../language/diagnostic.ts";
import { type Env, isEnv } from "../../language/schema.ts";
import { splitText } from "../../language/text.ts";
import { allowed } from "../../numbers/allow.ts";
import { numberProblem } from "../../numbers/numbers.ts";
import { NUMBER } from "../../twiml/callees.ts";
import { nounOf } from "../../twiml/leg.ts";

/** What a step says of its receiver. */
export interface To {
  to?: string | Env;
  allow?: string[];
}

/** How the receiver is found: ops that work it out, and where it is then. */
export interface Receiver {
  find: Op[];
  /** Undefined where the step names nobody. */
  source: Source | undefined;
}

/** The slot that holds a receiver that was worked out. */
const SLOT = "number";

/** The receiver of a message. What is worked out is a destination's name, or a number that `allow` lets through. */
export function receiverOf({ to, allow }: To, named: Named): Receiver {
  if (to === undefined) return { find: [], source: undefined };
  if (!isComputed(to)) {
    const number = typeof to === "string" ? numberNamed(to, named) : undefined;
    return { find: [], source: textSource(number ?? to) };
  }
  const slot = { slot: SLOT };
  const from = textSource(to);
  const refuse: Op[] = [{ op: "fail", why: "nobody is written to at a number that is not allowed" }];
  const number: Op[] = allow
    ? [{ op: "set", to: slot, from, matches: allowed(allow), otherwise: refuse }]
    : refuse;
  return {
    find: [
      { op: "set", to: slot, from: { value: "" } },
      { op: "switch", on: from, cases: Object.fromEntries(numbersIn(named).map(setTo)) },
      { op: "switch", on: slot, cases: { "": number } },
    ],
    source: slot,
  };
}

function setTo([name, number]: [string, string | Env]): [string, Op[]] {
  return [name, [{ op: "set", to: { slot: SLOT }, from: textSource(number) }]];
}

/** Whether what a caller says or enters can reach it; the caller's own number is no such thing. */
function isComputed(to: string | Env): boolean {
  const parts = isEnv(to) ? [] : splitText(to).parts;
  return parts.some((part) => "expr" in part && /\b(vars|input|message)\b/.test(part.expr));
}

function numbersIn(named: Named): [string, string | Env][] {
  return Object.keys(named).flatMap((name): [string, string | Env][] => {
    const number = numberNamed(name, named);
    return number === undefined ? [] : [[name, number]];
  });
}

/** The number of a destination that has just one; undefined where the name has none, or several. */
function numberNamed(name: string, named: Named): string | Env | undefined {
  const [leg, ...more] = Object.hasOwn(named, name) ? groupsOf(named, name, false).flat() : [];
  if (leg === undefined || more.length > 0 || nounOf(leg) !== NUMBER) return undefined;
  const address = addressOf(leg);
  return typeof address === "string" || isEnv(address) ? address : undefined;
}

/** A number, or another address such as `whatsapp:+14155550100`. */
const ADDRESS = /^(\+\d|[a-z]+:)/;

/** What is wrong with the receiver, as a sentence; undefined where nothing is. */
export function faultOfReceiver({ to, allow }: To, named: Named): string | undefined {
  if (to === undefined || isEnv(to)) return undefined;
  if (isComputed(to)) {
    if (allow || numbersIn(named).length > 0) return undefined;
    return "what is computed here must be the name of a destination, and there is none; for numbers, say in `allow` which";
  }
  if (to.startsWith("+") && !to.includes("{{")) return numberProblem(to, true)?.message;
  if (to.includes("{{") || ADDRESS.test(to) || numberNamed(to, named) !== undefined) return undefined;
  const near = nearest(to, Object.keys(named));
  const advice = near !== undefined && near !== to ? `; did you mean "${near}"?` : "";
  return `"${to}" is no number that begins with its plus, and no destination of one number${advice}`;
}
