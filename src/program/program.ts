/**
 * The hinge: `flow` compiles a Program, and `engine` runs it. Everything here is plain JSON, so that it can be bundled,
 * hashed, stored in KV and read back unchanged.
 */

import type { Zone } from "./local-time.ts";
import type { Numerals } from "./numerals.ts";

/** The format of a Program. Raised by every change that an older engine cannot read. */
export const FORMAT = 2;

/** The format of a Call and its tickets. Raised in the same way; tickets of the format before are still read. */
export const CALL_FORMAT = 2;

/** A value that survives JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * A compiled CEL expression: a literal, or an operation's name and its operands. A whole number is an int; the double
 * 2.0 is `["double", 2]`. While a flow is being compiled, the text of the expression is in its place.
 */
export type Expr = string | number | boolean | null | readonly Expr[];

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

/** Where a hole, a `switch` or a `set` takes its value from. */
export type Source =
  | { value: Json }
  /** A compiled CEL expression. */
  | { expr: Expr }
  /** An environment variable; empty if it is unset. */
  | { env: string }
  /** A parameter of the webhook; empty if it is missing. With a path, a value in it as JSON. */
  | { param: string; path?: string[] }
  /**
   * The caller's answer: the keys, else what was said or written. As `digits` or a `number`, words are read as digits, and
   * stay as they came if they are anything else.
   */
  | { heard: "text" | "digits" | "number" }
  /** A counter or mark of the running step; empty if it was never set. */
  | { slot: string }
  /** A map of other sources, such as a recording's URL and length. */
  | { map: Record<string, Source> }
  | { list: Source[] }
  /** A value that the last part returned. */
  | { given: string }
  /** The answer of an HTTP service: its status, its class of status, its body as it came, or a value in that by keys and indexes. */
  | { answer: "status" | "class" | "text" }
  | { answer: "body"; path: string[] }
  /** The call's language. */
  | { language: true };

/** How a hole's value is escaped: as XML, as one component of a URL, or not at all. */
export type Escape = "xml" | "url" | "none";

/** The road of a continuation URL: `voice` moves the call; an `aside` runs alongside it, on a copy of its state. */
export type Road = "voice" | "aside";

/** A continuation URL of the running step, filled in once the call's next state is known. */
export interface Link {
  link: string;
  road: Road;
  /** The URL is for another application: it is absolute, and the value of this query parameter of the URL before it. */
  parameter?: string;
}

/** A piece of a template. */
export type Part =
  | string
  /** A value, cut to `most` characters at the end of a word. */
  | { hole: Source; as: Escape; most?: number }
  /** An XML attribute that is omitted if its value is empty. */
  | { attribute: string; from: Source }
  /** One of several variants; `else` if no case matches. */
  | { pick: Source; cases: Record<string, Part[]>; else: Part[] }
  | Link;

/** Text with holes. */
export type Template = readonly Part[];

/** What `set` assigns to. */
export type Target = { variable: string } | { slot: string } | { language: true };

/**
 * An instruction of a block. Ops run in order; a case that does not leave the block falls through to the op after its
 * `switch`, `match` or `when`.
 */
export type Op =
  /** Appends a prepared piece of TwiML. */
  | { op: "twiml"; parts: Template }
  /**
   * Assigns a value, converted to the target's type. If it does not convert, or does not match `matches` as a whole,
   * `otherwise` runs instead; without `otherwise` the step fails. A `heard` text matches without regard to case, and
   * without its final punctuation if need be.
   */
  | { op: "set"; to: Target; from: Source; matches?: string; otherwise?: Op[] }
  /**
   * Picks by a value: its case in constant time, else the range of the same length that contains it. With `loose`, a
   * case that differs only in case or final punctuation comes next.
   */
  | {
      op: "switch";
      on: Source;
      loose?: true;
      cases: Record<string, Op[]>;
      ranges?: { from: string; to: string; ops: Op[] }[];
    }
  /** Picks by speech: phrases are normalised, and name a case by its index. Their words can have an `ending`, a pattern. */
  | { op: "match"; on: Source; phrases: [phrase: string, index: number][]; ending?: string; cases: Op[][] }
  /** Picks by conditions: the first true one wins. */
  | { op: "when"; cases: { when: Expr; ops: Op[] }[] }
  /** Marks this step as a menu that `back` returns to. */
  | { op: "mark" }
  /** Goes to the previous menu. */
  | { op: "back" }
  /**
   * Moves to a block: `step` defaults to this step, `block` to `enter`. With `back` it begins a side road, whose
   * `return` continues at that block of this step.
   */
  | { op: "goto"; step?: string; block?: string; back?: string }
  /** Ends the document; the next webhook resumes at `block` of this step. */
  | { op: "wait"; block: string }
  /** Ends the document and the call, or the aside. */
  | { op: "end" }
  /** Runs another flow as a part; once it returns, `block` continues. */
  | { op: "run"; flow: string; with: Record<string, Source>; block: string }
  /** Returns from a part or a side road to the step where it began. */
  | { op: "return" }
  /** Hands out an HTTP request; its answer resumes at `block`. */
  | RequestOp
  /**
   * Hands out a text message, with the parameters of Twilio's Messages resource; the turn continues at once. One that
   * cannot arrive is not sent, and `otherwise` runs instead. The block `delivery` runs whenever Twilio reports on it.
   */
  | { op: "send"; form: Record<string, Source>; otherwise?: Op[]; delivery?: string }
  /** The step fails: the flow's `onError` road, else the apology. */
  | { op: "fail"; why: string };

