/** What can be changed at a node: one token each. */
import type { Edit } from "./edit.ts";
import { regexEdits } from "./regex.ts";
import { child, type Node, nameOf, nodesIn, type Placed, textOf } from "./syntax.ts";

const OTHER_OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
  "&&": ["||"],
  "||": ["&&"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "|=": ["&="],
  "??=": ["="],
  "||=": ["&&="],
  "++": ["--"],
  "--": ["++"],
};

const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["some", "every"],
  ["every", "some"],
  ["min", "max"],
  ["max", "min"],
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["find", "findLast"],
  ["findLast", "find"],
  ["floor", "ceil"],
  ["ceil", "floor"],
]);

const CAN_BE_DROPPED = new Set(["ThrowStatement", "BreakStatement", "ContinueStatement"]);
const EFFECTS = new Set(["CallExpression", "AwaitExpression", "ChainExpression", "AssignmentExpression"]);

/** The edits at a node. */
export function editsAt(place: Placed, source: string): Edit[] {
  return [...conditionEdits(place), ...tokenEdits(place, source)];
}

/** A condition that always or never holds; a loop without an end says nothing. */
function conditionEdits({ node, key, around }: Placed): Edit[] {
  if (key !== "test" || !around) return [];
  if (/^(If|Conditional)/.test(around.node.type)) return [whole(node, "true"), whole(node, "false")];
  return /^(While|For)/.test(around.node.type) ? [whole(node, "false")] : [];
}

function tokenEdits(place: Placed, source: string): Edit[] {
  const { node } = place;
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression":
      return [...operatorEdits(node, source), ...sides(node, source)];
    case "UpdateExpression":
      return operatorAt(node.start, node.end, textOf(node, "operator"), source);
    case "UnaryExpression":
      return /^[!-]$/.test(textOf(node, "operator"))
        ? [{ start: node.start, end: node.start + 1, text: "" }]
        : [];
    case "Literal":
      return isName(place) ? [] : literalEdits(node, source);
    case "TemplateLiteral":
      // A tag takes a template, and no text.
      return place.key === "quasi" || source.slice(node.start, node.end) === "``" ? [] : [whole(node, '""')];
    case "MemberExpression":
      return [...optionalEdit(child(node, "object"), node, source), ...nameEdit(place)];
    case "CallExpression":
      return optionalEdit(child(node, "callee"), node, source);
    default:
      return statementEdits(place);
  }
}

function statementEdits({ node, key, around }: Placed): Edit[] {
  if (CAN_BE_DROPPED.has(node.type)) return [whole(node, ";")];
  if (node.type === "ReturnStatement") {
    const body = around && around.node.type === "BlockStatement" ? nodesIn(around.node.fields.body) : [];
    const isLast =
      body.at(-1)?.start === node.start && /Function|Arrow/.test(around?.around?.node.type ?? "");
    return isLast ? [] : [whole(node, ";")];
  }
  const expression = child(node, "expression");
  const isEffect = node.type === "ExpressionStatement" && key !== "" && EFFECTS.has(expression?.type ?? "");
  return isEffect ? [whole(node, ";")] : [];
}

function operatorEdits(node: Node, source: string): Edit[] {
  const left = child(node, "left");
  const right = child(node, "right");
  const operator = textOf(node, "operator");
  // A text and a text have no difference: "-" there would only say NaN.
  if (!left || !right || (operator === "+" && [left, right].some(isText))) return [];
  return operatorAt(left.end, right.start, operator, source);
}

function operatorAt(from: number, to: number, operator: string, source: string): Edit[] {
  const start = from + source.slice(from, to).indexOf(operator);
  return (OTHER_OPERATORS[operator] ?? []).map((text) => ({ start, end: start + operator.length, text }));
}

function sides(node: Node, source: string): Edit[] {
  if (textOf(node, "operator") !== "??") return [];
  return ["left", "right"].flatMap((key) => {
    const side = child(node, key);
    return side ? [whole(node, source.slice(side.start, side.end))] : [];
  });
}

function literalEdits(node: Node, source: string): Edit[] {
  const { value } = node.fields;
  if ("regex" in node.fields && node.fields.regex) return regexEdits(node, source);
  if (typeof value === "boolean") return [whole(node, String(!value))];
  if (typeof value === "number")
    return [value + 1, value - 1].map((other) => whole(node, other < 0 ? `(${other})` : String(other)));
  if (typeof value === "string") return [whole(node, value === "" ? '"?"' : '""')];
  return [];
}

/** `a?.b` as `a.b`. */
function optionalEdit(before: Node | undefined, node: Node, source: string): Edit[] {
  if (!before || node.fields.optional !== true) return [];
  const start = source.indexOf("?.", before.end);
  const isDot = /[\w$#]/.test(source[start + 2] ?? "");
  return [{ start, end: start + 2, text: isDot ? "." : "" }];
}

function nameEdit({ node, key }: Placed): Edit[] {
  const property = child(node, "property");
  const text = key === "callee" ? OTHER_NAMES.get(nameOf(property)) : undefined;
  return property && text !== undefined ? [whole(property, text)] : [];
}

/** Whether a literal is a property's name. */
function isName({ key, around }: Placed): boolean {
  return key === "key" && around?.node.fields.computed !== true;
}

function isText({ type, fields }: Node): boolean {
  return type === "TemplateLiteral" || (type === "Literal" && typeof fields.value === "string");
}

function whole({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}
