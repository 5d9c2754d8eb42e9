/** Everything that the page shows before a call, and the calls that flows have placed. */
import type { FlowView } from "./flow.ts";

/** Everything that the page shows before a call. */
export interface PhoneState {
  /** A later state has a higher number, also one of a server that was started again. */
  revision: number;
  /** What webhooks are sent for and signed with: the development token, which is worth nothing elsewhere. */
  accountSid: string;
  token: string;
  /** A Twilio account is set: text messages to others are really sent. */
  sendsTexts?: true;
  /** In the order of their names. */
  flows: FlowView[];
  /** Promises or ways of the flows as saved are not known yet. */
  isExploring?: true;
  /** The audio files that the Worker serves, if any: where, what their makers call them, and how long each takes. */
  audio?: { path: string; name: string; seconds: number }[];
  /** Calls that flows have placed here without an account: they ring, or are in progress. The oldest first. */
  placed?: PlacedCall[];
  /** What prevents the whole project from being served, in sentences; absent if nothing does. */
  trouble?: string;
}

/** A call that the Worker has placed through development's own Twilio. URLs are paths with their queries. */
export interface PlacedCall {
  sid: string;
  /** The flow's number, and that of the person called; E.164. */
  from: string;
  to: string;
  flow: string;
  /** The webhook that it begins at. */
  url: string;
  /** The status callback. */
  statusUrl?: string;
  /** Answering machine detection is on: the flow waits for its verdict. */
  isDetected?: true;
  /** It is on, and the flow does not wait: the webhook that gets the verdict. */
  machineUrl?: string;
  /** While nobody has answered: since when, in milliseconds since 1970, and for how long. */
  rings?: { since: number; seconds: number };
  /** The webhooks that it was moved to, the first one first. */
  moves: string[];
}

/** What the page has done with a placed call. */
export interface PlacedCallReport {
  sid: string;
  /** Answered, not answered, or over. */
  status: "in-progress" | "busy" | "no-answer" | "completed";
}
