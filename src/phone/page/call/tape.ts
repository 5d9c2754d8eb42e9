/**
 * A call written down while it is made: as a script that a test can play, and line by line as the scripted caller
 * tells of it, so that the two can be compared.
 */

import type { QueueResult } from "../../leg/handset.ts";
import type { Moment, Played, Waiting } from "../../leg/moment.ts";
import { describe } from "../../script/describe.ts";
import { type CalleeStep, type DialStatus, type ScriptStep, stepText } from "../../script/scenario.ts";
import { excerpt, fileOf } from "./excerpt.ts";

/** A call that is being written down. */
export interface Tape {
  /** The script's steps. A dial is a part of it before it is known what becomes of it: hence functions. */
  steps: (() => ScriptStep)[];
  /** One line for each thing that happened. */
  transcript: string[];
  /** Excerpts of what the caller heard since the last answer. */
  heard: string[];
  /** The dial that goes on. */
  dialled?: Dialled;
  /** The caller waits: what is not answered there is no silence worth writing down. */
  isWaiting: boolean;
}

/** A dial, and what has become of it so far. */
export interface Dialled {
  /** The address that was rung. */
  dial: string;
  callee: CalleeStep[];
  status: DialStatus;
}

/** A tape with nothing on it. */
export function newTape(): Tape {
  return { steps: [], transcript: [], heard: [], isWaiting: false };
}

/** The script so far. */
export function scriptOf(tape: Tape): ScriptStep[] {
  return tape.steps.map((step) => step());
}

/** The caller's phone heard something. */
export function tapeMoment(tape: Tape, moment: Moment): void {
  if (moment.kind === "said") tapeHeard(tape, excerpt(moment.text));
  if (moment.kind === "played") tapeHeard(tape, nameOf(moment));
  if (moment.kind === "waiting") tape.isWaiting = true;
  if (moment.kind === "webhook" && "QueueResult" in moment.params) tape.isWaiting = false;
  if (moment.kind === "bridged" && tape.dialled) tape.dialled.status = "completed";
  if (moment.kind === "ended") tapeEnd(tape, moment.by);
  note(tape, moment, "");
}

/** How often a wait begins again depends on who waits: what is heard in it is written down once. */
function tapeHeard({ heard, isWaiting }: Tape, text: string): void {
  if (!isWaiting || !heard.includes(text)) heard.push(text);
}

/** The called phone heard something. */
export function tapeCallee(tape: Tape, moment: Moment): void {
  const { dialled } = tape;
  if (!dialled) return;
  if (moment.kind === "said") dialled.callee.push({ hears: excerpt(moment.text) });
  if (moment.kind === "played") dialled.callee.push({ hears: nameOf(moment) });
  note(tape, moment, `  at ${dialled.dial}: `);
}

/** The called phone pressed keys. */
export function tapeCalleeKeys({ dialled, transcript }: Tape, digits: string): void {
  if (!dialled) return;
  const step: CalleeStep = { presses: digits };
  dialled.callee.push(step);
  transcript.push(`  at ${dialled.dial}: > ${stepText(step)}`);
}

/** The caller did something. */
export function tapeStep(tape: Tape, step: ScriptStep): void {
  add(tape, () => step);
  tape.transcript.push(`> ${stepText(step)}`);
}

/** A wait was over. */
export function tapeWait(tape: Tape, { place, seconds, passes }: Waiting, status: QueueResult): void {
  const { dialled } = tape;
  // In a script, 0 is no waiting at all: whoever heard what is heard meanwhile has waited, however quick that was.
  const wait = passes > 0 ? Math.max(1, seconds) : seconds;
  tapeStep(tape, { wait, ...(status !== "bridged" && { status }) });
  // A conference is waited for within its dial, which goes on.
  if (place === "conference" && dialled) tape.dialled = dialled;
}

/** Somebody was rung. */
export function tapeDial(tape: Tape, dialled: Dialled): void {
  add(tape, () => stepOf(dialled));
  tape.dialled = dialled;
  tape.transcript.push(`> ${stepText({ dial: dialled.dial })}`);
}

function stepOf({ dial, callee, status }: Dialled): ScriptStep {
  return {
    dial,
    ...(callee.length > 0 && { callee: [...callee] }),
    ...(status !== "completed" && { status }),
  };
}

// A scripted caller says nothing where the call is over by itself: neither does the transcript.
function tapeEnd(tape: Tape, by: "caller" | "flow" | "problem"): void {
  const last = tape.steps.at(-1)?.();
  if (by === "flow") add(tape, () => "end");
  else if (last !== "hangup") add(tape, () => "hangup");
}

function add(tape: Tape, step: () => ScriptStep): void {
  for (const hear of tape.heard.splice(0)) if (hear !== "") tape.steps.push(() => ({ hear }));
  delete tape.dialled;
  tape.steps.push(step);
}

/** What a recording is called where it is known, which a new version of the file does not change. */
function nameOf({ audio, url }: Played): string {
  return audio?.name ?? fileOf(url);
}

function note(tape: Tape, moment: Moment, margin: string): void {
  const line = describe(moment);
  if (line) tape.transcript.push(margin + line);
}
