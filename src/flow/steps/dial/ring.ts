/** A dial's `<Dial>`: who is rung, and what is heard beside the call while it is connected. */
import type { Op, Part } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { addLeg, groupsOf, type OwnAttributes, whenUnset } from "../../compile/destination.ts";
import type { Side } from "../../language/schema.ts";
import { wholeHole } from "../../language/text.ts";
import type { Step } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import { CONFERENCE, NUMBER } from "../../twiml/callees.ts";
import { type Destination, type Leg, nounOf } from "../../twiml/leg.ts";
import { addNoun } from "../../twiml/noun.ts";
import { attributesOf, type Element } from "../../twiml/twiml.ts";
import { DIAL, type Dial } from "./body.ts";

/** How long a callee may take to press the key that accepts, in seconds. */
const ACCEPT_SECONDS = 10;
/** The slot that keeps a computed number. */
export const NUMBER_SLOT = "number";

/** How long a call to a computed number lasts at most where the flow does not say, in seconds. */
export const COMPUTED_SECONDS = 3600;

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

function ring(body: Dial, to: Compiler, addLegs: (dial: Element) => void): Op[] {
  const dial = to.twiml((response) => {
    const attributes = { action: to.link("rang"), ...attributesFrom(to, DIAL.attributes, body) };
    addLegs(response.addChild(DIAL.element, attributes));
  });
  return [dial, { op: "wait", block: "rang" }];
}

/** Rings all legs of a turn; where every one is a variable that is not set, `unset` goes on. */
export function ringTurn(step: Step<Dial>, to: Compiler, { legs }: Turn, rooms: readonly Room[]): Op[] {
  return [
    ...whenUnset(legs, [{ op: "goto", block: "unset" }]),
    ...ring(step.body, to, (dial) => {
      for (const leg of legs) addLeg(to, dial, leg, ownOf(step.body, leg, to, rooms));
    }),
  ];
}

/** Rings the number that was computed, for an hour unless the flow says how long. */
export function ringNumber(step: Step<Dial>, to: Compiler): Op[] {
  const number: Part = { hole: { slot: NUMBER_SLOT }, as: "xml" };
  const own = ownOf(step.body, "", to, []);
  const body = { timeLimit: COMPUTED_SECONDS, ...step.body };
  return ring(body, to, (dial) => addNoun(to, dial, NUMBER, {}, own).addText(to.mark(number)));
}

function ownOf(body: Dial, leg: Leg, to: Compiler, rooms: readonly Room[]): OwnAttributes {
  const noun = nounOf(leg);
  const room = rooms.find((one) => one.leg === leg);
  if (room) return { waitUrl: to.link(room.block, "aside") };
  // A conference has no callee who could hear a whisper.
  if (body.whisper === undefined || noun === CONFERENCE || !("url" in noun.attributes)) return {};
  return { url: to.link("whisper", "aside") };
}

/** A conference's waiting room, and the block that plays it. */
export interface Room {
  leg: Leg;
  block: string;
  wait: Side;
}

/** The waiting rooms of all turns. */
export function roomsOf(turns: readonly Turn[]): Room[] {
  const legs = [...new Set(turns.flatMap((turn) => turn.legs))];
  return legs.flatMap((leg, index) =>
    typeof leg === "object" && "wait" in leg && leg.wait !== undefined
      ? [{ leg, block: `wait.${index}`, wait: leg.wait }]
      : [],
  );
}

/** What is heard in the waiting rooms. TwiML Conference: it is asked for again only by an empty Redirect. */
export function roomBlocks(rooms: readonly Room[], to: Compiler): Record<string, Op[]> {
  const again = to.twiml((response) => response.addChild("Redirect", {}));
  return Object.assign({}, ...rooms.map(({ block, wait }) => to.side(block, wait, [again, { op: "end" }])));
}

/** What the callee hears before the two are connected, and the key that accepts. */
export function whisperBlocks({ body }: Step<Dial>, to: Compiler): Record<string, Op[]> {
  const { accept, whisper } = body;
  if (whisper === undefined) return {};
  if (accept === undefined) return to.side("whisper", whisper, [{ op: "end" }]);
  const ask = to.twiml((response) => {
    const action = to.link("accepted", "aside");
    const attributes = attributesOf({ action, numDigits: 1, finishOnKey: "", timeout: ACCEPT_SECONDS });
    to.speak(response.addChild("Gather", attributes), whisper);
    response.addChild("Hangup", {});
  });
  const refuse = to.twiml((response) => response.addChild("Hangup", {}));
  return {
    whisper: [ask, { op: "wait", block: "accepted" }],
    accepted: [
      { op: "switch", on: { param: "Digits" }, cases: { [accept]: [{ op: "end" }] } },
      refuse,
      { op: "end" },
    ],
  };
}
