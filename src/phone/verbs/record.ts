/**
 * `<Record>`: takes a message and requests the action with it. An empty recording requests nothing and falls
 * through to the next verb. Source: TwiML Record.
 */
import { requestFor, type TwimlDocument } from "../leg/document.ts";
import type { RecordAnswer } from "../leg/handset.ts";
import { type CallerLeg, emit, hangUp } from "../leg/leg.ts";
import type { Recording } from "../leg/moment.ts";
import type { Step } from "../leg/player.ts";
import { aboutTape, makeTape, reportTape, reportTranscript } from "../leg/tape.ts";
import { send } from "../leg/webhook.ts";
import type { Element } from "../twiml/element.ts";

/** Plays a `<Record>`. A caller who hangs up still leaves the message: Twilio sends `Digits=hangup`. */
export async function record(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  const recording = read(element.attributes);
  await emit(leg, recording);
  const answer = leg.call.gone ? "hangup" : await leg.handset.record(recording);
  leg.call.sinceInput = 0;
  const message = recorded(answer, recording);
  leg.call.line.clock.pass(message.lasted);
  const tape = makeTape(leg, message.seconds, "RecordVerb", 1);
  if (answer === "silence") {
    reportTape(leg, element, document, tape);
    return "next";
  }
  if (message.digits === "hangup") hangUp(leg);
  const { action, method } = element.attributes;
  const digits = message.digits === "" ? {} : { Digits: message.digits };
  const request = requestFor(leg, document, action, method, { ...aboutTape(tape), ...digits });
  reportTape(leg, element, document, tape);
  reportTranscript(leg, element, document, tape, message.words);
  if (!leg.call.gone) return { fetch: request };
  await send(leg, request);
  return { end: "gone" };
}

function read(attributes: Element["attributes"]): Recording {
  const { transcribe, timeout = "5", finishOnKey = "1234567890*#", playBeep } = attributes;
  const transcribed = transcribe === "true";
  return {
    kind: "recording",
    maxLength: Number(attributes.maxLength ?? (transcribed ? 120 : 3600)),
    timeout: Number(timeout),
    finishOnKey,
    beep: playBeep !== "false",
    transcribed,
  };
}

interface RecordedMessage {
  /** Seconds of sound. */
  seconds: number;
  /** Seconds until the recording ended. */
  lasted: number;
  digits: string;
  words: string;
}

function recorded(answer: RecordAnswer, recording: Recording): RecordedMessage {
  if (answer === "silence") return { seconds: 0, lasted: recording.timeout, digits: "", words: "" };
  if (answer === "hangup") return { seconds: 0, lasted: 0, digits: "hangup", words: "" };
  const seconds = Math.min(answer.seconds, recording.maxLength);
  const key = answer.key && recording.finishOnKey.includes(answer.key) ? answer.key : "";
  return { seconds, lasted: seconds, digits: answer.hangup ? "hangup" : key, words: answer.words ?? "" };
}
