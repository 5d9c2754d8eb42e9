/**
 * The hinge: `flow` compiles a Program, and `engine` runs it. Everything here is plain JSON, so that it can be bundled,
 * hashed, stored in KV and read back unchanged.
 */

import type { Json } from "./json.ts";
import type { Zone } from "./local-time.ts";
import type { Numerals } from "./numerals.ts";
import type { Op, Template } from "./op.ts";

/** The format of a Program. Raised by every change that an older engine cannot read. */
export const FORMAT = 2;

/** The types a flow can declare for a variable. `int` is a whole number, `number` any number. */
export type VariableType = "string" | "int" | "number" | "bool" | "list" | "map" | "recording";

/** A declared variable. `maxLength` counts characters, and only texts have one. */
export interface Variable {
  type: VariableType;
  default: Json;
  /** The environment variable that is its first value; `default` if that is unset or does not fit. */
  env?: string;
  maxLength?: number;
  sensitive?: true;
  /** The name of a persistent variable: `flow:office.greeting` for all callers, `caller:…` for each caller by number. */
  keep?: string;
}

/** A span of minutes within a day, from midnight; `to` above 1440 runs into the next day. */
export interface Range {
  from: number;
  to: number;
}

/** Opening hours, as `isOpen` reads them: special beats closed, closed beats open. */
export interface Hours extends Zone {
  /** Ranges by weekday, Sunday first. */
  open: Range[][];
  /** Days on which nothing is open, as `days.ts` reads them. */
  closed: string[];
  /** Ranges for single days, written as in `closed`. */
  special: Record<string, Range[]>;
}

/** A compiled step: named blocks, `enter` and one for each event that it waits for. */
export interface Step {
  /** What the caller enters here must not be logged. */
  sensitive?: true;
  /** The block that continues with the variables that asides of this step set. */
  beside?: string;
  /**
   * The block that takes the caller's answer to a question: an empty one empties `input`, and silent ones in a row are
   * counted.
   */
  listens?: string;
  /** Of a step that waits for a text message: after how many seconds without one which block runs. */
  asks?: { timeout: number; block: string };
  blocks: Record<string, Op[]>;
}

/** The part of a Program that belongs to one flow. Its zone is that of dates and times; UTC if the flow names none. */
export interface Scope extends Partial<Zone> {
  start: string;
  onError?: string;
  /** Runs if the caller hangs up before the flow ends; nothing of it is heard. */
  onHangup?: string;
  /** Minutes after which the flow's recordings are deleted; kept if it does not say. */
  recordings?: number;
  variables: Record<string, Variable>;
  hours: Record<string, Hours>;
  /** Variables that the flow returns if it runs as a part. */
  gives?: string[];
}

/** A compiled flow, linked with all flows that it can run. */
export interface Program extends Scope {
  format: typeof FORMAT;
  flow: string;
  /** Ten hexadecimal digits of the SHA-256 of everything else, in canonical order. */
  hash: string;
  /** Played if nothing else can be done: the inside of a TwiML document. */
  apology: Template;
  /** What answers a text message if the flow fails, as TwiML Message; present if the flow asks by text message. */
  sorry?: Template;
  /** A call's first language. */
  language: string;
  /** The flows that it can run, by name; their steps are called `<flow>.<step>`. */
  parts?: Record<string, Scope>;
  /** The environment variables that the flow reads. */
  env: string[];
  /** Regular expressions that their values must match; a value that does not counts as unset. */
  wants?: Record<string, string>;
  /** What spoken numbers mean in the flow's languages; present if something is `heard` as digits. */
  numerals?: Numerals;
  /** Whether an expression reads `input`, so that the call's state has to carry it. */
  keepsInput?: true;
  /** Whether an expression makes links to recordings, so that the Worker has to load what signs them. */
  links?: true;
  /** The project's own functions that expressions call, so that a Worker without one refuses to publish it. */
  functions?: string[];
  /** The flow gives values or returns: only other flows can run it. */
  isPart?: true;
  /** Variables that the parameters of a call's first webhook set. */
  takes?: string[];
  /** The step that answers text messages to the number. */
  onMessage?: string;
  /** The numbers that calls can be placed to, as a pattern of a whole number; none without it. */
  allow?: string;
  /** The step that a placed call moves to if an answering machine was detected while the flow already spoke. */
  onMachine?: string;
  /** The step that runs if a placed call is not answered. */
  onUnanswered?: string;
  /** Minutes before a call that is not answered is placed again, and the minute of the day after which it is not. */
  retry?: { after: number[]; until?: number };
  steps: Record<string, Step>;
}
