/** The account at Twilio: its numbers, calls, messages and recordings, through Twilio's SDK. */

import type { Patience } from "./patience.ts";
import type { Permissions } from "./permissions.ts";
import type { StudioFlows } from "./studio.ts";

/** Options of every command of the account. */
export interface AccountOptions {
  out: NodeJS.WritableStream;
  /** How long to wait for Twilio; tests do not wait as long. */
  patience?: Patience;
}

/** Where a number's calls and messages go. Empty texts are unset. */
export interface NumberSettings {
  voiceUrl: string;
  voiceMethod: string;
  voiceFallbackUrl: string;
  voiceFallbackMethod: string;
  statusCallback: string;
  statusCallbackMethod: string;
  smsUrl: string;
  smsMethod: string;
}

/** A number of the account. */
export interface AccountNumber extends NumberSettings {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  /** What holds the number, so that its URLs do not count; empty if nothing does. */
  voiceApplicationSid: string;
  smsApplicationSid: string;
  trunkSid: string;
  canSend: boolean;
}

/** A call of the account. */
export interface AccountCall {
  sid: string;
  from: string;
  to: string;
  status: string;
  direction: string;
  start?: Date;
}

/** A text message of the account. */
export interface AccountMessage {
  sid: string;
  from: string;
  to: string;
  body: string;
  status: string;
  /** Twilio's error code; 0 if there is none. */
  errorCode: number;
  created?: Date;
}

/** A recording of the account. */
export interface AccountRecording {
  sid: string;
  callSid: string;
  status: string;
  source: string;
  seconds: number;
  created?: Date;
}

/** The states of a call that is not over. */
export const LIVE: readonly CallStatus[] = ["queued", "ringing", "in-progress"];

/** A state of a call that can be asked for. */
type CallStatus = "queued" | "ringing" | "in-progress";

/** What the commands ask of Twilio. Each call throws Refused, in a sentence. */
export interface Account {
  sid: string;
  /** Whether requests go to this machine, and not to Twilio. */
  isLocal: boolean;
  /** All numbers, or the one that is named. */
  numbers(phoneNumber?: string): Promise<AccountNumber[]>;
  setNumber(sid: string, settings: Partial<NumberSettings>): Promise<AccountNumber>;
  /** The calls, the newest first; only those in these states if any are named. */
  calls(statuses: readonly CallStatus[], limit: number): Promise<AccountCall[]>;
  call(sid: string): Promise<AccountCall>;
  /** Ends a call, whether it is answered or not. */
  endCall(sid: string): Promise<AccountCall>;
  sendMessage(message: {
    to: string;
    from: string;
    body: string;
    mediaUrl?: string[];
  }): Promise<AccountMessage>;
  /** The messages with all of these properties, the newest first. */
  messages(filter: { to?: string; from?: string }, limit: number): Promise<AccountMessage[]>;
  recordings(filter: { callSid?: string; since?: Date }, limit: number): Promise<AccountRecording[]>;
  recording(sid: string): Promise<AccountRecording>;
  deleteRecording(sid: string): Promise<void>;
  /** The file of a recording: the answer to a GET, with the credentials unless `open`. */
  media(sid: string, ending: "mp3" | "wav", open?: boolean): Promise<Response>;
  permissions: Permissions;
  studio: StudioFlows;
}
