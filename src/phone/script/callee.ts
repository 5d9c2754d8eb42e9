/**
 * The scripted person who is rung: hears the document that comes before the connection, and answers its gathers.
 */

import type { CalledHandset, GatherAnswer } from "../leg/handset.ts";
import type { Gathering, Moment } from "../leg/moment.ts";
import { describe, wanted } from "./describe.ts";
import { type Ear, find, forget, listen, newEar, remaining } from "./ear.ts";
import { type CalleeAnswer, type CalleeStep, stepText } from "./scenario.ts";

/** A called phone in a script. */
export interface CalleePart {
  /** The address that was rung. */
  name: string;
  steps: readonly CalleeStep[];
  /** Whether the person means to take the call. */
  accepts: boolean;
  /** The caller hangs up. */
  abandon: () => void;
  /** The caller does not wait for an answer that the script does not have. */
  isAbandoned: boolean;
  /** Set once the caller has hung up before the connection. */
  abandoned: boolean;
  /** Set once the legs are connected. */
  bridged: boolean;
  /** The next step. */
  at: number;
  ear: Ear;
  /** Set once this person has hung up in the middle of something. */
  gone: boolean;
  /** How often somebody who does not accept has said nothing. */
  silences: number;
  /** What first did not go as written. */
  fault?: string;
}

/** So many times somebody who does not accept says nothing; then that phone is hung up. */
const MOST_SILENCES = 20;

/** A called phone that has just been picked up. */
export function newPart(
  rung: Pick<CalleePart, "name" | "steps" | "accepts" | "abandon" | "isAbandoned">,
): CalleePart {
  return { ...rung, bridged: false, abandoned: false, gone: false, at: 0, ear: newEar(), silences: 0 };
}

/** The handset of a called phone; what happens there goes into `transcript` too. */
export function calledHandset(part: CalleePart, transcript: string[]): CalledHandset {
  const note = (line: string) => transcript.push(`  at ${part.name}: ${line}`);
  return {
    hear: (moment) => hear(part, moment, note),
    gather: (gathering) => answer(part, gathering, note),
    isGone: () => part.gone,
  };
}

/** Once the dial is over: what did not go as written, as a sentence; undefined if all did. */
export function faultOfPart(part: CalleePart): string | undefined {
  const { name, accepts, bridged, abandoned } = part;
  const step = follow(part);
  if (step) fail(part, `${name} is not asked for ${askedFor(step)}, but the script says ${stepText(step)}.`);
  if (accepts && !bridged && !abandoned) fail(part, `${name} accepts the call but is not connected.`);
  if (!accepts && bridged) fail(part, `${name} declines the call but is connected.`);
  return part.fault;
}

function hear(part: CalleePart, moment: Moment, note: (line: string) => void): void {
  if (moment.kind === "said") listen(part.ear, moment.text);
  if (moment.kind === "played") listen(part.ear, moment.audio?.name ?? moment.url);
  const line = describe(moment);
  if (line) note(line);
  if (moment.kind === "said" || moment.kind === "played") cutShort(part, note);
  if (moment.kind === "problem") fail(part, `At ${part.name}, the carrier reports a ${line}`);
}

/** The person, or the caller, hangs up if that is what the next lines say, and they are heard by now. */
function cutShort(part: CalleePart, note: (line: string) => void): void {
  const copy = { ...part.ear };
  for (let index = part.at; !part.gone; index++) {
    const step = part.steps[index];
    if (typeof step !== "object" || !("hears" in step) || !find(copy, step.hears)) return;
    if (!step.hangup) continue;
    part.gone = true;
    part.at = index + 1;
    note(`> ${stepText(step)}`);
    if (step.hangup === "caller") abandon(part);
  }
}

function abandon(part: CalleePart): void {
  part.abandoned = true;
  part.abandon();
}

function answer(part: CalleePart, gathering: Gathering, note: (line: string) => void): GatherAnswer {
  const step = follow(part);
  if (step) {
    part.at++;
    forget(part.ear);
    note(`> ${stepText(step)}`);
    return answerOf(step);
  }
  if (!part.accepts) return part.silences++ < MOST_SILENCES ? "silence" : "hangup";
  if (part.isAbandoned) {
    note("> hangup");
    abandon(part);
    return "hangup";
  }
  fail(part, `${part.name} is asked for ${wanted(gathering)}, but the script has none.`);
  return "hangup";
}

function answerOf(step: CalleeAnswer): GatherAnswer {
  if (typeof step === "string") return step;
  return "presses" in step ? { digits: step.presses } : { speech: step.says };
}

function askedFor(step: CalleeAnswer): string {
  if (typeof step === "string") return "anything";
  return "presses" in step ? "keys" : "words";
}

/** Follows the steps through what was heard, to the one that must be an answer. */
function follow(part: CalleePart): CalleeAnswer | undefined {
  for (;;) {
    const step = part.steps[part.at];
    if (typeof step !== "object" || !("hears" in step)) return step;
    const { ear, name } = part;
    if (!find(ear, step.hears) || step.hangup)
      fail(part, `${name} does not hear ${JSON.stringify(step.hears)}. ${remaining(ear)}`);
    part.at++;
  }
}

function fail(part: CalleePart, message: string): void {
  part.fault ??= message;
}
