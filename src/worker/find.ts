/** The program that answers a webhook, and the place in it that the URL names. */

import { type Event, identityOf } from "../engine/event.ts";
import type { Call } from "../program/call.ts";
import type { Road } from "../program/op.ts";
import type { Program } from "../program/program.ts";
import { findVersion, knownVersion, type Version } from "./archive.ts";
import type { Deps } from "./deps.ts";
import type { Continuation } from "./links.ts";
import { countCall, currentVersion } from "./publishing.ts";
import { unknownFlow } from "./reply.ts";
import { enterAnew, withoutInput } from "./version-lost.ts";

/** What a webhook's URL names: a place in a flow with the ticket that came along, or the beginning of a flow. */
export interface Target {
  flow: string;
  /** Without a place, `voice` begins a call, and `aside` answers a text message. */
  road: Road;
  at?: Continuation;
  ticket?: string | undefined;
}

/** The program that answers, and the place that the URL names. */
export interface Found {
  program: Program;
  at: Continuation;
  /** The version that the URL names cannot be had: `program` is the current one. */
  isLost?: true;
  /** Why this is not the version that it should be. */
  store?: string | undefined;
}

/** The program and the place, if nothing has to be read for them: every webhook but a call's first, with few exceptions. */
export function findKnown(deps: Deps, { flow, at }: Target): Found | undefined {
  const program = at && knownVersion(deps, flow, at.hash);
  return program && { program, at };
}

/** Finds the program and the place, or says why there is none. */
export async function find(
  deps: Deps,
  { flow, road, at }: Target,
  event: Event,
  arrived: number,
  begins: string | undefined,
): Promise<Found | string> {
  const own: Version = at ? await findVersion(deps, flow, at.hash, arrived) : {};
  if (at && own.program) return { program: own.program, at };
  const { program, store } = await currentVersion(deps, flow, identityOf(event), arrived);
  if (!program) return unknownFlow(flow);
  if (at) return { program, at, isLost: true, store: own.store ?? store };
  const step = road === "voice" ? firstStep(program, event, begins) : program.onMessage;
  if (step === undefined) return `The flow "${flow}" has no onMessage, so it cannot answer text messages.`;
  if (program.isPart) return `The flow "${flow}" is a part: other flows run it, and no number can call it.`;
  if (road === "voice" && begins === undefined) countCall(deps, program);
  const { hash } = program;
  return { program, at: { road, flow, hash, step, block: "enter", rev: 0 }, store };
}

/** The step that a call begins at. A deploy can have removed or renamed the one that its ticket names. */
function firstStep({ steps, start, onMachine }: Program, event: Event, begins = start): string {
  if (Object.hasOwn(steps, begins)) return begins;
  return (/^machine/.test(event.params.AnsweredBy ?? "") && onMachine) || start;
}

/** Where the turn begins: at the place that the URL names, or anew if its version is lost. */
export function beginOf({ program, at, isLost }: Found, call: Call, event: Event) {
  return isLost
    ? { ...enterAnew(program, call, at.step), event: withoutInput(event) }
    : { call, place: at, event };
}
