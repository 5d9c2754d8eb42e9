/** The receiver of a text message: a number, the only number of a destination, or a computed one. */
import type { Op, Source } from "../../../program/op.ts";
import { textSource } from "../../compile/compiler.ts";
import { addressOf, groupsOf, type Named } from "../../compile/destination.ts";
import { nearestKey } from "../../language/diagnostic.ts";
import { type Env, isEnv } from "../../language/schema.ts";
import { splitText } from "../../language/text.ts";
import { allowed } from "../../numbers/allow.ts";
import { type NumberProblem, numberProblem } from "../../numbers/numbers.ts";
import { NUMBER } from "../../twiml/callees.ts";
import { nounOf } from "../../twiml/leg.ts";

/** The keys of a step that name its receiver. */
export interface To {
  to?: string | Env;
  allow?: string[];
}

/** The ops that compute the receiver, and its source after them. */
interface Receiver {
  find: Op[];
  /** Undefined if the step names no receiver. */
  source: Source | undefined;
}

/** The ops for a caller whom `allow` does not let through, and for a computed receiver that nothing allows. */
export interface Refusal {
  failed: Op[];
  refused: Op[];
}

/** The slot of a computed receiver. */
const SLOT = "number";

/**
 * The receiver of a message. A computed one is the name of a destination, or a number that `allow` matches; for any other,
 * `refused` follows. If `allow` limits the texts to the caller, `failed` follows for the others.
 */
export function receiverOf({ to, allow }: To, named: Named, { failed, refused }: Refusal): Receiver {
  if (to === undefined && allow === undefined) return { find: [], source: undefined };
  const receiver = to ?? "{{ caller.number }}";
  if (!isComputed(receiver)) {
    if (allow && isOwnNumber(receiver)) {
      const from = textSource(receiver);
      const find: Op[] = [
        { op: "set", to: { slot: SLOT }, from, matches: patternOf(allow), otherwise: failed },
      ];
      return { find, source: { slot: SLOT } };
    }
    const number = typeof receiver === "string" ? numberNamed(receiver, named) : undefined;
    return { find: [], source: textSource(number ?? receiver) };
  }
  const slot = { slot: SLOT };
  const from = textSource(receiver);
  const number: Op[] = allow
    ? [{ op: "set", to: slot, from, matches: patternOf(allow), otherwise: refused }]
    : refused;
  return {
    find: [
      { op: "set", to: slot, from: { value: "" } },
      { op: "switch", on: from, cases: Object.fromEntries(numbersIn(named).map(setTo)) },
      { op: "switch", on: slot, cases: { "": number } },
    ],
    source: slot,
  };
}

/** Whether `allow` judges nothing: the author wrote the receiver. */
export function isIdleAllow({ to, allow }: To): boolean {
  return allow !== undefined && to !== undefined && !isComputed(to) && !isOwnNumber(to);
}

function patternOf(allow: readonly string[]): string {
  return `(?:whatsapp:)?${allowed(allow)}`;
}

function setTo([name, number]: [string, string | Env]): [string, Op[]] {
  return [name, [{ op: "set", to: { slot: SLOT }, from: textSource(number) }]];
}

/** Whether something that the caller chooses can end up in it; the two numbers of the call do not count. */
function isComputed(to: string | Env): boolean {
  const parts = isEnv(to) ? [] : splitText(to).parts;
  return parts.some((part) => "expr" in part && readsMore(part.expr));
}

/** Whether it is a number of the call, which nobody chooses but which can be in any country. */
function isOwnNumber(to: string | Env): boolean {
  return typeof to === "string" && to.includes("{{");
}

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

const OWN_NUMBERS = ["caller.number", "call.number", "call.to"];

/** Whether an expression reads anything besides the numbers of the call. */
function readsMore(expression: string): boolean {
  const names = expression.replace(QUOTED, "").match(/[A-Za-z_][\w.]*/g) ?? [];
  return names.some((name) => !OWN_NUMBERS.includes(name));
}

function numbersIn(named: Named): [string, string | Env][] {
  return Object.keys(named).flatMap((name): [string, string | Env][] => {
    const number = numberNamed(name, named);
    return number === undefined ? [] : [[name, number]];
  });
}

/** The number of a destination that has exactly one. */
function numberNamed(name: string, named: Named): string | Env | undefined {
  const [leg, ...more] = Object.hasOwn(named, name) ? groupsOf(named, name, false).flat() : [];
  if (leg === undefined || more.length > 0 || nounOf(leg) !== NUMBER) return undefined;
  const address = addressOf(leg);
  return typeof address === "string" || isEnv(address) ? address : undefined;
}

/** A number, or another address such as `whatsapp:+14155550100`. */
const ADDRESS = /^(\+\d|[a-z]+:)/;

/** The problem with a receiver that is a number, if any. */
export function problemOfNumber({ to }: To): NumberProblem | undefined {
  if (typeof to !== "string" || to.includes("{{")) return undefined;
  const number = to.replace(/^whatsapp:/, "");
  return number.startsWith("+") ? numberProblem(number, true) : undefined;
}

/** The message for a wrong receiver, if it is wrong. */
export function faultOfReceiver({ to, allow }: To, named: Named): string | undefined {
  if (to === undefined || isEnv(to)) return undefined;
  if (isComputed(to)) {
    if (allow || numbersIn(named).length > 0) return undefined;
    return "this computes the name of a destination, but none is declared; for numbers, list the allowed ones in `allow`";
  }
  const problem = problemOfNumber({ to });
  if (problem) return problem.severity === "warning" ? undefined : problem.message;
  if (to.includes("{{") || ADDRESS.test(to) || numberNamed(to, named) !== undefined) return undefined;
  if (/^(caller|call|vars)\.\w+$/.test(to)) return `"${to}" is an expression here; write "{{ ${to} }}"`;
  const near = nearestKey(to, named);
  const advice = near !== undefined && near !== to ? `; did you mean "${near}"?` : "";
  return `"${to}" is neither a number that begins with a plus nor a destination with one number${advice}`;
}
