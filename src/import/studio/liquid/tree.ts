/** A Liquid text as plain data. */

/** A part of a text. */
export type Part =
  | { part: "text"; text: string }
  | { part: "output"; value: Value }
  | { part: "choice"; branches: readonly Branch[]; otherwise: readonly Part[] }
  | { part: "assign"; name: string; value: Value }
  /** A tag without a counterpart, such as `for`. */
  | { part: "unknown"; tag: string };

/** A branch of `if`, `unless` or `case`. */
export interface Branch {
  test: Test;
  parts: readonly Part[];
}

/** A value with its filters. */
export interface Value {
  start: Test;
  filters: readonly { name: string; arguments: readonly Operand[] }[];
}

/** What a value begins with, or what is compared. */
export type Operand = { literal: string | number | boolean | null } | { path: readonly (string | number)[] };

/** A condition. */
export type Test =
  | Operand
  | { op: "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains"; left: Test; right: Test }
  | { op: "and" | "or"; left: Test; right: Test }
  | { op: "not"; of: Test };

/** A path as it is written, such as `widgets.menu.Digits`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}
