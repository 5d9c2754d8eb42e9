/**
 * The hinge between the two roads: a Program is what `flow` compiles and `engine` runs. Everything here is
 * plain JSON, so that it can be bundled, hashed, stored in KV and read back unchanged.
 */

/** The format of Program and Call. A change that an older engine could not read raises it. */
export const FORMAT = 1;

/** A value that survives JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The types a flow can declare for a variable. `int` is a whole number, `number` any number. */
export type VariableType = "string" | "int" | "number" | "bool" | "list" | "map" | "recording";

/** A declared variable; `maxLength` counts characters and is there for texts only. */
export interface Variable {
  type: VariableType;
  default: Json;
  /** The Worker's variable that it holds before anything is assigned; `default` where that is not set or does not fit. */
  env?: string;
  maxLength?: number;
  sensitive?: true;
  /** Outlives the call, under this name: `flow:office.greeting` for all who call, `caller:…` for each by number. */
  keep?: string;
}

/** A span of minutes within a day, from midnight; `to` above 1440 runs into the next day. */
export interface Range {
  from: number;
  to: number;
}

/** Opening hours as `isOpen` reads them: special beats closed, closed beats open. */
export interface Hours {
  /** IANA name, such as `America/New_York`. */
  timezone: string;
  /** Ranges by weekday, Sunday first. */
  open: Range[][];
  /** Dates on which nothing is open: `2026-11-26`, or `12-25` for every year. */
  closed: string[];
  /** Ranges of single dates, written as in `closed`. */
  special: Record<string, Range[]>;
}

/** Where a hole, a `switch` or a `set` takes its value from. */
export type Source =
  | { value: Json }
  /** A CEL expression, as text: its syntax trees are circular and are kept by the engine instead. */
  | { expr: string }
  /** One of the Worker's variables; empty when it is not set. */
  | { env: string }
  /** A parameter of the webhook being answered; empty when it is not there. With a path, a value in it as JSON. */
  | { param: string; path?: string[] }
  /** A counter or mark of the running step; empty when it was never set. */
  | { slot: string }
  /** A map of other sources, such as a recording's address and length. */
  | { map: Record<string, Source> }
  | { list: Source[] }
  /** What the part that was run has given back. */
  | { given: string }
  /** What an HTTP service answered: its outcome, its class of outcomes, or a value in its body by keys and indexes. */
  | { answer: "status" | "class" }
  | { answer: "body"; path: string[] }
  /** The call's language. */
  | { language: true };

/** How a hole's value is written so that it stays text: as XML, as one component of a URL, or as it is. */
export type Escape = "xml" | "url" | "none";

/** The road a continuation URL takes: `voice` moves the call, `aside` runs beside it. */
export type Road = "voice" | "aside";

/** A continuation URL of the running step, to be filled in once the call's next state is known. */
export interface Link {
  link: string;
  road: Road;
}

/** A piece of a template. */
export type Part =
  | string
  | { hole: Source; as: Escape }
  /** An XML attribute that is left out when its value is empty. */
  | { attribute: string; from: Source }
  /** One of several variants; `else` where no case fits. */
  | { pick: Source; cases: Record<string, Part[]>; else: Part[] }
  | Link;

/** Text with holes. */
export type Template = readonly Part[];

/** What `set` assigns. */
export type Target = { variable: string } | { slot: string } | { language: true };

/**
 * What a block is made of. Ops run in order; a case that does not leave the block falls through to the op
 * behind its `switch`, `match` or `when`.
 */
export type Op =
  /** Appends a prepared piece of TwiML. */
  | { op: "twiml"; parts: Template }
  /**
   * Assigns a value, converted to the target's type. Where it does not convert, or does not match `matches`
   * as a whole, `otherwise` runs instead; without `otherwise` the step fails.
   */
  | { op: "set"; to: Target; from: Source; matches?: string; otherwise?: Op[] }
  /** Picks by a value: a case in constant time, else the range that a value of the same length lies in. */
  | {
      op: "switch";
      on: Source;
      cases: Record<string, Op[]>;
      ranges?: { from: string; to: string; ops: Op[] }[];
    }
  /** Picks by speech: phrases are normalised and lead to a case by its index. */
  | { op: "match"; on: Source; phrases: [phrase: string, index: number][]; cases: Op[][] }
  /** Picks by conditions: the first true one wins. */
  | { op: "when"; cases: { when: string; ops: Op[] }[] }
  /** Marks this step as a menu that `back` returns to. */
  | { op: "mark" }
  /** Goes to the menu before. */
  | { op: "back" }
  /**
   * Moves to a block: of this step where none is named; `enter` where no block is. With `back` it begins a side road,
   * whose `return` goes on at that block of this step.
   */
  | { op: "goto"; step?: string; block?: string; back?: string }
  /** Ends the document; the next webhook resumes at `block` of this step. */
  | { op: "wait"; block: string }
  /** Ends the document and the call, or the aside. */
  | { op: "end" }
  /** Runs another flow as a part; where it returns, `block` goes on. */
  | { op: "run"; flow: string; with: Record<string, Source>; block: string }
  /** Leaves a part or a side road for the step that it began at. */
  | { op: "return" }
  /** Hands an HTTP request out of the turn; its answer resumes at `block`. */
  | RequestOp
  /** Hands out a text message, with the parameters of Twilio's Messages resource; the turn goes on at once. */
  | { op: "send"; form: Record<string, Source> }
  /** The step failed: the flow's `onError` road, else the apology. */
  | { op: "fail"; why: string };

