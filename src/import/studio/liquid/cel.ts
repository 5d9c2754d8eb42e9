/** Expressions of CEL, as texts with a type. */

/** The type of an expression, as the flow language names it. */
export type ExpressionType = "string" | "int" | "number" | "bool" | "list" | "map" | "recording";

/** An expression of CEL. */
export interface Cel {
  cel: string;
  type: ExpressionType;
  /** Whether it needs brackets inside another expression. */
  loose?: boolean;
}

/** What translation asks of its caller. */
export interface Names {
  /** What a path is in the flow. */
  refer(path: readonly (string | number)[]): Cel;
  /** Is called for what has no counterpart. */
  lost(what: string): void;
}

/** A text as a literal of CEL. */
export function quoted(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "")
    .replaceAll("\t", "\\t");
  return `'${escaped.replaceAll("'", "\\'")}'`;
}

/** An expression as an operand of another. */
export function tight({ cel, loose }: Cel): string {
  return loose ? `(${cel})` : cel;
}

/** An expression as a number. */
export function numberOf(value: Cel): string {
  if (value.type === "int" || value.type === "number") return tight(value);
  return `number(${value.cel}, 0)`;
}

/** An expression as a text. */
export function stringOf(value: Cel): string {
  if (value.type === "recording") return `link(${value.cel}, '7d')`;
  return value.type === "string" ? value.cel : `string(${value.cel})`;
}
