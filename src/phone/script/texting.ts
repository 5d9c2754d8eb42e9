/** The text messages of a script, before and after its call, and the time between them: one conversation of two numbers. */
import { withQuery } from "../carrier.ts";
import type { Line } from "../leg/line.ts";
import type { Webhook } from "../leg/moment.ts";
import { sendText, type TextMessage } from "../text-message.ts";
import { done, fail, followSent, type Reading, type Surroundings } from "./reading.ts";
import {
  isPause,
  isSentStep,
  isText,
  numbersOf,
  type Scenario,
  secondsIn,
  type TextStep,
  type WaitStep,
} from "./scenario.ts";

/** Where text messages go. */
export interface TextStage extends Surroundings {
  line: Line;
  /** What the number's text messages are sent to. */
  messageUrl?: string;
  /** Gets each text message that comes back. */
  replied?(message: TextMessage): void;
  /** Gets every webhook of a text message, with its response. */
  seen?(webhook: Webhook): void;
  /** Gets each text message, and each time that passes, before what follows. */
  follows?(step: TextStep | WaitStep): void;
  /** Gets each text message before it is sent. */
  writes?(step: TextStep): void | Promise<void>;
  /**
   * Lets so many seconds pass, with what the flow does meanwhile; returns the messages that it sends. Without it, only the
   * line's clock moves.
   */
  passes?(seconds: number): Promise<readonly TextMessage[]>;
  /** The step at which the flow waits for a message; undefined if it waits for none. */
  waits?(): Promise<string | undefined>;
  /** The numbers of the person and of the line, unless a scenario names others; E.164. */
  from: string;
  to: string;
}

/** Follows a script from a text message or a wait to the first line of a call, or to its end. */
export async function followTexts(reading: Reading, stage: TextStage, scenario: Scenario): Promise<void> {
  for (
    let step = reading.script[reading.at];
    isText(step) || isPause(step) || isEndOfTexts(reading);
    step = await followSent(reading)
  ) {
    if (!isText(step) && !isPause(step)) {
      await end(reading, stage);
      continue;
    }
    stage.follows?.(step);
    const messages = isText(step)
      ? await write(reading, stage, scenario, step)
      : await wait(reading, stage, step);
    for (const { to, body } of messages) reading.transcript.push(`texts ${to}: ${body}`);
  }
}

/** Whether the next line is an `end` of what was written, and not of a call. */
export function isEndOfTexts({ script, at }: Pick<Reading, "script" | "at">): boolean {
  const before = script.slice(0, at).findLast((one) => !isSentStep(one));
  return script[at] === "end" && (isText(before) || isPause(before));
}

/** The conversation must be over. */
async function end(reading: Reading, stage: TextStage): Promise<void> {
  const step = await stage.waits?.();
  if (step !== undefined)
    fail(reading, `The flow still waits for a text message at "${step}", but the script says end.`);
  reading.transcript.push("> end");
  reading.at++;
}

async function write(
  reading: Reading,
  stage: TextStage,
  scenario: Scenario,
  step: TextStep,
): Promise<readonly TextMessage[]> {
  const { person, line } = numbersOf(scenario, stage.from, stage.to);
  const seed = `${scenario.name} ${reading.at}`;
  done(reading, step, undefined);
  await stage.writes?.(step);
  const { messages, problems } = await sendText(
    stage.line,
    withQuery(stage.messageUrl ?? "", scenario.parameters),
    { from: person, to: line, body: step.text, ...(step.media && { media: step.media }) },
    seed,
    stage.seen,
  );
  for (const message of messages) stage.replied?.(message);
  for (const { message } of problems) fail(reading, `The carrier reports a problem: ${message}`);
  return messages;
}

async function wait(
  reading: Reading,
  stage: TextStage,
  step: WaitStep & { wait: string },
): Promise<readonly TextMessage[]> {
  const seconds = secondsIn(step.wait);
  done(reading, step, undefined);
  if (stage.passes) return stage.passes(seconds);
  stage.line.clock.pass(seconds);
  return [];
}
