/** The `<Dial>` of a dial: its turns, whispers and waiting rooms. */
import type { Op, Part } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { addLeg, groupsOf, isComputedLeg, type OwnAttributes, whenUnset } from "../../compile/destination.ts";
import type { Side } from "../../language/schema.ts";
import { wholeHole } from "../../language/text.ts";
import type { Step } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import { CONFERENCE, NUMBER } from "../../twiml/callees.ts";
import { type Destination, type Leg, nounOf } from "../../twiml/leg.ts";
import { addNoun } from "../../twiml/noun.ts";
import { attributesOf, type Element } from "../../twiml/twiml.ts";
import { DIAL, type Dial } from "./body.ts";
import { judgeLegs } from "./judge.ts";

/** Seconds in which a callee must press the key that accepts. */
const ACCEPT_SECONDS = 10;
/** The slot of a computed number. */
export const NUMBER_SLOT = "number";

/** The default time limit of a call to a computed number, in seconds. */
export const COMPUTED_SECONDS = 3600;

/** The slot of the current turn. */
export const TURN = "turn";

/** The legs that ring in one turn, and the turn that follows if nobody takes the call. */
export interface Turn {
  key: string;
  legs: Leg[];
  after?: string;
}

/** Every turn that a dial can take: of its destination, or of all that an expression can name. */
export function turnsOf(body: Dial, compiler: Compiler): Turn[] {
  const inTurn = body.sequential ?? false;
  if (computed(body) === undefined) return turnsTo("", body.to, inTurn, compiler);
  return Object.entries(compiler.facts.destinations).flatMap(([name, destination]) =>
    turnsTo(name, destination, inTurn, compiler),
  );
}

function turnsTo(name: string, destination: Destination, inTurn: boolean, compiler: Compiler): Turn[] {
  const groups = groupsOf(compiler.facts.destinations, destination, inTurn);
  return groups.map((legs, index) => {
    const key = `${name}.${index}`;
    return index + 1 < groups.length ? { key, legs, after: `${name}.${index + 1}` } : { key, legs };
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

function ring(body: Dial, compiler: Compiler, forget: Op[], addLegs: (dial: Element) => void): Op[] {
  const dial = compiler.twiml((response) => {
    const attributes = { action: compiler.link("rang"), ...attributesFrom(compiler, DIAL.attributes, body) };
    addLegs(response.addChild(DIAL.element, attributes));
  });
  return [dial, ...forget, { op: "wait", block: "rang" }];
}

/** Rings all legs of a turn; continues at `unset` if none is left: unset variables, and addresses that are not allowed. */
export function ringTurn(step: Step<Dial>, compiler: Compiler, { legs }: Turn, rooms: readonly Room[]): Op[] {
  const limited = legs.some(isComputedLeg) ? { timeLimit: COMPUTED_SECONDS, ...step.body } : step.body;
  const { judge, rung, forget } = judgeLegs(legs, step.body.allow, compiler);
  return [
    ...judge,
    ...whenUnset(rung, [{ op: "goto", block: "unset" }]),
    ...ring(limited, compiler, forget, (dial) => {
      for (const one of rung) addLeg(compiler, dial, one, ownOf(step.body, one.leg, compiler, rooms));
    }),
  ];
}

/** Rings the computed number, for an hour unless the flow sets a limit. */
export function ringNumber(step: Step<Dial>, compiler: Compiler): Op[] {
  const number: Part = { hole: { slot: NUMBER_SLOT }, as: "xml" };
  const own = ownOf(step.body, "", compiler, []);
  const body = { timeLimit: COMPUTED_SECONDS, ...step.body };
  return ring(body, compiler, [], (dial) =>
    addNoun(compiler, dial, NUMBER, {}, own).addText(compiler.mark(number)),
  );
}

function ownOf(body: Dial, leg: Leg, compiler: Compiler, rooms: readonly Room[]): OwnAttributes {
  const noun = nounOf(leg);
  const room = rooms.find((one) => one.leg === leg);
  if (room) return { waitUrl: compiler.link(room.block, "aside") };
  // Nobody is called for a conference, so there is no whisper.
  if (body.whisper === undefined || noun === CONFERENCE || !("url" in noun.attributes)) return {};
  return { url: compiler.link("whisper", "aside") };
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

/** The prompts of the waiting rooms. TwiML Conference: only an empty Redirect repeats them. */
export function roomBlocks(rooms: readonly Room[], compiler: Compiler): Record<string, Op[]> {
  const again = compiler.twiml((response) => response.addChild("Redirect", {}));
  return Object.assign(
    {},
    ...rooms.map(({ block, wait }) => compiler.side(block, wait, [again, { op: "end" }])),
  );
}

/** The prompt that the callee hears before being connected, and the key that accepts. */
export function whisperBlocks({ body }: Step<Dial>, compiler: Compiler): Record<string, Op[]> {
  const { accept, whisper } = body;
  if (whisper === undefined) return {};
  if (accept === undefined) return compiler.side("whisper", whisper, [{ op: "end" }]);
  const ask = compiler.twiml((response) => {
    const action = compiler.link("accepted", "aside");
    const attributes = attributesOf({ action, numDigits: 1, finishOnKey: "", timeout: ACCEPT_SECONDS });
    compiler.speak(response.addChild("Gather", attributes), whisper);
    response.addChild("Hangup", {});
  });
  const refuse = compiler.twiml((response) => response.addChild("Hangup", {}));
  return {
    whisper: [ask, { op: "wait", block: "accepted" }],
    accepted: [
      { op: "switch", on: { param: "Digits" }, cases: { [accept]: [{ op: "end" }] } },
      refuse,
      { op: "end" },
    ],
  };
}
