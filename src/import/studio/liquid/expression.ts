/** Stage 4, first half: values and conditions of Liquid → CEL. */
import { type Cel, type Names, numberOf, quoted, stringOf, tight } from "./cel.ts";
import { filtered } from "./filters.ts";
import type { Operand, Test, Value } from "./tree.ts";

/** A value with its filters, as CEL. */
export function celOf({ start, filters }: Value, names: Names): Cel {
  const first =
    "op" in start
      ? { cel: conditionOf(start, names), type: "bool" as const, loose: true }
      : operandOf(start, names);
  return filters.reduce(
    (value, filter) =>
      filtered(
        value,
        filter.name,
        filter.arguments.map((one) => operandOf(one, names)),
        names,
      ),
    first,
  );
}

/** A path or a literal, as CEL. */
export function operandOf(operand: Operand, names: Names): Cel {
  if ("path" in operand) return names.refer(operand.path);
  const { literal } = operand;
  if (typeof literal === "number")
    return { cel: String(literal), type: Number.isInteger(literal) ? "int" : "number" };
  if (typeof literal === "boolean") return { cel: String(literal), type: "bool" };
  return { cel: quoted(literal ?? ""), type: "string" };
}

/** A condition, as CEL. */
export function conditionOf(test: Test, names: Names): string {
  if (!("op" in test)) return truth(operandOf(test, names));
  switch (test.op) {
    case "not":
      return `!(${conditionOf(test.of, names)})`;
    case "and":
      return `${inner(test.left, names)} && ${inner(test.right, names)}`;
    case "or":
      return `${inner(test.left, names)} || ${inner(test.right, names)}`;
    case "contains":
      return `${tight(asCel(test.left, names))}.contains(${stringOf(asCel(test.right, names))})`;
    default:
      return compared(asCel(test.left, names), test.op, asCel(test.right, names));
  }
}

function inner(test: Test, names: Names): string {
  const cel = conditionOf(test, names);
  return "op" in test && (test.op === "and" || test.op === "or") ? `(${cel})` : cel;
}

function asCel(test: Test, names: Names): Cel {
  if (!("op" in test)) return operandOf(test, names);
  return { cel: conditionOf(test, names), type: "bool", loose: true };
}

/** A comparison, with both sides of one type. */
function compared(left: Cel, op: string, right: Cel): string {
  const bool = boolComparison(left, op, right) ?? boolComparison(right, op, left);
  if (bool !== undefined) return bool;
  const isNumeric = [left, right].some(({ type }) => type === "int" || type === "number");
  if (isNumeric) return `${numberOf(left)} ${op} ${numberOf(right)}`;
  return `${tight(left)} ${op} ${tight(right)}`;
}

function boolComparison(left: Cel, op: string, right: Cel): string | undefined {
  if (left.type !== "bool" || (op !== "==" && op !== "!=")) return undefined;
  const isTrue = right.cel === "true" || right.cel === "'true'";
  const isFalse = right.cel === "false" || right.cel === "'false'" || right.cel === "''";
  if (!isTrue && !isFalse) return undefined;
  return (op === "==") === isTrue ? tight(left) : `!${tight(left)}`;
}

/** Whether a value counts as true in Liquid; a variable that was never assigned does not. */
function truth(value: Cel): string {
  if (value.type === "bool") return value.cel;
  if (value.type === "string") return `${tight(value)} != ''`;
  if (value.type === "recording") return `${value.cel}.url != ''`;
  if (value.type === "list" || value.type === "map") return `size(${value.cel}) > 0`;
  return `${tight(value)} != 0`;
}
