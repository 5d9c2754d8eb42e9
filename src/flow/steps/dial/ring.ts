/** The `<Dial>` of a dial: its whispers and waiting rooms. */
import type { Op, Part } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { addLeg, isComputedLeg, type OwnAttributes, whenUnset } from "../../compile/destination.ts";
import type { Side } from "../../language/prompt-schema.ts";
import type { Step } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import { CONFERENCE, NUMBER } from "../../twiml/callees.ts";
import type { Element } from "../../twiml/element.ts";
import { type Leg, nounOf } from "../../twiml/leg.ts";
import { addNoun } from "../../twiml/noun.ts";
import { DIAL, type Dial } from "./body.ts";
import { forgetCallee, metBlock, savesCallee } from "./callee.ts";
import { judgeLegs } from "./judge.ts";
import { NUMBER_SLOT, type Turn } from "./turns.ts";

/** Seconds in which a callee must press the key that accepts. */
const ACCEPT_SECONDS = 10;
/** The default time limit of a call to a computed number, in seconds. */
const COMPUTED_SECONDS = 3600;

function ring(body: Dial, compiler: Compiler, forget: Op[], addLegs: (dial: Element) => void): Op[] {
  const dial = compiler.twiml((response) => {
    const attributes = { action: compiler.link("rang"), ...attributesFrom(compiler, DIAL.attributes, body) };
    addLegs(response.addChild(DIAL.element, attributes));
  });
  return [dial, ...forget, { op: "wait", block: "rang" }];
}

/** Rings all legs of a turn; continues at `unset` if none is left: unset variables, and addresses that are not allowed. */
export function ringTurn(step: Step<Dial>, compiler: Compiler, turn: Turn, rooms: readonly Room[]): Op[] {
  const { legs } = turn;
  const limited = legs.some(isComputedLeg) ? { timeLimit: COMPUTED_SECONDS, ...step.body } : step.body;
  const { judge, rung, forget } = judgeLegs(legs, step.body.allow, compiler);
  return [
    ...judge,
    ...whenUnset(rung, [{ op: "goto", block: "unset" }]),
    ...forgetCallee(step.body, turn, compiler),
    ...ring(limited, compiler, savesCallee(step.body) ? [] : forget, (dial) => {
      for (const [index, one] of rung.entries()) {
        const met = metBlock(step.body, turn, index);
        addLeg(compiler, dial, one, ownOf(step.body, one.leg, compiler, rooms, met));
      }
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

/** @param met the block that notes who picks up, before the whisper if there is one */
function ownOf(
  body: Dial,
  leg: Leg,
  compiler: Compiler,
  rooms: readonly Room[],
  met: string | undefined = undefined,
): OwnAttributes {
  const noun = nounOf(leg);
  const room = rooms.find((one) => one.leg === leg);
  if (room) return { waitUrl: compiler.link(room.block, "aside") };
  const block = met ?? (body.whisper === undefined ? undefined : "whisper");
  // Nobody is called for a conference, so there is no whisper.
  if (block === undefined || noun === CONFERENCE || !("url" in noun.attributes)) return {};
  return { url: compiler.link(block, "aside") };
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
    const attributes = { action, numDigits: 1, finishOnKey: "", timeout: ACCEPT_SECONDS };
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
