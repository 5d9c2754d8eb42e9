/** The syntax tree of a source, as Vitest's own parser gives it, read without knowing every kind of node. */
import { parseAst } from "vitest/node";

/** A node of the tree. */
export interface Node {
  type: string;
  start: number;
  end: number;
  fields: Readonly<Record<string, unknown>>;
}

/** A node with its place: the nodes around it, the nearest first, each with the field that leads down. */
export interface Placed {
  node: Node;
  /** The field of the nearest node around that this node is in. */
  key: string;
  around: Placed | undefined;
}

/** Types that wrap an expression; every other node of TypeScript is a type and leaves nothing to run. */
const TYPED_EXPRESSIONS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);
const NOT_RUN = new Set(["ImportDeclaration", "ExportAllDeclaration", "ImportExpression"]);

/** The root of a TypeScript source. */
export function parse(source: string): Placed {
  const node = asNode(parseAst(source, { lang: "ts" }));
  if (!node) throw new Error("The parser gave no tree.");
  return { node, key: "", around: undefined };
}

/** Every node that leaves something to run, outer nodes first. */
export function* walk(place: Placed): Generator<Placed> {
  yield place;
  for (const [key, value] of Object.entries(place.node.fields)) {
    for (const node of nodesIn(value)) if (runs(node)) yield* walk({ node, key, around: place });
  }
}

/** The child in a field. */
export function child(node: Node, key: string): Node | undefined {
  return asNode(node.fields[key]);
}

/** A text field, or "". */
export function textOf(node: Node, key: string): string {
  const value = node.fields[key];
  return typeof value === "string" ? value : "";
}

/** The name in an identifier, or "". */
export function nameOf(node: Node | undefined): string {
  return node?.type === "Identifier" ? textOf(node, "name") : "";
}

/** The nodes in a field: one or several. */
export function nodesIn(value: unknown): Node[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => asNode(one) ?? []);
}

function runs({ type }: Node): boolean {
  return !NOT_RUN.has(type) && (!type.startsWith("TS") || TYPED_EXPRESSIONS.has(type));
}

function asNode(value: unknown): Node | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("type" in value && "start" in value && "end" in value)) return undefined;
  const { type, start, end, ...fields } = value;
  if (typeof type !== "string" || typeof start !== "number" || typeof end !== "number") return undefined;
  return { type, start, end, fields };
}
