/** What exploring a flow gives: every way of a call through it, as a graph of the calls that wait and what moves them. */
import type { Effect } from "../engine/effect.ts";
import type { Env } from "../engine/state.ts";
import type { ScriptStep } from "../phone/script/scenario.ts";
import type { Element } from "../phone/twiml/element.ts";
import type { Call, Place } from "../program/call.ts";
import type { Functions } from "../program/expression.ts";
import type { Json } from "../program/json.ts";
import type { Program } from "../program/program.ts";

/** The ways through a flow. The ids of nodes, edges and begins are their indexes; nodes are in the order of the search. */
export interface Exploration {
  program: Program;
  begins: readonly Begin[];
  /** Breadth first, so that the first way to a node is the shortest. */
  nodes: readonly Node[];
  edges: readonly Edge[];
  /** Plays a way from its begin: the same edges, with what is heard and requested in the one call that takes all of them. */
  replay(way: readonly Edge[]): Edge[];
  /** Where the nodes that wait do so, in their documents. */
  waits: ReadonlyMap<number, { waiting: Waiting; begin: Begin }>;
  /** What was not explored; empty if this is every way. */
  cut: readonly Cut[];
}

/** A moment, and what sets it apart. */
export interface Moment {
  at: number;
  label: string;
}

/** How a call begins: its moment, and what is unknown before it. */
export interface Begin {
  id: number;
  /** What sets it apart: `Mon 12:00, office open`; empty if nothing does. */
  label: string;
  /** Milliseconds since 1970. The clock stands still during a call. */
  at: number;
  /** Persistent variables by the names that they are stored under. */
  kept: Readonly<Record<string, Json>>;
  /** Environment variables. */
  env: Env;
  /** Parameters of the first webhook, besides those of every call. */
  params: Readonly<Record<string, string>>;
  /** The caller's place in queues, as parameters of the webhooks from there. */
  queue?: Readonly<Record<string, string>>;
  /** The settings of a scenario that begins like this, without `at`. */
  scenario: Readonly<Record<string, unknown>>;
}

/** A call that waits, or that has ended. Calls whose differences cannot matter any more are one node. */
export interface Node {
  id: number;
  /** The last edge of the shortest way here. */
  via: number;
  /** What the caller and others did on that way. */
  answers: number;
  /** Seconds of speech and sound on that way. */
  seconds: number;
  /** The step that waits, and the block that its first answer resumes; absent if the call has ended. */
  place?: Place;
  /** What it waits for; absent if the call has ended. */
  asks?: Asking;
  ended?: Ending;
  /** The call of the shortest way. */
  call: Call;
  /** The moment of the call. */
  clock: number;
}

/**
 * How a call ends: by the flow, by a `<Reject>`, by the apology, because the caller hung up, by handing the call to another
 * application, or by a document that Twilio refuses.
 */
export type Ending = "hangup" | "rejected" | "apology" | "caller" | "elsewhere" | "problem";

/** A document that was read. */
export interface Document {
  /** Its text, which is the same for the same words and the same places. */
  text: string;
  /** Absent if Twilio refuses it. */
  verbs?: readonly Element[] | undefined;
}

/** Where a document stopped: at a verb that waits. */
export interface Waiting {
  document: Document;
  /** The verb's index in the document. */
  at: number;
  element: Element;
  /** The step that its continuation URLs belong to. */
  step: string;
}

/** What a call waits for. */
export interface Asking {
  /** The TwiML verb: `Gather`, `Dial` … */
  verb: string;
  /** What was said on the way to it, in the turn that leads here first. */
  prompt: string;
  /** The events that can come. */
  offers: readonly string[];
  /** Whom it dials, or the queue. */
  to: readonly string[];
}

/** From one node to the next: an event, and what the flow does with it. */
export interface Edge {
  id: number;
  /** The node that it leaves; absent on the first edge of a call. */
  from?: number;
  to: number;
  begin: number;
  event: CallEvent;
  /** If the event is the last of a long silence, the edges on which the caller says nothing, from `from` to it. */
  around?: readonly Edge[];
  /** The edge before these, if it is not the one by which `from` was found. */
  after?: number;
  /** The answers of services in this turn, in order. */
  answers: readonly ServiceAnswer[];
  /** The steps of this turn: the one that was resumed, those that were entered, and `hangup` if the flow ended. */
  path: readonly string[];
  /** The steps of the asides that ran before the event: whispers, the wait in a queue. */
  asides: readonly (readonly string[])[];
  /** What is heard until the next event, in order. */
  heard: readonly Heard[];
  /** Seconds of it. */
  seconds: number;
  effects: readonly Effect[];
  /** Questions in a row that are unanswered then, on the shortest way over the edge; absent if there are none. */
  unanswered?: number;
  /** What went wrong. */
  error?: string;
}

/** Something that the caller, a called person, a queue or Twilio does. */
export interface CallEvent {
  kind: "begins" | "keys" | "speech" | "silence" | "outcome" | "hangup";
  /** As in `key 2`, `says "billing"`, `no-answer`. */
  label: string;
  /** The parameters of its webhook, besides those of every webhook. */
  params: Readonly<Record<string, string>>;
  /** The lines of a test script that play it. */
  lines: readonly ScriptStep[];
}

/** What a service answers. */
export interface ServiceAnswer {
  url: string;
  label: string;
  status: string;
  body: Json;
  text?: string;
  /** How often the service is asked: failures are tried again. */
  tries: number;
}

/** Something that is heard or begins. */
export type Heard =
  | { kind: "said"; text: string; language: string; voice: string; seconds: number }
  | { kind: "played"; url: string; seconds: number }
  | { kind: "paused"; seconds: number }
  /** The verb that the call then waits at, and whom or what it names. After a `Gather` come its prompts, which a key can interrupt. */
  | { kind: "began"; verb: string; to: readonly string[] };

/** Something that was not explored. */
export interface Cut {
  what: "nodes" | "milliseconds" | "answers" | "begins" | "services" | "clock" | "random" | "values";
  /** As a sentence. */
  message: string;
}

/** How far, and in which world, a flow is explored. */
export interface ExploreOptions {
  /** From when on calls are made, in milliseconds since 1970. */
  now: number;
  env?: Env;
  /** The project's own functions. */
  functions?: Functions | undefined;
  /** Seconds of an audio file, by its URL; undefined if unknown. */
  secondsOf?(url: string): number | undefined;
  /** The moments at which calls are made; those that the flow tells apart if left out. */
  moments?: readonly Moment[];
  /** How calls begin; in every way that the flow tells apart if left out. */
  begins?: readonly Begin[];
  mostNodes?: number;
  mostMilliseconds?: number;
  /** The most answers on the shortest way to a node. */
  mostAnswers?: number;
  mostBegins?: number;
  /** The most answers of a service that are told apart. */
  mostServiceAnswers?: number;
}
