/** What a step kind is: everything that Ringflow knows of it stands in its own file. */
import type { TSchema } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import type { Audio } from "../language/audio.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import type { Flow, KindFacts, Report, Step } from "../model/flow.ts";
import type { Noun } from "../twiml/noun.ts";

/** What a step kind's page says. */
export interface Doc {
  /** One sentence. */
  summary: string;
  /** A paragraph or more, in Markdown. */
  text: string;
  /** A whole flow that shows it; a test compiles it. */
  example: string;
  /** Other flows that go with the example, by name. */
  parts?: Readonly<Record<string, string>>;
  /** The audio files beside it. */
  audio?: Audio;
  /** Calls to it, as a test file has them: its page tells what is heard in each. The example's flow is `example`. */
  calls: string;
}

/** A kind of step. `B` is the type of what stands behind its key. */
export interface StepKind<B = unknown> extends KindFacts<B> {
  doc: Doc;
  /** The elements of TwiML that it writes: the page of TwiML tells of each attribute in them. */
  twiml?: readonly Noun[];
  schema: TSchema;
  /** Its keys by the names that other tools and languages give them. */
  aliases?: Readonly<Record<string, readonly string[]>>;
  /** When each outcome comes that `status` may name. */
  outcomes?: Readonly<Record<string, string>>;
  /** The findings that `lint` can make. */
  findings?: readonly FindingDoc[];
  /** Findings beyond shape, names and types. */
  lint?(step: Step<B>, flow: Flow, report: Report): void;
  /** Lowers a step to named blocks of ops; `enter` is where it begins. */
  compile(step: Step<B>, to: Compiler): Record<string, Op[]>;
}
