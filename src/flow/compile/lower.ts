/** CEL's syntax trees → what the engine evaluates. What the engine does not have is a finding, never a surprise in a call. */
import type { ASTNode } from "@marcbachmann/cel-js";
import type { Expr } from "../../program/op.ts";
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
 * @param functions the names of the project's own functions
 * @throws Unsupported
 */
export function lower(node: ASTNode, functions: ReadonlySet<string> = NONE): Expr {
  return lowerIn(node, { locals: NONE, functions });
}

const NONE: ReadonlySet<string> = new Set();

/** The names that an expression can use besides those of the language. */
interface Names {
  /** The variables of the macros around the node. */
  locals: ReadonlySet<string>;
  /** The project's own functions. */
  functions: ReadonlySet<string>;
}

function lowerIn(node: ASTNode, names: Names): Expr {
  const inner = (child: ASTNode): Expr => lowerIn(child, names);
  switch (node.op) {
    case "value":
      return literal(node, node.args);
    case "id":
      return named(node, node.args, names);
    case ".":
    case "[]":
      return parameter(node) ?? entry(node, names);
    case "list":
      return ["[]", ...node.args.map(inner)];
    case "map":
      return ["{}", ...node.args.flat().map(inner)];
    case "!_":
      return ["!", inner(node.args)];
    case "-_":
      return negated(node, node.args, names);
    case "call":
      return call(node, node.args[0], node.args[1], names);
    case "rcall":
      return method(node, node.args[0], node.args[1], node.args[2], names);
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

function negated(node: ASTNode, operand: ASTNode, names: Names): Expr {
  // The smallest int is written as the negative of a number that is not an int.
  if (operand.op === "value" && typeof operand.args === "bigint") return int(node, -operand.args);
  return ["-", lowerIn(operand, names)];
}

function named(node: ASTNode, name: string, names: Names): Expr {
  if (names.locals.has(name)) return ["@", name];
  if (ROOTS.includes(name)) return ["$", name];
  throw new Unsupported(node, `${name} is a name of CEL's that is not part of this language`);
}

type Entry = Extract<ASTNode, { op: "." | "[]" }>;

function entry({ args: [object, key] }: Entry, names: Names): Expr {
  return field(object, typeof key === "string" ? key : (literalText(key) ?? key), names);
}

/** A parameter of the call's first webhook is the variable that it has set, as a text. */
function parameter(node: Entry): Expr | undefined {
  const name = parameterOf(node);
  if (name !== undefined) return ["string", ["$", "vars", name]];
  if (!isParameters(node)) return undefined;
  throw new Unsupported(node, 'write the name of one parameter, in quotes: call.parameters["dept"]');
}

function field(object: ASTNode, key: ASTNode | string, names: Names): Expr {
  const from = lowerIn(object, names);
  if (typeof key !== "string") return [".", from, lowerIn(key, names)];
  const isRoot = object.op === "id" && !names.locals.has(object.args);
  return isRoot ? ["$", object.args, key] : [".", from, key];
}

function call(node: ASTNode, name: string, operands: readonly ASTNode[], names: Names): Expr {
  const [first] = operands;
  if (name === "has" && first?.op === ".") return ["has", lowerIn(first.args[0], names), first.args[1]];
  if (TRANSPARENT.has(name) && first) return lowerIn(first, names);
  if (CALLS.has(name) || names.functions.has(name))
    return [name, ...operands.map((operand) => lowerIn(operand, names))];
  throw new Unsupported(node, `${name}() is a function of CEL's that is not part of this language`);
}

function method(
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  operands: readonly ASTNode[],
  names: Names,
): Expr {
  if (MACROS.has(name)) return macro(name, receiver, operands, names);
  const operation = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (operation === undefined) {
    throw new Unsupported(node, `.${name}() is a function of CEL's that is not part of this language`);
  }
  return [operation, ...[receiver, ...operands].map((operand) => lowerIn(operand, names))];
}

function isNumber(key: ASTNode): boolean {
  return key.op === "-_" || (key.op === "value" && typeof key.args !== "string");
}

/** The result of `map` comes before its condition, which is left out mostly. */
function macro(name: string, receiver: ASTNode, operands: readonly ASTNode[], names: Names): Expr {
  const [variable, ...bodies] = operands;
  if (variable?.op !== "id") throw new Error(`${name} without a variable`);
  if (receiver.op === "map" && receiver.args.some(([key]) => isNumber(key))) {
    throw new Unsupported(receiver, `${name} takes a map only if its keys are texts`);
  }
  const inner = { ...names, locals: new Set([...names.locals, variable.args]) };
  const lowered = bodies.map((body) => lowerIn(body, inner)).toReversed();
  return [name, lowerIn(receiver, names), variable.args, ...lowered];
}
