/** A scripted caller's answers to waits, sessions, payments and transfers. */
import type { ConnectAnswer, PayAnswer, ReferAnswer, WaitAnswer } from "../leg/handset.ts";
import type { Connected, Paying, Referring, Waiting } from "../leg/moment.ts";
import { done, follow, nextAnswer, type Reading, unexpected, upcoming } from "./reading.ts";
import { isQueueWait, type ScriptStep } from "./scenario.ts";

/**
 * How long the caller waits. Asked once before anything of the wait is heard: then only a `wait` of no seconds is an
 * answer. A conference without a `wait` in the script begins as soon as its waiting room was heard.
 */
export async function answerWait(reading: Reading, waiting: Waiting): Promise<WaitAnswer> {
  reading.silences = 0;
  const ahead = upcoming(reading);
  const means = isQueueWait(ahead) ? ahead : undefined;
  if (waiting.passes === 0 && means?.wait !== 0) return "stay";
  if (!means && waiting.place === "conference") return { result: "bridged" };
  // What is pressed or said next is for what is asked meanwhile, and a hang-up can be for what is heard meanwhile.
  if (isEntered(ahead) && waiting.passes < MOST_PASSES) return "stay";
  const doing = `The call is waiting in the ${waiting.place} ${waiting.name}`;
  const step = await follow(reading, doing);
  if (reading.failure) return "hangup";
  if (step === "hangup") return done(reading, step, step);
  if (!isQueueWait(step)) return unexpected(reading, doing);
  if (waiting.seconds < step.wait) return "stay";
  if (step.status === "hangup") return done(reading, step, step.status);
  reading.talk = step;
  return done(reading, step, { result: step.status ?? "bridged" });
}

/** So often a caller hears out what is heard meanwhile, before it is plain that nothing will be asked. */
const MOST_PASSES = 100;

function isEntered(step: ScriptStep | undefined): boolean {
  return (
    step === "silence" || (typeof step === "object" && ("press" in step || "say" in step || "hear" in step))
  );
}

/** What the session ends with. */
export async function answerConnect(reading: Reading, { noun }: Connected): Promise<ConnectAnswer> {
  const doing = `The call is connected to a ${noun}`;
  const step = await nextAnswer(reading, doing);
  if (reading.failure) return "hangup";
  if (step === "hangup") return done(reading, step, step);
  if (typeof step !== "object" || !("connect" in step)) return unexpected(reading, doing);
  return done(reading, step, { fields: step.connect, seconds: 60 });
}

/** What comes of a payment. */
export async function answerPay(reading: Reading, _paying: Paying): Promise<PayAnswer> {
  const doing = "The call is taking a payment";
  const step = await nextAnswer(reading, doing);
  if (reading.failure) return "hangup";
  if (step === "hangup") return done(reading, step, step);
  if (typeof step !== "object" || !("pay" in step)) return unexpected(reading, doing);
  return done(reading, step, { result: step.pay, fields: step.fields ?? {} });
}

/** The result of a transfer. */
export async function answerRefer(reading: Reading, { to }: Referring): Promise<ReferAnswer> {
  const doing = `The call is referred to ${to}`;
  const step = await nextAnswer(reading, doing);
  if (reading.failure) return "hangup";
  if (step === "hangup") return done(reading, step, step);
  if (typeof step !== "object" || !("refer" in step)) return unexpected(reading, doing);
  return done(reading, step, { status: step.refer });
}
