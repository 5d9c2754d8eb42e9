/**
 * A moment in one plain line, for transcripts and for the terminal.
 */
import type { Gathering, Interruption, Moment, Played, Recording } from "../leg/moment.ts";
import { nameOf } from "../leg/noun.ts";

/** Describes a moment. Empty for webhooks, which nobody hears. */
export function describe(moment: Moment): string {
  switch (moment.kind) {
    case "said":
      return `${speaker(moment.voice)}: ${moment.text}${often(moment.loop)}${cut(moment.interruptedBy)}`;
    case "played":
      return `${playing(moment)}${often(moment.loop)}${cut(moment.interruptedBy)}`;
    case "keys":
      return `sends the keys ${moment.digits}`;
    case "paused":
      return `waits ${moment.seconds} s${cut(moment.interruptedBy)}`;
    case "gathering":
      return `asks for ${wanted(moment)}`;
    case "recording":
      return recorded(moment);
    case "ringing":
      return `rings ${moment.callees.map(nameOf).join(" and ")} for ${moment.timeout} s`;
    case "bridged":
      return `connected to ${nameOf(moment.callee)}`;
    case "waiting":
      return moment.passes > 0 ? "" : `waits in the ${moment.place} ${moment.name}`;
    case "connected":
      return `connected to ${named(moment.noun, moment.target)}`;
    case "background":
      return `${moment.begins ? "starts" : "stops"} ${named(moment.noun, moment.name)}`;
    case "paying":
      return `takes ${moment.amount ? `a payment of ${moment.amount} ${moment.currency}` : "the details of a payment"}`;
    case "referring":
      return `refers the caller to ${moment.to}`;
    case "echoing":
      return "echoes the caller";
    case "rejected":
      return `rejects the call (${moment.reason})`;
    case "webhook":
      return "";
    case "problem":
      return `problem${moment.code === undefined ? "" : ` ${moment.code}`}: ${moment.message}`;
    case "ended":
      return `ended after ${moment.seconds} s: ${ENDINGS[moment.by]}`;
  }
}

/** What a gather takes, in words: `keys or words`. */
export function wanted({ input, numDigits, finishOnKey }: Gathering): string {
  const key = numDigits === 1 ? "a key" : `keys${finishOnKey ? ` (${finishOnKey} to finish)` : ""}`;
  const ways = { dtmf: key, speech: "words" };
  return input.map((way) => ways[way]).join(" or ");
}

/** Who ended a call, in words. */
export const ENDINGS = {
  caller: "the caller hung up",
  flow: "the flow hung up",
  problem: "the call failed",
  unanswered: "no one answered",
};

function named(noun: string, name: string): string {
  return name === "" ? noun : `${noun} ${name}`;
}

function speaker(voice: string): string {
  return voice || "voice";
}

function playing({ url, audio }: Played): string {
  return audio ? `[${audio.name}, ${Math.round(audio.seconds) || "less than 1"} s]` : `plays ${url}`;
}

function often(loop: number): string {
  if (loop === 1) return "";
  return loop === 0 ? " (endlessly)" : ` (${loop} times)`;
}

function cut(interruptedBy: readonly Interruption[]): string {
  if (interruptedBy.length === 0) return "";
  return ` [${interruptedBy.join(" or ")} interrupts]`;
}

function recorded({ maxLength, finishOnKey, beep }: Recording): string {
  const end = finishOnKey ? `, ${finishOnKey === "1234567890*#" ? "any key" : finishOnKey} ends it` : "";
  return `${beep ? "beep, then " : ""}records for up to ${maxLength} s${end}`;
}
