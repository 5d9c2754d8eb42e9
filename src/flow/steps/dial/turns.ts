/** The turns of a dial: the legs that ring together, and the turn that follows if nobody takes the call. */
import type { Op } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { groupsOf } from "../../compile/destination.ts";
import { wholeHole } from "../../language/text.ts";
import type { Destination, Leg } from "../../twiml/leg.ts";
import type { Dial } from "./body.ts";

/** The slot of a computed number. */
export const NUMBER_SLOT = "number";

/** The slot of the current turn. */
export const TURN = "turn";

/** The legs that ring in one turn, and the turn that follows if nobody takes the call. */
export interface Turn {
  key: string;
  legs: Leg[];
  /** The destination that lists the legs. */
  to: Destination;
  after?: string;
}

/** Every turn that a dial can take: of its destination, or of all that an expression can name. */
export function turnsOf(body: Dial, compiler: Compiler): Turn[] {
  const inTurn = body.sequential ?? false;
  if (computed(body) === undefined) return turnsTo("", body.to, inTurn, compiler);
  return Object.keys(compiler.facts.destinations).flatMap((name) => turnsTo(name, name, inTurn, compiler));
}

function turnsTo(name: string, to: Destination, inTurn: boolean, compiler: Compiler): Turn[] {
  const groups = groupsOf(compiler.facts.destinations, to, inTurn);
  return groups.map((legs, index) => {
    const turn = { key: `${name}.${index}`, legs, to };
    return index + 1 < groups.length ? { ...turn, after: `${name}.${index + 1}` } : turn;
  });
}

/** The expression that computes the destination, if any. */
export function computed({ to }: Dial): string | undefined {
  return typeof to === "string" ? wholeHole(to)?.expr : undefined;
}

/** The ops that ring a turn. */
export function startTurn(turn: Turn): Op[] {
  return [
    { op: "set", to: { slot: TURN }, from: { value: turn.key } },
    { op: "goto", block: "ring" },
  ];
}

/** The ops that continue with the next turn, if any. */
export function turnAfter(turns: readonly Turn[]): Op[] {
  const cases = turns.flatMap(({ key, after }): [string, Op[]][] => {
    const next = turns.find((turn) => turn.key === after);
    return next ? [[key, startTurn(next)]] : [];
  });
  return cases.length === 0 ? [] : [{ op: "switch", on: { slot: TURN }, cases: Object.fromEntries(cases) }];
}
