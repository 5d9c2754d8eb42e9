/** CEL's syntax trees → what the engine evaluates. What the engine does not have is a finding, never a surprise in a call. */
import type { ASTNode } from "@marcbachmann/cel-js";
import type { Expr } from "../../program/program.ts";
import { FUNCTION_NAMES, ROOTS } from "../analysis/environment.ts";
import { isParameters, literalText, parameterOf } from "../analysis/expressions.ts";

/** A part of CEL that this language does not have. */
export class Unsupported extends Error {
  readonly node: ASTNode;

  constructor(node: ASTNode, message: string) {
    super(message);
    this.node = node;
  }
}

const CALLS: ReadonlySet<string> = new Set(["size", "string", "bool", "int", "double", ...FUNCTION_NAMES]);

/** Functions that the checker alone needs: their value is their operand's. */
const TRANSPARENT: ReadonlySet<string> = new Set(["dyn", "reveal"]);

/** Methods, and the operation that each one is. */
const METHODS: Readonly<Record<string, string>> = {
  size: "size",
  contains: "contains",
  startsWith: "startsWith",
  endsWith: "endsWith",
  matches: "matches",
  indexOf: "indexOf",
  lastIndexOf: "lastIndexOf",
  substring: "substring",
  split: "split",
  join: "join",
  trim: "trim",
  lowerAscii: "lower",
  upperAscii: "upper",
};

const MACROS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

/**
 * Lowers an expression that the type checker has let through.
 * @throws Unsupported
 */
export function lower(node: ASTNode): Expr {
  return lowerIn(node, new Set());
}

/** @param locals the variables of the macros around the node */
function lowerIn(node: ASTNode, locals: ReadonlySet<string>): Expr {
  const inner = (child: ASTNode): Expr => lowerIn(child, locals);
  switch (node.op) {
    case "value":
      return literal(node, node.args);
    case "id":
      return named(node, node.args, locals);
    case ".":
    case "[]":
      return parameter(node) ?? entry(node, locals);
    case "list":
      return ["[]", ...node.args.map(inner)];
    case "map":
      return ["{}", ...node.args.flat().map(inner)];
    case "!_":
      return ["!", inner(node.args)];
    case "-_":
      return negated(node, node.args, locals);
    case "call":
      return call(node, node.args[0], node.args[1], locals);
    case "rcall":
      return method(node, node.args[0], node.args[1], node.args[2], locals);
    case ".?":
    case "[?]":
      throw new Unsupported(node, "optional fields are not part of this language; use has()");
    default:
      return [node.op, ...node.args.map(inner)];
  }
}

function literal(node: ASTNode, value: unknown): Expr {
  if (typeof value === "bigint") return int(node, value);
  if (typeof value === "number") return Number.isInteger(value) ? ["double", value] : value;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  throw new Unsupported(node, "bytes and unsigned numbers are not part of this language");
}

function int(node: ASTNode, value: bigint): Expr {
  if (BigInt.asIntN(64, value) !== value) throw new Unsupported(node, "a whole number has at most 64 bits");
  return Number.isSafeInteger(Number(value)) ? Number(value) : ["int", String(value)];
}

function negated(node: ASTNode, operand: ASTNode, locals: ReadonlySet<string>): Expr {
  // The smallest int is written as the negative of a number that is not an int.
  if (operand.op === "value" && typeof operand.args === "bigint") return int(node, -operand.args);
  return ["-", lowerIn(operand, locals)];
}

function named(node: ASTNode, name: string, locals: ReadonlySet<string>): Expr {
  if (locals.has(name)) return ["@", name];
  if (ROOTS.includes(name)) return ["$", name];
  throw new Unsupported(node, `${name} is a name of CEL's that is not part of this language`);
}

type Entry = Extract<ASTNode, { op: "." | "[]" }>;

function entry({ args: [object, key] }: Entry, locals: ReadonlySet<string>): Expr {
  return field(object, typeof key === "string" ? key : (literalText(key) ?? key), locals);
}

/** A parameter of the call's first webhook is the variable that it has set, as a text. */
function parameter(node: Entry): Expr | undefined {
  const name = parameterOf(node);
  if (name !== undefined) return ["string", ["$", "vars", name]];
  if (!isParameters(node)) return undefined;
  throw new Unsupported(node, 'write the name of one parameter, in quotes: call.parameters["dept"]');
}

function field(object: ASTNode, key: ASTNode | string, locals: ReadonlySet<string>): Expr {
  const from = lowerIn(object, locals);
  if (typeof key !== "string") return [".", from, lowerIn(key, locals)];
  const isRoot = object.op === "id" && !locals.has(object.args);
  return isRoot ? ["$", object.args, key] : [".", from, key];
}

function call(node: ASTNode, name: string, operands: readonly ASTNode[], locals: ReadonlySet<string>): Expr {
  const [first] = operands;
  if (name === "has" && first?.op === ".") return ["has", lowerIn(first.args[0], locals), first.args[1]];
  if (TRANSPARENT.has(name) && first) return lowerIn(first, locals);
  if (CALLS.has(name)) return [name, ...operands.map((operand) => lowerIn(operand, locals))];
  throw new Unsupported(node, `${name}() is a function of CEL's that is not part of this language`);
}

function method(
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  operands: readonly ASTNode[],
  locals: ReadonlySet<string>,
): Expr {
  if (MACROS.has(name)) return macro(name, receiver, operands, locals);
  const operation = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (operation === undefined) {
    throw new Unsupported(node, `.${name}() is a function of CEL's that is not part of this language`);
  }
  return [operation, ...[receiver, ...operands].map((operand) => lowerIn(operand, locals))];
}

function isNumber(key: ASTNode): boolean {
  return key.op === "-_" || (key.op === "value" && typeof key.args !== "string");
}

/** The result of `map` comes before its condition, which is left out mostly. */
function macro(
  name: string,
  receiver: ASTNode,
  operands: readonly ASTNode[],
  locals: ReadonlySet<string>,
): Expr {
  const [variable, ...bodies] = operands;
  if (variable?.op !== "id") throw new Error(`${name} without a variable`);
  if (receiver.op === "map" && receiver.args.some(([key]) => isNumber(key))) {
    throw new Unsupported(receiver, `${name} takes a map only if its keys are texts`);
  }
  const inner = new Set([...locals, variable.args]);
  const lowered = bodies.map((body) => lowerIn(body, inner)).toReversed();
  return [name, lowerIn(receiver, locals), variable.args, ...lowered];
}
