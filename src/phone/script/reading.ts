/**
 * Progress of a script through a call: what was heard, the next step, and the first failure.
 */

import { type CalleePart, faultOfPart } from "./callee.ts";
import { type Ear, find, forget, remaining } from "./ear.ts";
import {
  type DeliveryStep,
  isPause,
  isSentStep,
  isText,
  type ScriptStep,
  type SentStep,
  stepText,
  type Talk,
} from "./scenario.ts";

/** What a script needs from the place it is played in. */
export interface Surroundings {
  /** The numbers, names or addresses of a destination; none for an unknown name. */
  resolve(name: string): readonly string[];
  /** Why a step about what was sent does not hold; undefined if it does. */
  happened?(step: SentStep): string | undefined;
  /** Reports on a message's delivery; returns why it cannot. */
  delivered?(step: DeliveryStep): Promise<string | undefined>;
  /** Minutes until the flow places the call that no one has answered again; undefined if it does not. Asked once a call. */
  placesAgain?(): number | undefined;
  /** Gets what was heard before each answer of the script, by its place in it, and before the end of the call. */
  answered?(step: number, heard: readonly string[]): void;
  /** What has gone wrong outside the call, as a sentence, such as a service without an answer. */
  wrong?(): string | undefined;
}

/** The first step that did not hold. */
export interface Failure {
  /** The step's place in the script, from 0; the script's length if it had ended. */
  step: number;
  /** A sentence: what the call did, and what the script says. */
  message: string;
  /** What was heard since the last answer. */
  heard: readonly string[];
  /** So many lines of the transcript come before it. */
  after: number;
}

/** A script being followed. */
export interface Reading {
  stage: Surroundings;
  script: readonly ScriptStep[];
  /** The next step. */
  at: number;
  ear: Ear;
  transcript: string[];
  /** How often the caller has said nothing because the script waits, in this pass of the wait. */
  silences: number;
  /** The current conversation, as the script describes it. */
  talk?: Talk;
  /** The caller hangs up while somebody else is asked something. */
  hangUp?: () => void;
  /** Reports a machine; false if the flow does not take such a verdict. */
  machine?: (verdict: string) => Promise<boolean>;
  /** The called phone of the last dial, until its part has been checked. */
  callee?: CalleePart;
  failure?: Failure;
}

/**
 * Follows the script to the step that must be an answer now, once the called phone's part is checked.
 * @param doing what the call does that wants an answer, as a sentence without its full stop
 */
export async function nextAnswer(reading: Reading, doing?: string): Promise<ScriptStep | undefined> {
  const fault = reading.callee && faultOfPart(reading.callee);
  if (fault) fail(reading, fault, reading.at - 1);
  delete reading.callee;
  return follow(reading, doing);
}

/** Reports what has gone wrong outside the call at the line that led to it: the last one that was followed. */
export function checkOutside(reading: Reading): void {
  const wrong = reading.stage.wrong?.();
  if (wrong) fail(reading, wrong, reading.at - 1);
}

/** Follows the script through what was heard and sent, to the step that must be an answer now; `hangup` if that is part of a `hear`. */
export async function follow(reading: Reading, doing?: string): Promise<ScriptStep | undefined> {
  checkOutside(reading);
  for (;;) {
    const step = await followSent(reading);
    if (typeof step !== "object" || !("hear" in step)) return step;
    if (!find(reading.ear, step.hear)) {
      const now = doing === undefined ? "" : ` ${doing}.`;
      fail(
        reading,
        `The script says ${stepText(step)}, which was not heard.${now} ${remaining(reading.ear)}${adviceAfterText(reading)}`,
      );
      return undefined;
    }
    if (step.hangup) return "hangup";
    reading.at++;
  }
}

/**
 * Whether the script's next lines are heard by now, and the last of them hangs up. If so, the script continues after it. What
 * an answer would follow, and lines about what was sent, need the call to ask for something first.
 */
export function cutsShort(reading: Reading): boolean {
  const { script, at, ear } = reading;
  const copy = { ...ear };
  for (let index = at; ; index++) {
    const step = script[index];
    if (typeof step !== "object" || !("hear" in step) || !find(copy, step.hear)) return false;
    if (!step.hangup) continue;
    reading.at = index;
    return done(reading, step, true);
  }
}

/** Follows the script through what must have been sent, and what Twilio reports on it. */
export async function followSent(reading: Reading): Promise<ScriptStep | undefined> {
  for (;;) {
    const step = reading.script[reading.at];
    if (step === undefined || !isSentStep(step)) return step;
    const isReport = typeof step === "object" && "delivery" in step;
    const wrong = isReport ? await reading.stage.delivered?.(step) : reading.stage.happened?.(step);
    if (wrong) fail(reading, wrong);
    if (isReport) reading.transcript.push(`> ${stepText(step)}`);
    reading.at++;
  }
}

/** The next step that the caller does something by, without following the script there. */
export function upcoming({ script, at }: Reading): ScriptStep | undefined {
  const isHeard = (step: ScriptStep): boolean => typeof step === "object" && "hear" in step && !step.hangup;
  return script.slice(at).find((step) => !isHeard(step) && !isSentStep(step));
}

/** Takes a step as answered: what was heard before it no longer counts. */
export function done<T>(reading: Reading, step: ScriptStep, answer: T): T {
  reading.transcript.push(`> ${stepText(step)}`);
  reading.stage.answered?.(reading.at, reading.ear.heard);
  reading.at++;
  forget(reading.ear);
  return answer;
}

/** The call does something that the script does not have here: the caller hangs up. */
export function unexpected(reading: Reading, doing: string): "hangup" {
  const step = reading.script[reading.at];
  const says = step ? `says ${stepText(step)}` : "has ended";
  fail(reading, `${doing}, but the script ${says}.${adviceAfterText(reading)}`);
  return "hangup";
}

/** What may have been meant by the first line of a call that comes directly after a text message. */
function adviceAfterText({ script, at }: Reading): string {
  const step = script[at];
  const before = script.slice(0, at).findLast((one) => !isSentStep(one));
  if (typeof step !== "object" || !(isText(before) || isPause(before))) return "";
  if ("hear" in step) return " This line begins a call: a reply by text is an `sms` line.";
  if (!("wait" in step && typeof step.wait === "number")) return "";
  return ` This line waits in a call: for time between text messages, write its unit, as in wait: ${step.wait}m.`;
}

/** Keeps the first failure; later ones follow from it. */
export function fail(reading: Reading, message: string, step = reading.at): void {
  const { ear, transcript } = reading;
  reading.failure ??= { step, message, heard: [...ear.heard], after: transcript.length };
}
