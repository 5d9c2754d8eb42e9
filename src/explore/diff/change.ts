/** What a change of a flow does to its callers, as plain data. */
import type { NewScenario } from "../../flow/scenarios/scenario-file.ts";
import type { Cut } from "../exploration.ts";

/** The kinds of changes, in the order in which they are told. */
export const CHANGE_KINDS = [
  "failure",
  "promise",
  "test",
  "destination",
  "exit",
  "key",
  "person",
  "prompt",
  "voice",
  "setting",
  "message",
  "request",
  "kept",
] as const;

/**
 * - `failure`: calls end in an apology, or in a document that Twilio refuses
 * - `promise`: a promise that the flow kept is broken now
 * - `test`: a test that passed fails now
 * - `destination`: somebody is dialled, or a queue used, that was not before, or no longer
 * - `exit`: something leads elsewhere
 * - `key`: a key or phrase is new, or gone
 * - `person`: the answers and seconds until somebody is dialled
 * - `prompt`, `voice`: what is heard
 * - `setting`: how long something rings, how many digits are taken …
 * - `message`, `request`, `kept`: what is sent, asked and stored
 */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change, however many ways it is met on. */
export interface Change {
  kind: ChangeKind;
  /** As a sentence, with when it happens. */
  message: string;
  /** What it is about, and what comes before it: `key 2 at "Thank you for calling"`. */
  where: string;
  /** Before and now: what is heard, or what follows. */
  was?: string;
  now?: string;
  /** When it happens, in the words of the begins; empty if always. */
  when: string;
  /** The shortest call that meets it, as a scenario of the new flow; absent if no call of it does. */
  call?: NewScenario;
  /** What is done in that call: `key 2`, `silence`. */
  way: readonly string[];
  /** The steps at which it is met. */
  steps: { was: readonly string[]; now: readonly string[] };
}

/** What a change does to the callers of one flow. */
export interface Diff {
  flow: string;
  /** Ordered by kind, then by the length of the call; empty if callers notice nothing. */
  changes: readonly Change[];
  /** What was not compared; empty if every way was. */
  cut: readonly Cut[];
}
