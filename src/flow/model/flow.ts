/** The model of a flow: its settings, its steps, and the facts about their kinds. */
import type { Diagnostic, Problem } from "../language/diagnostic.ts";
import type { Exit } from "../language/exit-schema.ts";
import type { KeyRange } from "../language/keys.ts";
import type { Mark } from "../language/mark.ts";
import type { MapNode, Node, ScalarNode, Span } from "../language/node.ts";
import type { Medium, SideRoad } from "../language/side-roads.ts";
import type { Settings } from "./settings.ts";

/** The facts about a step kind that graph and rules need. `B` is the type of its body. */
export interface KindFacts<B = unknown> {
  /** The key of the kind. */
  name: string;
  /** A description of each key of the body; empty if the body is not a map. */
  keys: Readonly<Record<string, string>>;
  /** Whether a step of this kind continues with `next`, or contains its exits. */
  next(body: B): "required" | "optional" | "refused";
  /** Whether a step of this kind is a menu that `back` returns to; never, if left out. */
  isMenu?(body: B): boolean;
  /**
   * What a step does to the call before it continues: `speaks` makes something heard (and answers the call), `asks`
   * waits for somebody, `silent` does neither.
   */
  does: "speaks" | "asks" | "silent";
  /** The side roads on which it can run; none if left out. */
  beside?: readonly SideRoad[];
  /** Whether it has no effect on a call's main road; or what it does there instead, after the kind's name. */
  onlyBeside?: true | string;
  /** Of a kind that waits for a text message: for how many seconds, and which block runs if none comes. */
  waitsForMessage?(body: B): { timeout: number; block: string };
  /** The key of a prompt that is heard before it does its work. */
  speaksFirst?: string;
  /** The key of the prompt that asks for an answer. */
  asksBy?: string;
  /** The keys of prompts that only other people than the caller hear. */
  heardByOthers?: readonly string[];
  /** What the diagram shows it as; `speaks`, `asks` or `decides`, by what it `does`, if left out. */
  role?: Role;
  /** The label of an exit, by its path in the body; its keys if left out. */
  exitLabel?(path: readonly string[], marks: readonly Mark[]): string | undefined;
  /** The only medium on which the exit at this path in the body is taken; undefined if calls and text messages can. */
  medium?(path: readonly string[], body: B): Medium | undefined;
  /** What takes an exit, by its path in the body; the outcome of the step if left out. */
  exitTrigger?(path: readonly string[]): Trigger;
  /** Whether a step declares its input sensitive. A kind that saves only to `sensitive` variables needs no more than those. */
  isSensitive?(body: B): boolean;
  /** The block that continues after a side road, with the variables set there. */
  resumes?: string;
  /** The block that takes the caller's answer to a question, or only the missing one. */
  listens?: string;
  /** What a step asks its caller, if it offers choices or takes an answer. */
  question?(step: Step<B>): Question;
  /** Of a kind that listens: whether a caller who stays silent can leave by the exit at this path in the body. */
  isSilent?(path: readonly string[], body: B): boolean;
  /** Of a kind that asks: whether the exit at this path in the body is taken without an answer. */
  isUnanswered?(path: readonly string[]): boolean;
  /** Whether a caller waits in a queue here, so that its prompts can read `queue`. */
  queues?: true;
  /** Whether the call, or a message of the caller, goes to somebody else: a person, a mailbox, or another system. */
  handsOver?: true;
  /** Of a kind that records the caller's message: the key of the prompt that is heard before the tone. */
  messageAfter?: string;
  /** Whether a step records the call, and not only a message. */
  recordsCall?(body: B): boolean;
  /** The name of the recording of the call that a step leaves running; empty if it has none. */
  startsRecording?(body: B): string | undefined;
  /** The name of the recording of the call that a step ends. */
  stopsRecording?(body: B): string | undefined;
  /** Whether the body is a recording to play, or a map with it. */
  plays?: true;
  /** For how many seconds a step can let the caller wait without a sound. */
  silentSeconds?(body: B): number;
  /** Refuses the call without answering it. */
  refusesCall?: true;
  /** Whether an exit can `retry` it: its block `retry` asks again. */
  canRetry?: true;
}

