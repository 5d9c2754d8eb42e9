/** A scripted caller's answers to gathers, recordings and ringing phones. */

import type { GatherAnswer, RecordAnswer, RingAnswer } from "../leg/handset.ts";
import type { Gathering, Ringing } from "../leg/moment.ts";
import { nameOf } from "../leg/noun.ts";
import { calledHandset, newPart } from "./callee.ts";
import { wanted } from "./describe.ts";
import { done, fail, nextAnswer, type Reading, unexpected } from "./reading.ts";
import { isQueueWait } from "./scenario.ts";

/** How often a waiting caller stays silent before the script fails: the wait could go on forever. */
const MOST_SILENCES = 100;

/** Keys, words or silence. A caller who waits in a queue is silent until the script says otherwise. */
export async function answerGather(reading: Reading, gathering: Gathering): Promise<GatherAnswer> {
  const asked = `The call is waiting for ${wanted(gathering)}`;
  const step = await nextAnswer(reading, asked);
  if (reading.failure) return "hangup";
  if (step === "silence" || step === "hangup") return done(reading, step, step);
  if (typeof step === "object" && "machine" in step) return answerAsMachine(reading, step.machine);
  if (isQueueWait(step)) {
    const again = `The call asks for ${wanted(gathering)} repeatedly while it waits`;
    return reading.silences++ < MOST_SILENCES ? "silence" : unexpected(reading, again);
  }
  if (typeof step === "object" && "press" in step && gathering.input.includes("dtmf")) {
    return done(reading, step, { digits: step.press });
  }
  if (typeof step === "object" && "say" in step && gathering.input.includes("speech")) {
    return done(reading, step, { speech: step.as ?? step.say });
  }
  return unexpected(reading, asked);
}

/** A machine says nothing that the gather takes; its detection moves the call. */
async function answerAsMachine(reading: Reading, verdict: string): Promise<GatherAnswer> {
  if (await reading.machine?.(verdict)) return done(reading, { machine: verdict }, "silence");
  fail(reading, "The script says that a machine was detected, but the flow has no `onMachine`.");
  return "hangup";
}

/** A message of so many seconds. */
export async function answerRecord(reading: Reading): Promise<RecordAnswer> {
  const doing = "The call is recording a message";
  const step = await nextAnswer(reading, doing);
  if (reading.failure) return "hangup";
  if (step === "silence" || step === "hangup") return done(reading, step, step);
  if (typeof step === "object" && "record" in step) {
    if (step.record === "silence") return done(reading, step, "silence");
    const message = { seconds: step.record, words: step.words ?? "" };
    return done(reading, step, step.hangup ? { ...message, hangup: true } : message);
  }
  return unexpected(reading, doing);
}

/** Who picks up, and how it ends. */
export async function answerRing(reading: Reading, ringing: Ringing): Promise<RingAnswer> {
  const rung = ringing.callees.map(nameOf);
  const doing = `The call is ringing ${rung.join(" and ")}`;
  const step = await nextAnswer(reading, doing);
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
  // A callee with a part in the script picks up even if the dial fails.
  if (missed && callee.length === 0) return done(reading, step, { status: missed });
  reading.talk = step;
  reading.callee = newPart({
    name: rung[answered] ?? "",
    steps: callee,
    accepts: status === "completed",
    abandon: () => reading.hangUp?.(),
    isAbandoned: step.ends === "caller",
  });
  const handset = calledHandset(reading.callee, reading.transcript);
  return done(reading, step, { answered, handset, ...(missed && { left: missed }) });
}
