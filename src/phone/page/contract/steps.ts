/** The steps of a flow, and their exits. */

/** A step, and its first and last line in the flow's text, from 1. */
export interface StepView {
  name: string;
  /** Its kind: `say`, `gather`, `dial` … */
  kind: string;
  from: number;
  to: number;
  /** What it does to the call, for the diagram: its icon and its tint. */
  role: Role;
  /** The first words of what it says or writes, shortened to one line. */
  says?: string;
  /** All texts that it can say, with their holes, and the URLs or files that it can play. */
  speaks?: string[];
  /** The flow that it runs. */
  runs?: string;
}

/**
 * What a step does to the call: it speaks, asks, records, connects to somebody, decides, reaches a service or another
 * person, runs a flow, or ends the call.
 */
export type Role = "speaks" | "asks" | "records" | "connects" | "decides" | "reaches" | "runs" | "ends";

/** What takes an exit: a key, a spoken word, a condition, or the outcome of the step. */
export type Trigger = "key" | "word" | "condition" | "outcome";

/** An exit of a step. */
export interface EdgeView {
  from: string;
  /** A step, or one of `hangup`, `back` and `return`, which name no step. */
  to: string;
  /** How authors would call it: `key 1`, `busy`, `otherwise`; empty for `next`. */
  label: string;
  by: Trigger;
  /** Not an exit: a side road begins here. */
  sideRoad?: true;
}
