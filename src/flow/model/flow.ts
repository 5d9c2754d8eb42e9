/** A flow as everything behind its shape sees it: its settings, its steps, and what may be asked of their kinds. */
import type { Diagnostic } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import type { MapNode, Node, ScalarNode, Span } from "../language/node.ts";
import type { Exit } from "../language/schema.ts";
import type { SideRoad } from "../language/side-roads.ts";
import type { Settings } from "./settings.ts";

/** What graph and rules ask of a step's kind. `B` is the type of its body. */
export interface KindFacts<B = unknown> {
  /** The key that names it. */
  name: string;
  /** What each key of the body is for; empty where the body is not a map. */
  keys: Readonly<Record<string, string>>;
  /** Whether a step of this kind continues by `next`, or has its exits inside. */
  next(body: B): "required" | "optional" | "refused";
  /** Whether a step of this kind is a menu that `back` returns to; none is if left out. */
  isMenu?(body: B): boolean;
  /**
   * What a step does to the call before it continues: `speaks` plays something (and answers the call),
   * `asks` waits for somebody, `silent` does neither.
   */
  does: "speaks" | "asks" | "silent";
  /** Side roads on which it may stand; none if left out. */
  beside?: readonly SideRoad[];
  /** Whether it means nothing on a call's main road. */
  onlyBeside?: true;
  /** The key of a prompt that is heard before it does its work; none if left out. */
  speaksFirst?: string;
  /** The key of the prompt that asks for an answer; none if left out. */
  asksBy?: string;
  /** Keys of prompts that others than the caller hear. */
  heardByOthers?: readonly string[];
  /** What an author calls an exit, by its place in the body; its keys name it if left out. */
  exitLabel?(path: readonly string[], marks: readonly Mark[]): string | undefined;
  /** Whether a step says itself that what is entered must stay secret. */
  isSensitive?(body: B): boolean;
  /** The block that continues after its side road, and reads what was set there. */
  resumes?: string;
  /** Whether a caller waits in a queue here, so that its prompts can say so. */
  queues?: true;
  /** Refuses the call without answering it. */
  refusesCall?: true;
  /** Whether an exit may `retry` it: its block `retry` asks again. */
  canRetry?: true;
}

/** A step of a flow, checked in shape. */
export interface Step<B = unknown> {
  name: string;
  kind: KindFacts;
  body: B;
  next?: Exit;
  /** Where it stands: its name, all of it, and what is behind its kind. */
  nameNode: ScalarNode;
  node: MapNode;
  bodyNode: Node;
  /** What its values mean: exits, expressions, prompts … */
  marks: Mark[];
}

/** A flow, checked in shape: names, types and exits are for the rules. */
export interface Flow {
  name: string;
  file: string;
  text: string;
  root: MapNode;
  settings: Settings;
  /** In the order of the file. */
  steps: Step[];
  /** Steps that are out of shape: their names are known, and what could be read of them. */
  broken: { name: string; marks: Mark[] }[];
  /** What the values of the settings mean. */
  marks: Mark[];
}

const collected = new WeakMap<Flow, readonly Mark[]>();

/** What every value of a flow means: of its settings and its steps, those out of shape among them. Collected once. */
export function marksOf(flow: Flow): readonly Mark[] {
  const known = collected.get(flow);
  if (known) return known;
  const marks = [...flow.marks, ...[...flow.steps, ...flow.broken].flatMap((step) => step.marks)];
  collected.set(flow, marks);
  return marks;
}

/** The key that names a step's kind: what is wrong with the step as a whole is shown there. */
export function kindKey({ node, kind, nameNode }: Pick<Step, "node" | "kind" | "nameNode">): ScalarNode {
  return node.pairs.find(({ key }) => key.text === kind.name)?.key ?? nameNode;
}

/** The value behind a key of a step's body. */
export function valueAt({ bodyNode }: Step, key: string): Node | undefined {
  return bodyNode.type === "map" ? bodyNode.pairs.find((pair) => pair.key.text === key)?.value : undefined;
}

/** A finding at a place of the flow's file; an error unless it says less. */
export type Found = Pick<Diagnostic, "code" | "message"> &
  Partial<Pick<Diagnostic, "hint" | "severity" | "fix">> & { at: { span: Span } };

/** Tells the author of something. */
export type Report = (found: Found) => void;