/** An HTTP request as it is compiled. */
export interface RequestOp {
  op: "request";
  method: string;
  url: Template;
  query?: Record<string, Source>;
  headers?: Record<string, Source>;
  /** What is sent: as JSON, or as a form. */
  json?: Source;
  form?: Record<string, Source>;
  /** Milliseconds for one try, and how often it is tried again. */
  timeout: number;
  retries: number;
  /** The block that takes the answer. */
  block: string;
  /** TwiML that comes back to this op, for a turn that has something to say before, or too little time left. */
  later: Template;
}

/** A compiled step: named blocks, `enter` and one for each answer it waits for. */
export interface Step {
  /** What the caller enters here must not reach the log. */
  sensitive?: true;
  /** Steps may run beside this one and set variables: the block that goes on with what they set. */
  beside?: string;
  blocks: Record<string, Op[]>;
}

/** What belongs to one flow and to none that runs it. */
export interface Scope {
  start: string;
  onError?: string;
  /** Runs once the caller has hung up before the flow came to its end; nobody hears it. */
  onHangup?: string;
  variables: Record<string, Variable>;
  hours: Record<string, Hours>;
  /** Variables that the flow gives back where it was run as a part. */
  gives?: string[];
}

/** A flow, compiled: the linked closure of an entry flow and all that it can run. */
export interface Program extends Scope {
  format: typeof FORMAT;
  flow: string;
  /** Ten hexadecimal digits of the SHA-256 of everything else, in canonical order. */
  hash: string;
  /** What is heard when nothing else can be done: a whole TwiML document's inside. */
  apology: Template;
  /** The language of a call before anything changes it. */
  language: string;
  /** The flows that it can run, by name; their steps are called `<flow>.<step>`. */
  parts?: Record<string, Scope>;
  /** The Worker's variables that the flow reads. */
  env: string[];
  /** What their texts have to look like, as regular expressions; what does not counts as not set. */
  wants?: Record<string, string>;
  /** Whether an expression reads `input`, which is then kept between webhooks. */
  keepsInput?: true;
  /** The step that answers text messages to the number. */
  onMessage?: string;
  steps: Record<string, Step>;
}

/** What the caller last entered; empty texts and 0 where there was nothing. */
export interface Input {
  digits: string;
  speech: string;
  confidence: number;
}

/** Who is calling: all fields are always there, empty where Twilio did not say. */
export interface Caller {
  /** E.164 where Twilio could tell, else as it came: `anonymous`, `client:…`, `sip:…`. */
  number: string;
  name: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  /** Whether the caller's carrier vouches for the number (StirVerstat TN-Validation-Passed-A). */
  verified: boolean;
}

/** What is known of a call from its first webhook only. */
export interface Origin {
  forwardedFrom?: string;
  answeredBy?: string;
  verified?: true;
  name?: string;
}

/** What a flow remembers from step to step. */
export interface Memory {
  /** Variables that differ from their defaults. */
  vars: Record<string, Json>;
  slots: Record<string, string | number>;
  /** The menus on the way here, the latest last. */
  trail: string[];
}

/** What a part or a side road returns to: the place that goes on. */
export interface Frame extends Place {
  /** What the flow that waits for a part remembers; a side road shares the memory of the flow that it runs beside. */
  waits?: Memory;
}

/** A call's state between two webhooks: what KV keeps and the ticket carries. */
export interface Call extends Memory {
  sid: string;
  /** Counts the turns: 0 before the first. */
  rev: number;
  /** What the running part or side road returns to, and those that wait for it, the nearest last. */
  frames?: Frame[];
  /** Variables that outlive the call, by the names they are kept under, as this call found or set them. */
  kept?: Record<string, Json>;
  language?: string;
  input?: Input;
  origin?: Origin;
  /** Kept while an aside may ask: its own webhook speaks of the leg that asks, not of the caller. */
  caller?: Caller;
  /** Kept with it: the number that was called, and the call's direction. */
  called?: { to: string; direction: string };
  /** Steps since the caller last answered, while services are asked. */
  steps?: number;
  /** The call is on its `onError` road: the next failure ends it. */
  failed?: true;
}

/** Where a call is: the step and block that the next webhook resumes. */
export interface Place {
  step: string;
  block: string;
}
