/** One line per turn, for people and programs that monitor the lines; another one for each request, effect or write that fails. */
import type { Event } from "../engine/event.ts";

/** A turn in the log. It never has what the caller says, and never the digits of a sensitive step. */
export interface LogLine {
  /** The CallSid of the leg that the webhook is about. */
  call: string;
  flow: string;
  /** The hash of the Program that handled the webhook. */
  version?: string;
  /** The hash that the call began with, if it cannot be had; `error` then begins with `version-lost`. */
  versionMissing?: string | undefined;
  step?: string | undefined;
  block?: string;
  /** `start`, `digits 1`, `speech`, `silence`, `dial no-answer`, `recording 12 s`, `message`, `message undelivered 30003`, `timeout`, …; or `misdirected`, `conversation`, `request`, `write`, `archive`, `keep`, `sms`, `links`, `delivery`, `recordings`, `retry`, `unanswered`, `queue`, `failed`. */
  event: string;
  /** The step that waits for an answer; absent if the call ends. */
  next?: string | undefined;
  /** Milliseconds until the reply; of a failed request or message, until its end. */
  ms?: number;
  /** Whether the next URL carries the state. */
  ticket?: "sealed" | "too-large" | undefined;
  /** Neither the ticket nor the store had the state: the call continued with the declared defaults. */
  degraded?: true | undefined;
  /** The same webhook was handled just before. */
  duplicate?: true;
  /** A text message that got no answer, as too many came before it; the first one has an `error`. */
  muted?: true;
  /** What went wrong with the store. */
  store?: string | undefined;
  /** What was cut: variables, to their `maxLength`, and texts that Twilio would not take, by their step. */
  cut?: string[] | undefined;
  error?: string | undefined;
  /** The host of a failed request or text message, without the rest of its URL. */
  host?: string;
  /** How it failed: a status code, or `timeout`, `invalid`, `failed`. */
  status?: string;
}

/** A flow's environment variables that are unset or wrong: logged when the Worker starts. */
export interface VariablesLine {
  event: "variables";
  flow: string;
  version: string;
  /** The unset ones. */
  unset: string[];
  /** Those that are not a phone number to dial, or not of the type of the flow's variable. */
  wrong: string[];
  /** What to do. */
  error: string;
}

/** An event in a few words. The digits of a sensitive step are masked. */
export function nameEvent({ params, input, status }: Event, sensitive: boolean): string {
  if (params.MessageSid) return ["message", params.MessageStatus, params.ErrorCode].filter(Boolean).join(" ");
  if (params.DialCallStatus) return `dial ${params.DialCallStatus}`;
  if (params.RecordingUrl) return `recording ${params.RecordingDuration || 0} s`;
  if (input.digits !== "") return `digits ${sensitive ? "***" : input.digits}`;
  if (input.speech !== "") return "speech";
  return status === "completed" ? "hangup" : "silence";
}
