/** Everything that the app needs from outside, so that the Worker, the tests and the scenario runner share one app. */
import type { Env } from "../engine/state.ts";
import type { Turn } from "../engine/turn.ts";
import type { Functions } from "../program/expression.ts";
import type { Program } from "../program/program.ts";
import type { Web } from "./http.ts";
import type { LogLine } from "./log.ts";
import type { Known } from "./pointer.ts";
import type { Archive, Programs } from "./programs.ts";
import type { Queue } from "./queue.ts";
import type { Store } from "./store.ts";
import type { Sealing } from "./ticket.ts";

/** The values of the environment variable CALL_STATE. */
export type CallState = "store" | "ticket";

/** A user of Twilio's REST API who has no part in its webhooks, and can be revoked alone. */
export interface ApiKey {
  /** SK… */
  sid: string;
  secret: string;
}

/** Finds the Durable Object of a flow. */
export type ObjectOf = (flow: string) => {
  fetch(url: string, init?: { method: string; body: string }): Promise<Response>;
};

/** The Durable Objects that have the flows' pointers, and what this isolate knows of them. */
export interface Publishing {
  object: ObjectOf;
  known: Map<string, Known>;
}

/** Plain data and functions. */
export interface Deps {
  programs: Programs;
  /** Auth tokens that verify webhooks. Without these and shared keys, every webhook is refused. */
  tokens: readonly string[];
  /** Keys that are shared with Twilio for nothing but the signatures of webhooks. */
  sharedKeys?: readonly string[];
  /** What text messages are sent and calls are placed with; if absent, the account and its first auth token. */
  apiKey?: ApiKey | undefined;
  /** The base URL of Twilio's REST API, without a slash at the end; Twilio's own if absent. */
  api?: string | undefined;
  /** The only account whose webhooks are admitted; if absent, any account that signs with a token. */
  accountSid?: string | undefined;
  /** What an administrator proves to be one with; if absent, no one can. */
  adminToken?: string | undefined;
  /** What places calls: a secret of its own; if absent, no one can. */
  callsToken?: string | undefined;
  /** The Durable Objects that place calls. */
  outbound?: ObjectOf | undefined;
  /** The Durable Objects that have the text conversations, one for each two numbers; without it, cookies alone do. */
  conversations?: ObjectOf | undefined;
  /** Where rows of lists wait for their calls; if absent, no list is taken over. */
  queue?: Queue | undefined;
  /** How long the account's recordings are kept, such as `30d`; if absent, only those of flows with `recordings` are deleted. */
  recordingsKeep?: string | undefined;
  /** Loads what a call can do without: what asks services, sends messages, places calls, handles status callbacks, publishes. */
  outgoing(): Promise<typeof import("./outgoing.ts")>;
  /** This Worker's URL as Twilio knows it, without a slash at the end; needed if a proxy changes host or path. */
  publicUrl?: string | undefined;
  /** Secrets that seal and open tickets, and the cipher of tickets and signatures. */
  sealing: Sealing;
  store: Store;
  /** Earlier versions in the store. Without it, calls know only the versions in `programs`. */
  archive?: Archive;
  /** Versions that were published without a deploy. Without it, new calls get the bundled versions. */
  publishing?: Publishing | undefined;
  /** Where each turn's state goes: the store as well, which is the default, or the ticket alone if it has room. */
  callState?: CallState;
  /** The project's own functions, from `overloadsOf`. */
  functions?: Functions | undefined;
  /** Sends the requests of flows. */
  web: Web;
  /** The Worker's environment variables, for `{env:}` in flows. */
  env: Env;
  /**
   * The call's clock, in milliseconds since 1970: what flows take for now. A rehearsed call can have a time of its own;
   * deadlines and the log's `ms` go by the system clock.
   */
  callTime(): number;
  log(line: LogLine): void;
  /** Called after every turn, with the state at its end: for tests and development, never in a deployed Worker. */
  watch?(turned: Turn, isAside: boolean, program: Program): void;
  /** Keeps the Worker alive until the promise settles, after the reply. */
  waitUntil(work: Promise<unknown>): void;
}
