/** The definition of a step kind: everything that Ringflow knows about a kind is in its own file. */
import type { Op } from "../../program/op.ts";
import type { Compiler } from "../compile/compiler.ts";
import type { Audio } from "../language/audio.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import type { Schema } from "../language/type.ts";
import type { Flow, KindFacts, Report, Step } from "../model/flow.ts";
import type { Noun } from "../twiml/noun.ts";

/** The page of a step kind. */
export interface Doc {
  /** One sentence. */
  summary: string;
  /** A paragraph or more, in Markdown. */
  text: string;
  /** A complete flow that uses it; a test compiles it. */
  example: string;
  /** Other flows that the example runs, by name. */
  parts?: Readonly<Record<string, string>>;
  /** The audio files that the example plays. */
  audio?: Audio;
  /** Calls to the example, as a test file: the page shows each as a transcript. The example's flow is `example`. */
  calls: string;
}

/**
 * A kind of step. `B` is the type of its body, `Own` are the codes of its findings, and `Shared` are codes that it can
 * report and another part documents.
 */
export interface StepKind<B, Own extends string = never, Shared extends string = never> extends KindFacts<B> {
  doc: Doc;
  /** The TwiML elements that it writes: docs/twiml.md lists each of their attributes. */
  twiml?: readonly Noun[];
  schema: Schema;
  /** Its keys by the names that other tools and languages give them. */
  aliases?: Readonly<Record<string, readonly string[]>>;
  /** The meaning of each outcome that `status` can name. */
  outcomes?: Readonly<Record<string, string>>;
  /** The findings that `lint` can report. */
  findings?: readonly FindingDoc<Own>[];
  /** Reports findings beyond schema, names and types. */
  lint?(step: Step<B>, flow: Flow, report: Report<Own | Shared>): void;
  /** Lowers a step to named blocks of ops; it begins at `enter`. */
  compile(step: Step<B>, compiler: Compiler): Record<string, Op[]>;
}

/** The codes of the findings of a project's own kinds: the kind's name, a slash, and a name. */
export type OwnCode = `${string}/${string}`;

/** A project's own kind of step, as `defineKind` makes it. */
export interface OwnKind extends StepKind<unknown, OwnCode> {
  isOwn: true;
}

/** Any kind of step, for code that treats all alike. */
export type AnyKind = StepKind<unknown, string, string>;
