/** Finds the mutants of a source, and for each the expression or statement that is written twice to switch it on. */
import type { Edit } from "./edit.ts";
import { editsAt } from "./operators.ts";
import { child, type Node, nameOf, type Placed, parse, walk } from "./syntax.ts";

/** A changed token of a source. */
export interface Mutant {
  /** From the project's folder. */
  file: string;
  line: number;
  /** The whole line, trimmed: with the two texts it names the mutant, wherever the line moves to. */
  code: string;
  original: string;
  mutated: string;
  edit: Edit;
  host: Host;
}

/** What is written twice. */
export interface Host {
  kind: "expression" | "statement" | "constant";
  start: number;
  end: number;
  /** Of a constant at the top: where its name is read. undefined: it is read elsewhere too, or while the module loads. */
  reads?: readonly Read[] | undefined;
}

/** A place where a constant is read. */
export interface Read {
  start: number;
  end: number;
  name: string;
  isShorthand: boolean;
}

const EXPRESSIONS = new Set([
  ...["BinaryExpression", "LogicalExpression", "UnaryExpression", "UpdateExpression", "AssignmentExpression"],
  ...["ConditionalExpression", "CallExpression", "NewExpression", "AwaitExpression", "ChainExpression"],
  ...["MemberExpression", "Literal", "TemplateLiteral", "ArrayExpression", "ObjectExpression", "Identifier"],
]);
const STATEMENTS = new Set([
  ...["ExpressionStatement", "ReturnStatement", "ThrowStatement", "BreakStatement", "ContinueStatement"],
]);
/** Fields in which an expression is a place or a name, not a value. */
const NOT_VALUES = new Set([
  "callee",
  "quasi",
  "source",
  "id",
  "local",
  "exported",
  "label",
  "params",
  "tag",
]);
const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|PropertyDefinition)$/;

/** The mutants of a file's source, in its order. */
export function mutantsIn(file: string, source: string): Mutant[] {
  const places = [...walk(parse(source))];
  const reads = new Map<number, readonly Read[] | undefined>();
  const found = places.flatMap((place) =>
    editsAt(place, source).flatMap((edit) => {
      const host = hostOf(place, edit, places, reads);
      return host ? [{ edit, host }] : [];
    }),
  );
  found.sort((a, b) => a.host.start - b.host.start || a.host.end - b.host.end || a.edit.start - b.edit.start);
  return found.map(({ edit, host }) => ({ file, ...wordsOf(source, edit), edit, host }));
}

/** How a mutant is shown: enough of its line to say what is changed. */
function wordsOf(source: string, { start, end, text }: Edit) {
  const from = source.lastIndexOf("\n", start - 1) + 1;
  const to = source.indexOf("\n", end);
  const code = source.slice(from, source.indexOf("\n", start)).trim();
  const before = /\w*.{0,12}$/.exec(source.slice(from, start))?.[0].trimStart() ?? "";
  const after = /^.{0,12}\w*/.exec(source.slice(end, to))?.[0].trimEnd() ?? "";
  const original = source.slice(start, end);
  const line = source.slice(0, start).split("\n").length;
  return { line, code, original: before + original + after, mutated: before + text + after };
}

type Reads = Map<number, readonly Read[] | undefined>;

function hostOf(place: Placed, edit: Edit, places: readonly Placed[], reads: Reads): Host | undefined {
  const constant = constantOf(place);
  if (constant) {
    const { start, end } = constant.node;
    if (!reads.has(start)) reads.set(start, readsOf(constant, places));
    return { kind: "constant", start, end, reads: reads.get(start) };
  }
  for (let at: Placed | undefined = place; at; at = at.around) {
    const { start, end, type } = at.node;
    const isWhole = edit.start <= start && edit.end >= end;
    if (STATEMENTS.has(type) && isWhole) return { kind: "statement", start, end };
    if (isValue(at)) return { kind: "expression", start, end };
    if (STATEMENTS.has(type)) return undefined;
  }
  return undefined;
}

function isValue({ node, key, around }: Placed): boolean {
  if (!around || !EXPRESSIONS.has(node.type) || NOT_VALUES.has(key)) return false;
  const { type, fields } = around.node;
  if ((key === "key" || key === "property") && fields.computed !== true) return false;
  if (key === "left" && /^(Assignment|For(In|Of))/.test(type)) return false;
  if (key === "argument" && (type === "UpdateExpression" || fields.operator === "delete")) return false;
  if (type === "ChainExpression" || /Pattern$|^RestElement$/.test(type))
    return key === "right" && type === "AssignmentPattern";
  if (type === "Property" && around.around?.node.type === "ObjectPattern") return false;
  return !(key === "object" && isInChain(around));
}

function isInChain({ node, key, around }: Placed): boolean {
  if (key === "expression" && around?.node.type === "ChainExpression") return true;
  return (
    (node.type === "MemberExpression" || node.type === "CallExpression") &&
    (key === "object" || key === "callee" || key === "expression") &&
    around !== undefined &&
    isInChain(around)
  );
}

/** The value of the constant at the top that this place is in, if it is not in a function. */
function constantOf(place: Placed): Placed | undefined {
  for (let at: Placed | undefined = place; at?.around; at = at.around) {
    if (FUNCTIONS.test(at.node.type)) return undefined;
    const isTop = /^(Program|ExportNamedDeclaration)$/.test(at.around.around?.around?.node.type ?? "");
    if (at.key === "init" && at.around.node.type === "VariableDeclarator" && isTop) return at;
  }
  return undefined;
}

/** Where a constant is read; undefined if the switch cannot reach every reader. */
function readsOf({ around }: Placed, places: readonly Placed[]): readonly Read[] | undefined {
  const name = nameOf(around && child(around.node, "id"));
  if (!around || name === "" || around.around?.around?.node.type === "ExportNamedDeclaration")
    return undefined;
  const reads: Read[] = [];
  for (const place of places) {
    if (nameOf(place.node) !== name || place.node.start === child(around.node, "id")?.start) continue;
    if (isNameOnly(place)) continue;
    const isRead = isValue(place) || place.key === "callee" || place.key === "object";
    if (!isRead || !isInFunction(place)) return undefined;
    const { start, end } = shorthand(place) ?? place.node;
    if (reads.at(-1)?.start === start) continue;
    reads.push({ start, end, name, isShorthand: shorthand(place) !== undefined });
  }
  return reads;
}

/** Whether an identifier names a property, and reads nothing. */
function isNameOnly({ key, around }: Placed): boolean {
  const fields = around?.node.fields ?? {};
  return (
    (key === "property" && fields.computed !== true) ||
    (key === "key" && fields.computed !== true && fields.shorthand !== true)
  );
}

function shorthand({ around }: Placed): Node | undefined {
  const isShort = around?.node.type === "Property" && around.node.fields.shorthand === true;
  return isShort ? around.node : undefined;
}

function isInFunction(place: Placed): boolean {
  for (let at: Placed | undefined = place; at; at = at.around) if (FUNCTIONS.test(at.node.type)) return true;
  return false;
}
