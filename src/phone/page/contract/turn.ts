/** What one webhook did to a call. */
import type { ServiceResponse, StandIn } from "./services.ts";
import type { Value } from "./value.ts";

/** What one webhook did to the call. */
export interface TurnView {
  /** It was an aside, on another phone or without a phone, and did not move the call. */
  aside?: true;
  /** The entry flow, and the version that this call stays on. */
  flow: string;
  version: string;
  /**
   * The steps gone through, the resumed one first; `hangup` last if the call ended. A part's steps are
   * called `<flow>.<step>`, here and below. A side road of the whole call begins at `~hangup` or `~message`.
   */
  path: string[];
  /** The step that waits for the next webhook; absent if the call ended. */
  next?: string;
  /** The steps that wait for a part to return, the outermost first. */
  waiting: string[];
  /** The variables of each running flow, the entry flow first; each with all that it has. */
  scopes: { flow: string; values: Record<string, Value> }[];
  /** The call's language now. */
  language: string;
  /** What the caller entered here must not be shown: the step that was resumed is sensitive. */
  secret?: true;
  /** Service requests, in order. */
  serviceRequests?: ServiceRequestView[];
  /** Text messages that it sent, in order; a reply to a text message is in the TwiML instead. */
  messages?: MessageView[];
  /** What went wrong. */
  error?: string;
  /** What was cut: variables, to their `maxLength`, and texts that Twilio would not take, by their step. */
  cut?: string[];
  /** Values were left out or shortened here, because they were too long for a header. */
  shortened?: true;
}

/** A service request: one that the flow made. */
export interface ServiceRequestView {
  /** The step that made it, as in the turn's path. */
  step?: string;
  method: string;
  /** As a key of a test's `requests`: a `*` replaces its query, which may contain secrets. */
  url: string;
  milliseconds: number;
  /** What was sent: JSON, a form by its fields, or any other text; absent if nothing was, or if it is too long. */
  body?: Value;
  /** The part of the response that a test can hold. */
  answer: ServiceResponse;
  /** The outcome, if it is not the answer's status: `invalid`. */
  outcome?: string;
  /** Why no answer came. */
  why?: string;
  /** Nothing was sent: the answer is that of this test, or an example. */
  standIn?: StandIn["from"];
}

/** A text message on its way out. */
export interface MessageView {
  /** As written in the flow, usually E.164. */
  to: string;
  body: string;
}
