/** Marks: what a schema says that a value means, and the values that were found to mean it. */
import type { Node, ScalarNode } from "./node.ts";
import type { SideRoad } from "./side-roads.ts";

/** What a marked value means. */
export type MarkName =
  | "exit"
  | "expression"
  | "spoken"
  | "text"
  | "url"
  | "value"
  | "destination"
  | "variable"
  | "retry"
  | "language"
  | "saved"
  | "flow"
  | "json"
  | "argument"
  | "variants"
  | "prompt"
  | "side"
  | "tag"
  | "constant"
  | "cases";

/** Where in a schema an author's value is marked. */
export type Marked = {
  "x-mark"?: MarkName | undefined;
  /** Of an expression: the CEL type that it has to give, or `text`. */
  "x-type"?: string | undefined;
  /** What a text has to look like, for the finding: "a time such as 08:00-18:00". */
  "x-says"?: string | undefined;
  /** Whether `secrets` may stand here. */
  "x-secret"?: boolean | undefined;
  /** Of a step that runs beside the call: the side road that begins there. */
  "x-road"?: SideRoad | undefined;
  /** Of an address: whether the name of a file may stand here instead. */
  "x-file"?: boolean | undefined;
  /** Of a parameter: its name and value are shorter together, in characters. */
  "x-below"?: number | undefined;
  /** Of a text: what it is, if it is more than a setting. */
  "x-text"?: "sentences" | "phrases" | undefined;
  /** Twilio's error number for a value of another shape. */
  "x-twilio"?: number | undefined;
};

/** What a text is: sentences are heard or read, phrases are what a caller may say. */
export type TextKind = "sentences" | "phrases" | "expression";

/** The keywords that schemas carry beside those of JSON Schema. */
export const ANNOTATIONS = Object.keys({
  "x-mark": true,
  "x-type": true,
  "x-says": true,
  "x-secret": true,
  "x-road": true,
  "x-file": true,
  "x-below": true,
  "x-text": true,
  "x-twilio": true,
} satisfies Record<keyof Marked, true>);

/** What of JSON Schema the step kinds use. */
export interface JsonSchema extends Marked {
  type?: string | undefined;
  title?: string | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  patternProperties?: Record<string, JsonSchema> | undefined;
  items?: JsonSchema | undefined;
  anyOf?: JsonSchema[] | undefined;
  enum?: readonly unknown[] | undefined;
  pattern?: string | undefined;
  const?: unknown;
  required?: readonly string[] | undefined;
  additionalProperties?: boolean | JsonSchema | undefined;
  minProperties?: number | undefined;
  minItems?: number | undefined;
  minLength?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
}

/** A value that means something: found while projecting, checked by the rules. */
export interface Mark {
  mark: MarkName;
  schema: JsonSchema;
  value: unknown;
  node: Node;
  /** The key whose value it is, if any. */
  key?: ScalarNode;
  /** Keys and indexes from the projected root. */
  path: string[];
}