/** A compiled HTTP request. */
export interface RequestOp {
  op: "request";
  method: string;
  url: Template;
  query?: Record<string, Source>;
  headers?: Record<string, Source>;
  /** The body: JSON, or a form. */
  json?: Source;
  form?: Record<string, Source>;
  /** Milliseconds for one try. */
  timeout: number;
  /** How often a failed try is repeated. */
  retries: number;
  /** The author says that a service that gets the request twice acts on it once. */
  idempotent?: true;
  /** Signed as Twilio signs, by the Worker's auth token. */
  sign?: "twilio";
  /** The flow reads the answer's text, which can be anything. */
  text?: true;
  /** The block that takes the answer. */
  block: string;
  /** TwiML that comes back to this op: for a turn that has something to say first, or too little time left. */
  later: Template;
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

/** The caller's last input; empty texts and 0 if there was none. */
export interface Input {
  digits: string;
  speech: string;
  confidence: number;
  /** The key that ended the digits, if one did. */
  finishedOnKey?: string;
}

/** The other person of a call. All fields are always present, empty if Twilio sent nothing. */
export interface Caller {
  /** E.164 if Twilio knows the number, else as it came: `client:…`, `sip:…`. `anonymous` if it is hidden, however it came. */
  number: string;
  /** Whether there is no number to tell this person from others by. */
  hidden: boolean;
  name: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  /** What the caller's carrier attests: `A`, `B` or `C`; empty without an attestation that has passed. */
  attestation: string;
  /** Whether the carrier vouches for the number: attestation A. */
  verified: boolean;
}

/** The place of a caller who waits in a queue: seconds for `time` and `average`. */
export type QueuePlace = Record<"position" | "size" | "time" | "average", number>;

/** What only the first webhook of a call reports. */
export interface Origin {
  forwardedFrom?: string;
  answeredBy?: string;
  attestation?: string;
  verified?: true;
  name?: string;
}

/** The memory of a flow, from step to step. */
export interface Memory {
  /** Variables that differ from their defaults. */
  vars: Record<string, Json>;
  slots: Record<string, string | number>;
  /** The menus on the way here, the latest last. */
  trail: string[];
}

/** The place that a part or a side road returns to. */
export interface Frame extends Place {
  /** The memory of the flow that waits for a part; absent for a side road, which shares the memory of its flow. */
  waits?: Memory;
}

/** A call's state between two webhooks, as the ticket carries it and KV stores it. */
export interface Call extends Memory {
  sid: string;
  /** Counts the turns: 0 before the first. */
  rev: number;
  /** Where the running part or side road returns to, and those that wait for it, the nearest last. */
  frames?: Frame[];
  /** Persistent variables by the names they are stored under, as this call found or set them. */
  kept?: Record<string, Json>;
  language?: string;
  input?: Input;
  /** The last known place in the queue, while the caller waits: only the webhooks that begin a round describe it. */
  queue?: QueuePlace;
  origin?: Origin;
  /** Present while an aside can run: its webhook describes its own leg, not the caller. */
  caller?: Caller;
  /** Present with `caller`: the called number, the line's own, and the call's direction. */
  called?: { to: string; number?: string; direction: string };
  /** Steps since the caller last answered, while services are requested. */
  steps?: number;
  /** Questions in a row that the caller left unanswered. */
  unanswered?: number;
  /** The call is on its `onError` road: the next failure ends it. */
  failed?: true;
}

/** Where a call is: the step and block at which the next webhook resumes. */
export interface Place {
  step: string;
  block: string;
}
