/** The instructions of a Program: ops, and the templates and sources that they are made of. */

import type { Json } from "./json.ts";

/**
 * A compiled CEL expression: a literal, or an operation's name and its operands. A whole number is an int; the double
 * 2.0 is `["double", 2]`. While a flow is being compiled, the text of the expression is in its place.
 */
export type Expr = string | number | boolean | null | readonly Expr[];

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
