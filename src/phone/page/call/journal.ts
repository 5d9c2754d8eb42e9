/**
 * The journal of a call, written while it is made: a script that a test can play, and a transcript in the scripted
 * caller's format, so that the two can be compared.
 */

import type { GatherAnswer, QueueResult } from "../../leg/handset.ts";
import type { Moment, Played, Waiting } from "../../leg/moment.ts";
import { describe } from "../../script/describe.ts";
import {
  type CalleeStep,
  type DialStatus,
  type Ends,
  type ScriptStep,
  stepText,
  TALK_SECONDS,
} from "../../script/scenario.ts";
import { excerpt, fileOf } from "./excerpt.ts";

/** The journal of a call. */
export interface Journal {
  /** The script's steps; functions, because a dial's outcome is known only later. */
  steps: (() => ScriptStep)[];
  /** One line for each thing that happened. */
  transcript: string[];
  /** Excerpts of what the caller heard since the last answer. */
  heard: string[];
  /** The current dial. */
  dialled?: Dialled;
  /** The caller waits in a queue or conference: unanswered gathers there are not written as silence. */
  isWaiting: boolean;
}

/** A dial, and what has become of it so far. */
interface Dialled {
  /** The address that was rung. */
  dial: string;
  callee: CalleeStep[];
  status: DialStatus;
  /** Who hung up before the two were connected. */
  ends?: Ends;
  /** How long the two talked. */
  seconds?: number;
}

/** A journal with nothing in it. */
export function newJournal(): Journal {
  return { steps: [], transcript: [], heard: [], isWaiting: false };
}

/** The script so far. */
export function scriptOf(journal: Journal): ScriptStep[] {
  return journal.steps.map((step) => step());
}

/** The caller's phone heard something. */
export function journalMoment(journal: Journal, moment: Moment): void {
  if (moment.kind === "said") journalHeard(journal, excerpt(moment.text));
  if (moment.kind === "played") journalHeard(journal, nameOf(moment));
  if (moment.kind === "waiting") journal.isWaiting = true;
  if (moment.kind === "webhook" && "QueueResult" in moment.params) journal.isWaiting = false;
  if (moment.kind === "bridged" && journal.dialled) journal.dialled.status = "completed";
  if (moment.kind === "ended" && moment.by !== "unanswered") journalEnd(journal, moment.by);
  note(journal, moment, "");
}

/** The number of passes of a wait depends on the person, so what is heard in it is written once. */
function journalHeard({ heard, isWaiting }: Journal, text: string): void {
  if (!isWaiting || !heard.includes(text)) heard.push(text);
}

/** The called phone heard something. */
export function journalCallee(journal: Journal, moment: Moment): void {
  const { dialled } = journal;
  if (!dialled) return;
  if (moment.kind === "said") dialled.callee.push({ hears: excerpt(moment.text) });
  if (moment.kind === "played") dialled.callee.push({ hears: nameOf(moment) });
  note(journal, moment, `  at ${dialled.dial}: `);
}

/** The called phone answered a gather. */
export function journalCalleeAnswer({ dialled, transcript }: Journal, answer: GatherAnswer): void {
  if (!dialled) return;
  const step = calleeStepOf(answer);
  dialled.callee.push(step);
  transcript.push(`  at ${dialled.dial}: > ${stepText(step)}`);
}

function calleeStepOf(answer: GatherAnswer): CalleeStep {
  if (typeof answer === "string") return answer;
  return "digits" in answer ? { presses: answer.digits } : { says: answer.speech };
}

/** The caller did something. */
export function journalStep(journal: Journal, step: ScriptStep): void {
  add(journal, () => step);
  journal.transcript.push(`> ${stepText(step)}`);
}

/** A wait was over. */
export function journalWait(
  journal: Journal,
  { place, seconds, passes }: Waiting,
  status: QueueResult,
): void {
  const { dialled } = journal;
  // In a script, 0 means no wait at all: after one pass it is at least 1.
  const wait = passes > 0 ? Math.max(1, seconds) : seconds;
  journalStep(journal, { wait, ...(status !== "bridged" && { status }) });
  // The wait for a conference is part of its dial, which continues.
  if (place === "conference" && dialled) journal.dialled = dialled;
}

/** Somebody was rung. */
export function journalDial(journal: Journal, dialled: Dialled): void {
  add(journal, () => stepOf(dialled));
  journal.dialled = dialled;
  journal.transcript.push(`> ${stepText({ dial: dialled.dial })}`);
}

/** A conversation is over. */
export function journalTalk({ dialled }: Journal, seconds: number): void {
  if (dialled && seconds !== TALK_SECONDS) dialled.seconds = seconds;
}

function stepOf({ dial, callee, status, ends, seconds }: Dialled): ScriptStep {
  return {
    dial,
    ...(callee.length > 0 && { callee: [...callee] }),
    ...(status !== "completed" && { status }),
    ...(ends && { ends }),
    ...(seconds !== undefined && { seconds }),
  };
}

// A scripted caller has no line for a call that ends on its own, so the transcript has none either.
function journalEnd(journal: Journal, by: "caller" | "flow" | "problem"): void {
  if (by === "caller" && journal.dialled?.status === "declined") journalAbandoned(journal.dialled);
  const last = journal.steps.at(-1)?.();
  if (by === "flow") add(journal, () => "end");
  else if (last !== "hangup") add(journal, hangingUp(journal.heard));
}

/** Hanging up: in the middle of what was heard last, if nothing was asked since. */
function hangingUp(heard: string[]): () => ScriptStep {
  const hear = heard.findLast((text) => text !== "");
  if (hear === undefined) return () => "hangup";
  heard.length = heard.lastIndexOf(hear);
  return () => ({ hear, hangup: true });
}

/** The caller hung up while the called person was asked something; closing that phone is not an answer of its own. */
function journalAbandoned(dialled: Dialled): void {
  dialled.status = "completed";
  dialled.ends = "caller";
  if (dialled.callee.at(-1) === "hangup") dialled.callee.pop();
}

function add(journal: Journal, step: () => ScriptStep): void {
  for (const hear of journal.heard.splice(0)) if (hear !== "") journal.steps.push(() => ({ hear }));
  delete journal.dialled;
  journal.steps.push(step);
}

/** A recording's own name if it is known: a new version of the file does not change it. */
function nameOf({ audio, url }: Played): string {
  return audio?.name ?? fileOf(url);
}

function note(journal: Journal, moment: Moment, margin: string): void {
  const line = describe(moment);
  if (line) journal.transcript.push(margin + line);
}