/** What a step does to the call, as its diagram shows it. */
export type Role = "speaks" | "asks" | "records" | "connects" | "decides" | "reaches" | "runs" | "ends";

/** What takes an exit. */
export type Trigger = "key" | "word" | "condition" | "outcome";

/** A question as callers meet it. */
export interface Question {
  prompt: Node | undefined;
  /** What is heard before it is asked again: after silence, after a wrong answer, and instead of the prompt. */
  noInput: Node | undefined;
  noMatch: Node | undefined;
  reprompt: Node | undefined;
  choices: readonly OfferedChoice[];
  attempts: number;
  hears: { keys: boolean; speech: boolean };
  /** The key that ends an answer, unless it is a choice. */
  finishKey: string;
  /** The exits after the last attempt. */
  failed: { silence: Exit; else: Exit };
  /** Where they are written. */
  failedAt: Node | undefined;
}

/** A choice that a caller can make. */
export interface OfferedChoice {
  /** Its key or range of keys in the file. */
  at: ScalarNode;
  /** The keys that make it; undefined if it is made by words alone. */
  keys: KeyRange | undefined;
  /** The phrases that make it, in the form that is compared; in every language. */
  phrases: readonly string[];
  /** The language that the call changes to. */
  language: string | undefined;
  next: Exit;
}

/** A step of a flow that fits its schema. */
export interface Step<B = unknown> {
  name: string;
  kind: KindFacts;
  body: B;
  next?: Exit;
  /** The nodes of its name, of the whole step, and of its body. */
  nameNode: ScalarNode;
  node: MapNode;
  bodyNode: Node;
  /** The marks of its values: exits, expressions, prompts … */
  marks: Mark[];
}

/** A flow that fits its schema; the rules check names, types and exits. */
export interface Flow {
  name: string;
  file: string;
  text: string;
  root: MapNode;
  settings: Settings;
  /** In the order of the file. */
  steps: Step[];
  /** Steps that do not fit their schema, with their names and the values that could be read. */
  broken: { name: string; marks: Mark[] }[];
  /** The marks of the settings. */
  marks: Mark[];
}

const collected = new WeakMap<Flow, readonly Mark[]>();

/** All marks of a flow, of its settings and its steps, including broken ones. Collected once. */
export function marksOf(flow: Flow): readonly Mark[] {
  const known = collected.get(flow);
  if (known) return known;
  const marks = [...flow.marks];
  for (const step of [...flow.steps, ...flow.broken]) marks.push(...step.marks);
  collected.set(flow, marks);
  return marks;
}

/** The key of a step's kind: findings on the whole step point at it. */
export function kindKey({ node, kind, nameNode }: Pick<Step, "node" | "kind" | "nameNode">): ScalarNode {
  return node.pairs.find(({ key }) => key.text === kind.name)?.key ?? nameNode;
}

/** The value of a key in a step's body. */
export function valueAt({ bodyNode }: Step, key: string): Node | undefined {
  return bodyNode.type === "map" ? bodyNode.pairs.find((pair) => pair.key.text === key)?.value : undefined;
}

/** The sentences that people hear or read at a step, as they are written. */
export function sentencesOf({ marks }: Pick<Step, "marks">): string[] {
  const texts = marks.flatMap(({ schema, value }) =>
    schema["x-text"] === "sentences" && typeof value === "string" ? [value] : [],
  );
  return [...new Set(texts)];
}

/** A finding at a place of the flow's file; an error by default. */
export type Found<Code extends string> = Problem<Code> &
  Partial<Pick<Diagnostic, "hint" | "severity" | "fix" | "meant">> & { at: { span: Span } };

/** Reports a finding with one of the codes. */
export type Report<Code extends string> = (found: Found<Code>) => void;
