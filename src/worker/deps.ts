/** All that the app needs from outside, so that the Worker, the tests and the scenario runner share one app. */
import type { Turn } from "../engine/turn.ts";
import type { Web } from "./http.ts";
import type { LogLine } from "./log.ts";
import type { Programs } from "./programs.ts";
import type { Store } from "./store.ts";

/** Plain data and functions. */
export interface Deps {
  programs: Programs;
  /** Auth tokens that sign webhooks and seal tickets: the first seals. None refuses every webhook. */
  tokens: readonly string[];
  /** The only account whose webhooks are answered; any account that signs with a token where left out. */
  accountSid?: string;
  /** What Twilio calls this Worker, without a slash at the end, where a proxy changes host or path. */
  publicUrl?: string;
  store: Store;
  /** How HTTP services are asked. */
  web: Web;
  /** The Worker's text variables, for `{env:}` in flows. */
  env: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  now(): number;
  log(line: LogLine): void;
  /**
   * Told of every turn, with the state that it left, and whether it ran beside the call: for tests and development,
   * never in a deployed Worker.
   */
  watch?(turned: Turn, beside: boolean): void;
  /** Keeps the Worker alive until the promise settles, behind the reply. */
  later(work: Promise<unknown>): void;
}
