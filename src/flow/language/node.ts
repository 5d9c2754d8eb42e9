/** The content of a YAML file as plain data: values with their positions. */

/** A flow's file: its path as shown to the author, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

/** A stretch of a file's text, in UTF-16 offsets; `end` is the first offset after it. */
export interface Span {
  start: number;
  end: number;
}

/** A value of a file. */
export type Node = ScalarNode | MapNode | ListNode;

/** A single value with two readings; the schema decides which one is meant. */
export interface ScalarNode {
  type: "scalar";
  /** As it was written (`007`, `+14155550100`, `yes`, `~`); of a quoted or block text, the decoded content. */
  text: string;
  /** The value in YAML 1.2's core schema; the text itself if it is quoted or a block. */
  value: string | number | boolean | null;
  /** In quotes, or a block text: certainly meant as text. */
  quoted: boolean;
  span: Span;
}

/** A map, with order, spelling and repetition of its keys as written. */
export interface MapNode {
  type: "map";
  pairs: Pair[];
  /** Written in braces. */
  inline: boolean;
  span: Span;
}

/** A key and its value; a value that was left out is an empty scalar. */
export interface Pair {
  key: ScalarNode;
  value: Node;
}

/** A list. */
export interface ListNode {
  type: "list";
  items: Node[];
  /** Written in brackets. */
  inline: boolean;
  span: Span;
}

/** Calls `visit` with every scalar below a node, keys included, in the order of the file. */
export function eachScalar(node: Node, visit: (scalar: ScalarNode) => void): void {
  if (node.type === "scalar") visit(node);
  else if (node.type === "list") for (const item of node.items) eachScalar(item, visit);
  else
    for (const { key, value } of node.pairs) {
      visit(key);
      eachScalar(value, visit);
    }
}

/** Whether a node is a text without quotes, and not an empty one. */
export function isPlainText(node: Node): node is ScalarNode {
  return node.type === "scalar" && !node.quoted && node.text !== "";
}
