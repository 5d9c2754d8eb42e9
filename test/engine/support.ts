/** Small Programs by hand, webhooks, and turns as text: the engine is tested without any flow. */
import { documentOf } from "../../src/engine/document.ts";
import { type Event, readEvent } from "../../src/engine/event.ts";
import type { Context } from "../../src/engine/state.ts";
import { newCall, type Turn, turn } from "../../src/engine/turn.ts";
import { lowerProgram } from "../../src/flow/compile/lower-program.ts";
import type { Call, Place } from "../../src/program/call.ts";
import type { Op, Source } from "../../src/program/op.ts";
import type { Program, Step } from "../../src/program/program.ts";

export const CALLER = "CA00000000000000000000000000000001";
/** Monday, noon in New York. */
export const NOW = Date.parse("2026-11-23T12:00:00-05:00");

/**
 * A Program of these steps' blocks; a list of ops is a step of one block. It begins at the first step. Expressions are
 * written as CEL text.
 */
export function program(
  steps: Record<string, Op[] | Record<string, Op[]>>,
  more: Partial<Program> = {},
): Program {
  const compiled = Object.entries(steps).map(([name, blocks]): [string, Step] => [
    name,
    { blocks: Array.isArray(blocks) ? { enter: blocks } : blocks },
  ]);
  return lowerProgram({
    flow: "test",
    hash: "0000000000",
    start: compiled[0]?.[0] ?? "",
    apology: ["<Say>Sorry.</Say><Hangup/>"],
    language: "en-US",
    variables: {},
    hours: {},
    env: [],
    steps: Object.fromEntries(compiled),
    ...more,
  });
}

/** Speaks a text, or what an expression gives. */
export function say(text: string | Source): Op {
  const inside = typeof text === "string" ? text : { hole: text, as: "xml" as const };
  return { op: "twiml", parts: ["<Say>", inside, "</Say>"] };
}

export const HANG_UP: Op[] = [{ op: "twiml", parts: ["<Hangup/>"] }, { op: "end" }];

export function goTo(step: string, block?: string): Op {
  return block === undefined ? { op: "goto", step } : { op: "goto", step, block };
}

export function webhook(params: Record<string, string> = {}): Event {
  return readEvent({
    CallSid: CALLER,
    From: "+14155550111",
    To: "+14155550100",
    Direction: "inbound",
    ...params,
  });
}

/** What the tests' turns are given, but for the program. */
export const GIVEN: Omit<Context, "program"> = { now: NOW, env: {}, event: webhook() };

/** A call in the middle of things. */
export function callWith(more: Partial<Call> = {}): Call {
  return { ...newCall(CALLER), rev: 3, ...more };
}

/** Runs a turn; the place is the Program's start where none is given. */
export function take(
  from: Program,
  {
    at,
    call = newCall(CALLER),
    event = webhook(),
    given = GIVEN,
  }: { at?: Place; call?: Call; event?: Event; given?: Omit<Context, "program"> } = {},
): Turn {
  return turn({ ...given, program: from, event }, at ?? { step: from.start, block: "enter" }, call);
}

/** The inside of a turn's document; a link shows as `[road block]`. */
export function heard({ pieces }: Turn): string {
  const text = documentOf(pieces, ({ road, link }) => `[${road} ${link}]`);
  const inside = /^<\?xml version="1\.0" encoding="UTF-8"\?><Response>(.*)<\/Response>$/s.exec(text)?.[1];
  if (inside === undefined) throw new Error(`no whole document: ${text}`);
  return inside;
}
