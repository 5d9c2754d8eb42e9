/** Strides of a comparison that no call takes: of what runs beside calls, and of text messages. */
import { newCall } from "../../engine/turn.ts";
import type { Call } from "../../program/call.ts";
import type { Program } from "../../program/program.ts";
import type { Arrival } from "../advance.ts";
import type { Begin, CallEvent } from "../exploration.ts";
import type { Moves } from "../moves.ts";
import type { Stride } from "./walk.ts";

/** A side of a comparison. */
export interface Side {
  program: Program;
  moves: Moves;
}

/** A stride on its own, without what it led to. */
export function strideOf(begin: Begin, event: CallEvent): Omit<Stride, "was" | "now" | "from"> {
  return { id: -1, begin, event, asides: { was: undefined, now: undefined } };
}

/** The arrivals of both flows in pairs: those after the same answers of services. */
export function stridesOf(
  was: readonly Arrival[],
  now: readonly Arrival[],
  { from, ...stride }: Omit<Stride, "was" | "now" | "from"> & { from: number | undefined },
): Stride[] {
  return now.flatMap((arrival, at) => {
    const key = answersOf(arrival);
    const other = was.find((one) => answersOf(one) === key) ?? was[at] ?? was[0];
    return other ? [{ ...stride, ...(from !== undefined && { from }), was: other, now: arrival }] : [];
  });
}

function answersOf({ answers }: Arrival): string {
  return JSON.stringify(answers.map(({ status, body }) => [status, body]));
}

/** A call that has not begun. */
export function callOf({ kept }: Begin): Call {
  return { ...newCall(`CA${"0".repeat(31)}1`), ...(Object.keys(kept).length > 0 && { kept: { ...kept } }) };
}

/** An event that no call of a script has. */
export function without(label: string, params: CallEvent["params"]): CallEvent {
  return { kind: "outcome", label, params, lines: [] };
}
