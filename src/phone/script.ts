/**
 * A scripted caller: plays a scenario against a line and says whether the call went as written, or where it first
 * did not.
 */

import { type CallOptions, startCall } from "./carrier.ts";
import { describe, ENDINGS, wanted } from "./describe.ts";
import { type Ear, find, forget, listen, newEar } from "./ear.ts";
import type { GatherAnswer, Handset, RecordAnswer, RingAnswer } from "./handset.ts";
import type { Line } from "./line.ts";
import type { Ended, Gathering, Moment, Ringing } from "./moment.ts";
import { nameOf } from "./noun.ts";
import { type RequestStep, type Scenario, type ScriptStep, type SmsStep, stepText } from "./scenario.ts";
import { type CalleePart, calledHandset, faultOfPart, newPart } from "./script-callee.ts";

/** Where a scenario is played. */
export interface Stage {
  line: Line;
  /** The voice webhook. */
  url: string;
  /** The number's status callback. */
  statusUrl?: string;
  /** Who calls and who is called where the scenario does not say; E.164. */
  from: string;
  to: string;
  /** The numbers, names or addresses behind a destination's name; none for a name it does not know. */
  resolve(name: string): readonly string[];
  /** What is wrong where a script says that something was sent; undefined where it was. */
  happened?(step: RequestStep | SmsStep): string | undefined;
}

/** The first step that did not hold. */
export interface Failure {
  /** The step's place in the script, from 0; the script's length where it had nothing left. */
  step: number;
  /** A sentence: what the call did, and what the script says. */
  message: string;
  /** What was heard since the last answer. */
  heard: readonly string[];
}

/** How a scenario went. */
export interface ScenarioResult {
  name: string;
  /** Absent where the call went as written. */
  failure?: Failure;
  /** The call, line by line. */
  transcript: readonly string[];
}

/** Plays a scenario. Never throws for what the call does: that is a failure. */
export async function playScenario(stage: Stage, scenario: Scenario): Promise<ScenarioResult> {
  const reading: Reading = { stage, script: scenario.script, at: 0, ear: newEar(), transcript: [] };
  const ended = await startCall(stage.line, optionsOf(stage, scenario), scripted(reading)).ended;
  finish(reading, ended);
  const { failure, transcript } = reading;
  return { name: scenario.name, transcript, ...(failure && { failure }) };
}

function optionsOf(stage: Stage, scenario: Scenario): CallOptions {
  const { from = stage.from, to = stage.to, name, answeredBy } = scenario;
  return {
    url: stage.url,
    from,
    to,
    seed: `${stage.url} ${name}`,
    ...(stage.statusUrl !== undefined && { statusUrl: stage.statusUrl }),
    ...(answeredBy !== undefined && { answeredBy }),
  };
}

interface Reading {
  stage: Stage;
  script: readonly ScriptStep[];
  /** The next step. */
  at: number;
  ear: Ear;
  transcript: string[];
  /** The called phone of the dial before, until its part has been looked over. */
  callee?: CalleePart;
  failure?: Failure;
}

function scripted(reading: Reading): Handset {
  return {
    hear: (moment) => hear(reading, moment),
    gather: (gathering) => answerGather(reading, gathering),
    record: () => answerRecord(reading),
    ring: (ringing) => answerRing(reading, ringing),
    talk: () => {
      if (reading.callee) reading.callee.bridged = true;
      return { seconds: 60, by: "callee" };
    },
  };
}

function hear(reading: Reading, moment: Moment): void {
  if (moment.kind === "said") listen(reading.ear, moment.text);
  if (moment.kind === "played") listen(reading.ear, moment.url);
  const line = describe(moment);
  if (line) reading.transcript.push(line);
  if (moment.kind === "problem") fail(reading, `The carrier reports a ${line}`);
}

function answerGather(reading: Reading, gathering: Gathering): GatherAnswer {
  const step = nextAnswer(reading);
  const asked = `The call is waiting for ${wanted(gathering)}`;
  if (reading.failure) return "hangup";
  if (step === "silence" || step === "hangup") return done(reading, step, step);
  if (typeof step === "object" && "press" in step && gathering.input.includes("dtmf")) {
    return done(reading, step, { digits: step.press });
  }
  if (typeof step === "object" && "say" in step && gathering.input.includes("speech")) {
    return done(reading, step, { speech: step.say });
  }
  return unexpected(reading, asked);
}

function answerRecord(reading: Reading): RecordAnswer {
  const step = nextAnswer(reading);
  if (reading.failure) return "hangup";
  if (step === "silence" || step === "hangup") return done(reading, step, step);
  if (typeof step === "object" && "record" in step) {
    return done(reading, step, step.record === "silence" ? "silence" : { seconds: step.record });
  }
  return unexpected(reading, "The call is recording a message");
}

function answerRing(reading: Reading, ringing: Ringing): RingAnswer {
  const step = nextAnswer(reading);
  const rung = ringing.callees.map(nameOf);
  const doing = `The call is ringing ${rung.join(" and ")}`;
  if (reading.failure) return "hangup";
  if (step === "hangup") return done(reading, step, step);
  if (typeof step !== "object" || !("dial" in step)) return unexpected(reading, doing);
  const known = [step.dial, ...reading.stage.resolve(step.dial)];
  const answered = ringing.callees.findIndex(
    (callee) => known.includes(nameOf(callee)) || known.includes(callee.target),
  );
  if (answered < 0) return unexpected(reading, doing);
  const { status = "completed", callee = [] } = step;
  const missed = status === "completed" || status === "declined" ? undefined : status;
  // A callee with a part in the script picks up even where the dial comes to nothing.
  if (missed && callee.length === 0) return done(reading, step, { status: missed });
  reading.callee = newPart(rung[answered] ?? "", callee, status === "completed");
  const handset = calledHandset(reading.callee, reading.transcript);
  return done(reading, step, { answered, handset, ...(missed && { left: missed }) });
}

/** Follows the script through what was heard, to the step that must be an answer now. */
function nextAnswer(reading: Reading): ScriptStep | undefined {
  const fault = reading.callee && faultOfPart(reading.callee);
  if (fault) fail(reading, fault, reading.at - 1);
  delete reading.callee;
  for (;;) {
    const step = reading.script[reading.at];
    if (typeof step === "object" && ("request" in step || "sms" in step)) {
      const missing = reading.stage.happened?.(step);
      if (missing) fail(reading, missing);
      reading.at++;
      continue;
    }
    if (typeof step !== "object" || !("hear" in step)) return step;
    if (!find(reading.ear, step.hear)) {
      fail(reading, `The script says ${stepText(step)}, and that is not what was heard.`);
      return undefined;
    }
    reading.at++;
  }
}

function done<T>(reading: Reading, step: ScriptStep, answer: T): T {
  reading.transcript.push(`> ${stepText(step)}`);
  reading.at++;
  forget(reading.ear);
  return answer;
}

function unexpected(reading: Reading, doing: string): "hangup" {
  const step = reading.script[reading.at];
  fail(reading, `${doing}, and the script ${step ? `says ${stepText(step)}` : "has ended"}.`);
  return "hangup";
}

function finish(reading: Reading, ended: Ended): void {
  let step = nextAnswer(reading);
  if (step === "hangup" || (step === "end" && ended.by === "flow")) step = reading.script[++reading.at];
  if (step) unexpected(reading, `The call is over: ${ENDINGS[ended.by]}`);
}

/** Keeps the first failure; later ones follow from it. */
function fail(reading: Reading, message: string, step = reading.at): void {
  reading.failure ??= { step, message, heard: [...reading.ear.heard] };
}
