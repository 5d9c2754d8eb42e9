/** What `save` captures of a dial: its outcome, and who picked up. */
import type { Op, Source } from "../../../program/op.ts";
import { type Compiler, captureResults, RECORDED, textSource } from "../../compile/compiler.ts";
import { addressOf, isComputedLeg, nameOfLeg } from "../../compile/destination.ts";
import { isEnv } from "../../language/schema.ts";
import type { Step } from "../../model/flow.ts";
import type { Leg } from "../../twiml/leg.ts";
import type { Dial } from "./body.ts";
import { receiverSlot } from "./judge.ts";
import { computed, NUMBER_SLOT, TURN, type Turn } from "./turns.ts";

/** Nobody picked up, or nobody knows who did. */
const NOBODY: Readonly<Record<string, Source>> = { name: { value: "" }, number: { value: "" } };

/** The outcomes after somebody has picked up. */
const PICKED_UP: ReadonlySet<string> = new Set(["completed", "declined"]);

/** Whether the flow wants to know who picked up. */
export function savesCallee({ save = {} }: Dial): boolean {
  return Object.values(save).some((result) => result === "name" || result === "number");
}

/** Nobody has picked up yet: a webhook of the leg will say who does. */
export function forgetCallee({ save }: Dial, { legs }: Turn, compiler: Compiler): Op[] {
  return legs.length < 2 ? [] : captureResults(save, NOBODY, compiler);
}

/** The block that notes that a leg was picked up; undefined if that is known without it. */
export function metBlock(body: Dial, { key, legs }: Turn, index: number): string | undefined {
  if (legs.length < 2 || !savesCallee(body)) return undefined;
  return ["met", ...key.split(".").filter((part) => part !== ""), index].join(".");
}

/** The blocks that note who picks up, and continue with the whisper. */
export function metBlocks(
  { body }: Step<Dial>,
  compiler: Compiler,
  turns: readonly Turn[],
): Record<string, Op[]> {
  const after: Op = body.whisper === undefined ? { op: "end" } : { op: "goto", block: "whisper" };
  const blocks = turns.flatMap((turn) =>
    turn.legs.flatMap((_, index): [string, Op[]][] => {
      const block = metBlock(body, turn, index);
      return block === undefined ? [] : [[block, [...captureLeg(body, compiler, turn, index), after]]];
    }),
  );
  return Object.fromEntries(blocks);
}

/** The ops that capture the results of a dial with this outcome. */
export function captureOf(
  { body }: Step<Dial>,
  compiler: Compiler,
  turns: readonly Turn[],
  outcome: string,
): Op[] {
  const known: Record<string, Source> = {
    status: { value: outcome },
    seconds: { param: "DialCallDuration" },
    waited: { param: "QueueTime" },
    recording: RECORDED,
  };
  const callee = PICKED_UP.has(outcome)
    ? captureCallee(body, compiler, turns)
    : captureResults(body.save, NOBODY, compiler);
  return [...captureResults(body.save, known, compiler), ...callee];
}

/** Who picked up, if one leg rang; of several, the leg's own webhook has noted it. */
function captureCallee(body: Dial, compiler: Compiler, turns: readonly Turn[]): Op[] {
  if (!savesCallee(body)) return [];
  const single = turns.filter(({ legs }) => legs.length === 1);
  const cases = single.map((turn): [string, Op[]] => [turn.key, captureLeg(body, compiler, turn, 0)]);
  if (computed(body) === undefined && turns.length === 1) return cases[0]?.[1] ?? [];
  const number = { name: { value: "" }, number: { slot: NUMBER_SLOT } };
  const computedNumber = captureResults(body.save, number, compiler);
  return [{ op: "switch", on: { slot: TURN }, cases: { ...Object.fromEntries(cases), "": computedNumber } }];
}

function captureLeg({ save }: Dial, compiler: Compiler, { legs, to }: Turn, index: number): Op[] {
  const leg = legs[index];
  if (leg === undefined) return [];
  const { destinations } = compiler.facts;
  const results = {
    name: { value: nameOfLeg(destinations, to, leg) },
    number: numberOf(leg, index, compiler),
  };
  return captureResults(save, results, compiler);
}

/** The number or address of a leg; a computed one is in the slot where it was judged. */
function numberOf(leg: Leg, index: number, { facts }: Compiler): Source {
  if (isComputedLeg(leg)) return { slot: receiverSlot(index) };
  const address = addressOf(leg);
  if (address === undefined) return { value: "" };
  if (typeof address === "string" || isEnv(address)) return textSource(address);
  return textSource(address[facts.speech.language] ?? Object.values(address)[0] ?? "");
}
