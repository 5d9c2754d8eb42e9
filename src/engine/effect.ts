/** What a turn hands out for the Worker to do: everything is filled in, and nothing is done yet. */
import type { Call } from "../program/call.ts";
import type { Json } from "../program/json.ts";

/** An HTTP request, ready to send. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds for one try. */
  timeout: number;
  /** How often a failed try is repeated. */
  retries: number;
  /** A service that gets the request twice acts on it once: it can be repeated whatever its method. */
  idempotent?: true;
  /** Signed as Twilio signs, if the Worker may sign for the host. */
  sign?: "twilio";
  /** The answer's text is wanted, and need not be JSON. */
  text?: true;
}

/** A request to an HTTP service. The turn stops at it: `resume` continues with the answer. */
export interface ServiceRequest extends HttpRequest {
  effect: "request";
}

/** A text message, with the parameters of Twilio's Messages resource. */
export interface Message {
  effect: "message";
  /** Names the message in the log, and for a receiver that must not take it twice. */
  key: string;
  /** The step that sends it. */
  step: string;
  form: Record<string, string>;
  /** The block of the step that runs when Twilio reports on the message, and the call as it was when it was sent. */
  delivery?: { block: string; call: Call };
}

/** A new value of a persistent variable. */
export interface PersistentValue {
  effect: "persist";
  name: string;
  value: Json;
}

/** The effects of a turn are a list of these, in order; a turn that stops at a request has it as its last one. */
export type Effect = ServiceRequest | Message | PersistentValue;

/** The request that a turn stopped at; undefined if the turn is over. */
export function pendingRequest({ effects }: { effects: readonly Effect[] }): ServiceRequest | undefined {
  const last = effects.at(-1);
  return last?.effect === "request" ? last : undefined;
}
