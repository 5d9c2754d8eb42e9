/** Marks: the meaning that a schema gives a value, and the marked values of a flow. */
import type { VariableType } from "../../program/program.ts";
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
  | "cases"
  | "allow"
  | "reads"
  | "voice"
  | "zone"
  | "calendar"
  | "declared"
  | "expected"
  | "promised";

/** The mark of an author's value in a schema. */
export type Marked = {
  "x-mark"?: MarkName | undefined;
  /** Of an expression: the CEL type that it must have, or `text`. */
  "x-type"?: string | undefined;
  /** Of a capture: the type of each result that the step has. */
  "x-results"?: Readonly<Record<string, VariableType>> | undefined;
  /** The form of a text, for the finding: "a time such as 08:00-18:00". */
  "x-says"?: string | undefined;
  /** Whether `secrets` can be used here. */
  "x-secret"?: boolean | undefined;
  /** Of the step that begins a side road: the side road. */
  "x-road"?: SideRoad | undefined;
  /** Of a URL: whether a file path is allowed instead. */
  "x-file"?: boolean | undefined;
  /** Of a URL: whether the Worker requests it; Twilio does if left out. */
  "x-worker"?: boolean | undefined;
  /** Of a computed value: the pattern that it must match during the call. */
  "x-computed"?: string | undefined;
  /** Of a choice that needs them: the environment variables that the Worker reads for it. */
  "x-reads"?: readonly string[] | undefined;
  /** Of a list of texts: what is written between them. */
  "x-joined"?: string | undefined;
  /** Of a key: whether the map can leave it out. */
  "x-optional"?: true | undefined;
  /** Of a parameter: the limit for its name and value together, in characters, exclusive. */
  "x-below"?: number | undefined;
  /** Of a text: its limit in characters. */
  "x-most"?: number | undefined;
  /** Of a text: its use, if it is more than a setting. */
  "x-text"?: "sentences" | "phrases" | undefined;
  /** Twilio's error number for a value of another shape. */
  "x-twilio"?: number | undefined;
};

/** The use of a text: sentences are heard or read, phrases are said by callers. */
export type TextKind = "sentences" | "phrases" | "expression";

/** The part of JSON Schema that the step kinds use. */
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

/** A marked value: found while projecting, checked by the rules. */
export interface Mark {
  mark: MarkName;
  schema: JsonSchema;
  value: unknown;
  node: Node;
  /** Its key, if any. */
  key?: ScalarNode;
  /** Keys and indexes from the projected root. */
  path: string[];
}
