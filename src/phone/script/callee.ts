/**
 * The scripted person who is rung: hears the document that comes before the connection, and presses keys.
 */

import type { CalledHandset, GatherAnswer } from "../leg/handset.ts";
import type { Gathering, Moment } from "../leg/moment.ts";
import { describe, wanted } from "./describe.ts";
import { type Ear, find, listen, newEar } from "./ear.ts";
import { type CalleeStep, stepText } from "./scenario.ts";

/** A called phone in a script. */
export interface CalleePart {
  /** The address that was rung. */
  name: string;
  steps: readonly CalleeStep[];
  /** Whether the person means to take the call. */
  accepts: boolean;
  /** Set once the legs are connected. */
  bridged: boolean;
  /** The next step. */
  at: number;
  ear: Ear;
  /** How often somebody who does not accept has said nothing. */
  silences: number;
  /** What first did not go as written. */
  fault?: string;
}

/** So many times somebody who does not accept says nothing; then that phone is hung up. */
const MOST_SILENCES = 20;

/** A called phone that has just been picked up. */
export function newPart(name: string, steps: readonly CalleeStep[], accepts: boolean): CalleePart {
  return { name, steps, accepts, bridged: false, at: 0, ear: newEar(), silences: 0 };
}

/** The handset of a called phone; what happens there goes into `transcript` too. */
export function calledHandset(part: CalleePart, transcript: string[]): CalledHandset {
  const note = (line: string) => transcript.push(`  at ${part.name}: ${line}`);
  return {
    hear: (moment) => hear(part, moment, note),
    gather: (gathering) => answer(part, gathering, note),
  };
}

/** Once the dial is over: what did not go as written, as a sentence; undefined if all did. */
export function faultOfPart(part: CalleePart): string | undefined {
  const { name, accepts, bridged } = part;
  const step = follow(part);
  if (step) fail(part, `${name} is not asked for keys, but the script says ${stepText(step)}.`);
  if (accepts && !bridged) fail(part, `${name} accepts the call but is not connected.`);
  if (!accepts && bridged) fail(part, `${name} declines the call but is connected.`);
  return part.fault;
}

function hear(part: CalleePart, moment: Moment, note: (line: string) => void): void {
  if (moment.kind === "said") listen(part.ear, moment.text);
  if (moment.kind === "played") listen(part.ear, moment.audio?.name ?? moment.url);
  const line = describe(moment);
  if (line) note(line);
  if (moment.kind === "problem") fail(part, `At ${part.name}, the carrier reports a ${line}`);
}

function answer(part: CalleePart, gathering: Gathering, note: (line: string) => void): GatherAnswer {
  const step = follow(part);
  if (step) {
    part.at++;
    note(`> ${stepText(step)}`);
    return { digits: step.presses };
  }
  if (!part.accepts) return part.silences++ < MOST_SILENCES ? "silence" : "hangup";
  fail(part, `${part.name} is asked for ${wanted(gathering)}, but the script has none.`);
  return "hangup";
}

/** Follows the steps through what was heard, to the one that must be an answer. */
function follow(part: CalleePart): { presses: string } | undefined {
  for (;;) {
    const step = part.steps[part.at];
    if (!step || "presses" in step) return step;
    if (!find(part.ear, step.hears)) fail(part, `${part.name} does not hear ${JSON.stringify(step.hears)}.`);
    part.at++;
  }
}

function fail(part: CalleePart, message: string): void {
  part.fault ??= message;
}
