/** A dial's turns: what is rung together, and what after it when nobody takes the call. */
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { groupsOf } from "../compile/destination.ts";
import { wholeHole } from "../language/text.ts";
import type { Destination, Leg } from "../twiml/leg.ts";
import type { Dial } from "./dial/body.ts";

/** The name of the slot that says which turn is rung. */
export const TURN = "turn";

/** What is rung at one turn, and the turn after it when nobody takes the call. */
export interface Turn {
  key: string;
  legs: Leg[];
  after?: string;
}

/** Every turn that a dial may take: of the one destination, or of all that an expression may name. */
export function turnsOf(body: Dial, to: Compiler): Turn[] {
  const inTurn = body.sequential ?? false;
  if (computed(body) === undefined) return turnsTo("", body.to, inTurn, to);
  return Object.entries(to.facts.destinations).flatMap(([name, destination]) =>
    turnsTo(name, destination, inTurn, to),
  );
}

function turnsTo(name: string, destination: Destination, inTurn: boolean, to: Compiler): Turn[] {
  const groups = groupsOf(to.facts.destinations, destination, inTurn);
  return groups.map((legs, index) => {
    const key = `${name}.${index}`;
    return index + 1 < groups.length ? { key, legs, after: `${name}.${index + 1}` } : { key, legs };
  });
}

/** The expression that gives the destination, where one does. */
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

/** The ops that go on to the next turn, where there is one. */
export function turnAfter(turns: readonly Turn[]): Op[] {
  const cases = turns.flatMap(({ key, after }): [string, Op[]][] => {
    const next = turns.find((turn) => turn.key === after);
    return next ? [[key, startTurn(next)]] : [];
  });
  return cases.length === 0 ? [] : [{ op: "switch", on: { slot: TURN }, cases: Object.fromEntries(cases) }];
}
