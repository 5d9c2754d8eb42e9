/**
 * A scripted caller: plays a scenario against a line and reports whether the call went as written, or the first step
 * that did not.
 */

import { type CallInProgress, type CallOptions, startCall } from "../carrier.ts";
import type { Handset } from "../leg/handset.ts";
import type { Ended, Moment } from "../leg/moment.ts";
import { answerGather, answerRecord, answerRing } from "./answers.ts";
import { describe, ENDINGS } from "./describe.ts";
import { listen, newEar } from "./ear.ts";
import {
  checkOutside,
  cutsShort,
  done,
  type Failure,
  fail,
  follow,
  nextAnswer,
  type Reading,
  unexpected,
  upcoming,
} from "./reading.ts";
import {
  isPause,
  isText,
  knownOf,
  minutesIn,
  numbersOf,
  type RetryStep,
  type Scenario,
  type ScriptStep,
  stepText,
  TALK_SECONDS,
} from "./scenario.ts";
import { answerConnect, answerPay, answerRefer, answerWait } from "./sessions.ts";
import { followTexts, type TextStage } from "./texting.ts";

export type { Failure } from "./reading.ts";

/** Where a scenario is played. */
export interface Stage extends TextStage {
  /** The voice webhook. */
  url: string;
  /** The number's status callback. */
  statusUrl?: string;
  /** Reports an asynchronous verdict on a call; returns the URL that the call moves to, if any. */
  machine?(sid: string, verdict: string): Promise<string | undefined>;
  /** Wraps the scripted caller, to watch it or to note what it does. */
  around?(caller: Handset): Handset;
  /** Gets each call that is begun. */
  begun?(call: CallInProgress): void;
}

/** How a scenario went. */
export interface ScenarioResult {
  name: string;
  /** Absent if the call went as written. */
  failure?: Failure;
  /** The call, line by line. */
  transcript: readonly string[];
}

/** Plays a scenario: text messages, one call at most, and text messages after it. Never throws for what the call does: that is a failure. */
export async function playScenario(stage: Stage, scenario: Scenario): Promise<ScenarioResult> {
  const reading: Reading = {
    stage,
    script: scenario.script,
    at: 0,
    ear: newEar(),
    transcript: [],
    silences: 0,
  };
  await followTexts(reading, stage, scenario);
  if (reading.at < scenario.script.length || scenario.script.length === 0) {
    await call(reading, stage, scenario);
    if (!reading.failure) await followTexts(reading, stage, scenario);
    if (!reading.failure && reading.at < scenario.script.length) unexpected(reading, "The call is over");
  }
  checkOutside(reading);
  const { failure, transcript } = reading;
  return { name: scenario.name, transcript, ...(failure && { failure }) };
}

/** Makes the scenario's call, and those by which the flow places it again. */
async function call(reading: Reading, stage: Stage, scenario: Scenario): Promise<void> {
  const options = optionsOf(stage, scenario);
  let again = await play(reading, stage, options);
  for (let tries = 1; again; tries++) {
    stage.line.clock.pass(minutesIn(again.retry) * 60);
    const { unanswered: _, ...placed } = options;
    const { unanswered } = again;
    const seed = `${options.seed} ${tries}`;
    again = await play(reading, stage, { ...placed, seed, ...(unanswered && { unanswered }) });
  }
}

/** Plays one call; returns the line by which the flow places another. */
async function play(reading: Reading, stage: Stage, options: CallOptions): Promise<RetryStep | undefined> {
  const caller = scripted(reading);
  const call = startCall(stage.line, options, stage.around?.(caller) ?? caller);
  reading.hangUp = call.hangUp;
  stage.begun?.(call);
  reading.machine = async (verdict) => {
    const url = await stage.machine?.(call.sid, verdict);
    if (url !== undefined) call.move(url);
    return url !== undefined;
  };
  return finish(reading, await call.ended);
}

function optionsOf(stage: Stage, scenario: Scenario): CallOptions {
  const { name, answeredBy, unanswered, caller = {}, direction } = scenario;
  const { from, to } = numbersOf(scenario, stage.from, stage.to);
  return {
    url: stage.url,
    from,
    to,
    ...(direction === "outbound" && { direction }),
    seed: `${stage.url} ${name}`,
    ...(stage.statusUrl !== undefined && { statusUrl: stage.statusUrl }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(unanswered !== undefined && { unanswered }),
    ...(scenario.queue && { queue: scenario.queue }),
    ...(scenario.parameters && { parameters: scenario.parameters }),
    ...knownOf(caller),
  };
}

function scripted(reading: Reading): Handset {
  return {
    hear: (moment) => hear(reading, moment),
    gather: (gathering) => answerGather(reading, gathering),
    record: () => answerRecord(reading),
    ring: (ringing) => answerRing(reading, ringing),
    talk: () => {
      if (reading.callee) reading.callee.bridged = true;
      const { seconds = TALK_SECONDS, ends = "callee" } = reading.talk ?? {};
      return { seconds, by: ends };
    },
    wait: (waiting) => answerWait(reading, waiting),
    connect: (connected) => answerConnect(reading, connected),
    pay: (paying) => answerPay(reading, paying),
    refer: (referring) => answerRefer(reading, referring),
  };
}

function hear(reading: Reading, moment: Moment): void {
  if (moment.kind === "said") listen(reading.ear, moment.text);
  if (moment.kind === "played") listen(reading.ear, moment.audio?.name ?? moment.url);
  const line = describe(moment);
  if (line) reading.transcript.push(line);
  if (moment.kind === "problem") fail(reading, `The carrier reports a ${line}`);
  if ((moment.kind === "said" || moment.kind === "played") && cutsShort(reading)) reading.hangUp?.();
}

async function finish(reading: Reading, ended: Ended): Promise<RetryStep | undefined> {
  if (ended.by === "unanswered") checkRetry(reading);
  reading.stage.answered?.(reading.at, reading.ear.heard);
  let step = await nextAnswer(reading);
  let isStated = ended.by === "caller";
  if (step === "hangup" || (step === "end" && (ended.by === "flow" || ended.by === "unanswered"))) {
    reading.at++;
    isStated = true;
    // After the call, the script can still check what was sent once the caller was gone.
    step = await follow(reading);
  }
  if (reading.failure) return undefined;
  if (isRetry(step) && ended.by === "unanswered") return done(reading, step, step);
  // What is texted once the call is over does not belong to it.
  if (step && !(isStated && (isText(step) || isPause(step))))
    unexpected(reading, `The call is over: ${ENDINGS[ended.by]}`);
  return undefined;
}

/** Compares when the flow places its call again with what the script says. */
function checkRetry(reading: Reading): void {
  const wait = reading.stage.placesAgain?.();
  const step = upcoming(reading);
  const wanted = isRetry(step) ? minutesIn(step.retry) : undefined;
  if (wait === wanted) return;
  const does = wait === undefined ? "does not call again" : `calls again after ${wait} minutes`;
  fail(
    reading,
    `No one answers, and the flow ${does}, but the script has ${isRetry(step) ? stepText(step) : "no `retry` here"}.`,
  );
}

function isRetry(step: ScriptStep | undefined): step is RetryStep {
  return typeof step === "object" && "retry" in step;
}
