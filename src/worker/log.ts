/** One line a turn, for people and programs that watch the phone lines; another where the write behind it failed. */
import type { Event } from "../engine/event.ts";

/** A turn in the log. What a caller says is never in it, and what a caller enters only where that is no secret. */
export interface LogLine {
  /** The CallSid of the leg that asked. */
  call: string;
  flow: string;
  /** The hash of the Program that answered. */
  version?: string;
  /** The hash that the call began with, where this Worker no longer has it. */
  versionMissing?: string | undefined;
  step?: string | undefined;
  block?: string;
  /** What came: `start`, `digits 1`, `speech`, `silence`, `dial no-answer`, `recording 12 s`, `message`; or `write`, `keep`. */
  event: string;
  /** The step that waits for an answer; absent where the call ends. */
  next?: string | undefined;
  /** Milliseconds until the reply. */
  ms?: number;
  /** Whether the next URL carries the state. */
  ticket?: "sealed" | "too-large" | undefined;
  /** Neither ticket nor store knew the state: the call went on with the declared defaults. */
  degraded?: true | undefined;
  /** The same webhook was answered a moment before. */
  duplicate?: true;
  /** Why the store did not do its part. */
  store?: string | undefined;
  /** Variables whose text was cut to their `maxLength`. */
  cut?: string[] | undefined;
  error?: string | undefined;
}

/** What a flow wants of the Worker's variables and does not get: told when the Worker starts. */
export interface VariablesLine {
  event: "variables";
  flow: string;
  version: string;
  /** Those that are not set. */
  unset: string[];
  /** Those that are no number to dial, or not of the type of the flow's variable. */
  wrong: string[];
  /** What to do. */
  error: string;
}

/** What came, in a few words. A sensitive step's digits are masked. */
export function nameEvent({ params, input, status }: Event, sensitive: boolean): string {
  if (params.MessageSid) return "message";
  if (params.DialCallStatus) return `dial ${params.DialCallStatus}`;
  if (params.RecordingUrl) return `recording ${params.RecordingDuration || 0} s`;
  if (input.digits !== "") return `digits ${sensitive ? "***" : input.digits}`;
  if (input.speech !== "") return "speech";
  return status === "completed" ? "hangup" : "silence";
}
