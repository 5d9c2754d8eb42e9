/** The two things that every function of a turn takes: what it is given, and what it changes. */

import type { Call, Place } from "../program/call.ts";
import type { Clock, Functions, Linker } from "../program/expression.ts";
import type { Json } from "../program/json.ts";
import type { Link } from "../program/op.ts";
import type { Program } from "../program/program.ts";
import type { Effect } from "./effect.ts";
import type { Answer, Event } from "./event.ts";

/** Environment variables of the Worker. */
export type Env = Readonly<Record<string, string>>;

/** What a turn is given. Nothing changes it. */
export interface Context {
  readonly program: Program;
  readonly event: Event;
  /** The call's clock, in milliseconds since 1970. */
  readonly now: number;
  readonly env: Env;
  /** Whether this is an aside: it ends at a failure, and no step waits for it. */
  readonly aside?: boolean;
  /** Milliseconds left for HTTP requests; no limit if absent. */
  readonly left?: number;
  /** Makes links to recordings; needed by a program that has `links`. */
  readonly link?: Linker | undefined;
  /** The project's own functions; needed by a program that names some in `functions`. */
  readonly functions?: Functions | undefined;
}

/** A piece of the document: finished TwiML, or a URL that depends on the state at the end of the turn. */
export type Piece = string | Link;

/** A turn under way. All of it is the turn's own copy, changed in place. */
export interface State {
  call: Call;
  place: Place;
  /** The inside of the TwiML document. */
  pieces: Piece[];
  /** The steps of this turn in order, from the one that was resumed; then `hangup` if the call ended. */
  path: string[];
  effects: Effect[];
  /** What was cut: variables, to their `maxLength`, and texts that Twilio would not take, by their step. */
  cut: string[];
  /** What went wrong, for the log. */
  errors: string[];
  /** Whether this is an aside or a side road. */
  aside: boolean;
  /** Steps since the caller last answered. */
  steps: number;
  /** The values that the last part returned. */
  given: Record<string, Json>;
  /** The answer of an HTTP service, if the turn resumes with one. */
  answer?: Answer | undefined;
  /** The turn's random numbers, from the first use. */
  random?: Clock["random"];
}
