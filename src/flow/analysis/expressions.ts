/** Every expression of a flow, with its place; and what is inside one. */
import type { ASTNode } from "@marcbachmann/cel-js";
import type { Problem } from "../language/diagnostic.ts";
import type { Mark, MarkName } from "../language/mark.ts";
import type { ScalarNode, Span } from "../language/node.ts";
import { isLiteral } from "../language/schema.ts";
import { splitText, wholeHole } from "../language/text.ts";
import { type Flow, marksOf } from "../model/flow.ts";
import { locate } from "../yaml/locate.ts";
import type { Facts } from "./facts.ts";

/** An expression as an author wrote it. */
export interface Written {
  text: string;
  /** The scalar that contains it, and its offset in the scalar's text. */
  node: ScalarNode;
  at: number;
  mark: Mark;
  /** The CEL type that it must have; `text` if it becomes part of a text; undefined for any. */
  gives: string | undefined;
}

/** A problem of an expression, and the part of it that has the problem. */
export type NodeProblem<Code extends string> = Problem<Code> & { node: ASTNode };

const LITERAL: ReadonlySet<MarkName> = new Set(["value", "json", "argument"]);
const IN_TEXT: ReadonlySet<MarkName> = new Set(["spoken", "text", "url"]);

const collected = new WeakMap<Flow, readonly Written[]>();

/** Every expression of a flow's settings and steps. Collected once. */
export function expressionsOf(flow: Flow): readonly Written[] {
  const known = collected.get(flow);
  if (known) return known;
  const written = marksOf(flow).flatMap(expressionsIn);
  collected.set(flow, written);
  return written;
}

/** The expressions of one marked value. */
export function expressionsIn(mark: Mark): Written[] {
  const { node } = mark;
  if (node.type !== "scalar") return [];
  if (mark.mark === "expression") {
    return [{ text: node.text, node, at: 0, mark, gives: mark.schema["x-type"] }];
  }
  if (LITERAL.has(mark.mark) && isLiteral(mark.value))
    return holesIn(mark, node, wholeHole(node.text) ? undefined : "text");
  if (mark.mark === "destination" || mark.mark === "language") return holesIn(mark, node, "string");
  // `rules/texts.ts` checks which expressions can be a whole URL.
  if (mark.mark === "url" && wholeHole(node.text)) return holesIn(mark, node, undefined);
  return IN_TEXT.has(mark.mark) ? holesIn(mark, node, "text") : [];
}

/** Whether a value belongs to a promise: no call reads it. */
export function isOfPromise({ path }: Pick<Mark, "path">): boolean {
  return path[0] === "promises";
}

function holesIn(mark: Mark, node: ScalarNode, gives: string | undefined): Written[] {
  return splitText(node.text).parts.flatMap((part) =>
    "expr" in part ? [{ text: part.expr, node, at: part.at, mark, gives }] : [],
  );
}

/** The place in the file of a stretch of an expression. */
export function spanIn(written: Written, file: string, start: number, end: number): Span {
  const from = locate(written.node, written.at + start, file);
  // A position after the last character is shown at that character.
  const to = locate(written.node, written.at + Math.max(start, end - 1), file) + 1;
  return { start: from, end: Math.max(to, from + 1) };
}

/** Calls `visit` for a syntax tree's every node; `inside` holds the names of the functions around it. */
export function walk(
  node: ASTNode,
  visit: (node: ASTNode, inside: readonly string[]) => void,
  inside: readonly string[] = [],
): void {
  visit(node, inside);
  const name = nameAround(node);
  const below = name === undefined ? inside : [...inside, name];
  for (const child of childrenOf(node.args)) walk(child, visit, below);
}

// A comparison counts as a function: a secret can be compared with `==`.
function nameAround(node: ASTNode): string | undefined {
  if (node.op === "call" || node.op === "rcall") return node.args[0];
  return node.op === "==" || node.op === "!=" ? node.op : undefined;
}

/** The syntax trees right below a node, of its `args`. */
export function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

/** The value of a literal text, if the node is one. */
export function literalText(node: ASTNode | undefined): string | undefined {
  return node?.op === "value" && typeof node.args === "string" ? node.args : undefined;
}

/** The names of the functions that a syntax tree calls. */
export function functionsIn(tree: ASTNode): string[] {
  const names: string[] = [];
  walk(tree, (node) => {
    if (node.op === "call") names.push(node.args[0]);
  });
  return names;
}

/** A place where an expression reads one of its roots. */
export interface Read {
  node: ASTNode;
  /** `vars`, `input` … */
  root: string;
  /** The field that is read; undefined if it is chosen during the call, or if all are read. */
  field: string | undefined;
  /** The names of the functions around it. */
  inside: readonly string[];
}

/** Everything that a syntax tree reads. */
export function readsOf(tree: ASTNode): Read[] {
  const reads: Read[] = [];
  const told = new Set<ASTNode>();
  walk(tree, (node, inside) => {
    if (node.op === "id" && !told.has(node)) reads.push({ node, root: node.args, field: undefined, inside });
    if (node.op !== "." && node.op !== "[]") return;
    const parameter = parameterOf(node);
    if (parameter !== undefined) reads.push({ node, root: "vars", field: parameter, inside });
    const [object, key] = node.args;
    if (object.op !== "id") return;
    told.add(object);
    reads.push({ node, root: object.args, field: typeof key === "string" ? key : literalText(key), inside });
  });
  return reads;
}

/** The name in `call.parameters["name"]`, if the node is that: the variable that the parameter has set, as a text. */
export function parameterOf(node: ASTNode): string | undefined {
  if (node.op !== "." && node.op !== "[]") return undefined;
  const [object, key] = node.args;
  const name = typeof key === "string" ? key : literalText(key);
  return name !== undefined && isParameters(object) ? name : undefined;
}

/** Whether a node is `call.parameters` as a whole. */
export function isParameters(node: ASTNode): boolean {
  if (node.op !== "." && node.op !== "[]") return false;
  const [object, key] = node.args;
  if (object.op !== "id" || object.args !== "call") return false;
  return (typeof key === "string" ? key : literalText(key)) === "parameters";
}

/** The CEL type of an expression; undefined for an invalid one, which has its own finding. */
export function typedExpression(environment: Facts["environment"], text: string): string | undefined {
  const checked = environment.check(text);
  return checked.valid ? checked.type : undefined;
}
