/** Whether a value fits a variable's type, and what to write instead. */

import type { VariableType } from "../../program/program.ts";
import { typeName } from "../analysis/expression-type.ts";
import { isEnv, type Literal } from "../language/schema.ts";

const WRITTEN: Record<Exclude<VariableType, "recording">, string> = {
  string: "a text",
  int: "a whole number such as 3",
  number: "a number such as 1.5",
  bool: "true or false",
  list: "a list such as [a, b]",
  map: "a map such as { a: 1 }",
};

/** What to write instead of a value that does not fit its variable's type. */
export function insteadOf(type: VariableType, { text, value }: Literal): string {
  const env = typeof value === "object" && value !== null && "env" in value ? String(value.env) : undefined;
  if (env !== undefined) {
    return `environment variables have names in capitals; write { env: ${env.toUpperCase().replaceAll(/\W+/g, "_")} }`;
  }
  if (type === "recording") return "only a `record` step makes one; remove this";
  return `write ${WRITTEN[type]}${text === "" ? "" : `, not ${text}`}`;
}

/** Whether a literal is an environment variable. */
export function isConstant({ value }: Literal): boolean {
  return isEnv(value);
}

/** Why no environment variable fits a type; undefined if one can. */
export function wrongWorkersVariable(type: VariableType): string | undefined {
  if (["string", "int", "number", "bool"].includes(type)) return undefined;
  return ", and environment variables are texts, which cannot be converted to it; write the value out";
}

/** The CEL types that a variable of each type takes. */
const FROM_CEL: Record<VariableType, readonly string[]> = {
  string: ["string", "int", "number", "bool"],
  int: ["int"],
  number: ["int", "number"],
  bool: ["bool"],
  list: ["list"],
  map: ["map", "time"],
  recording: ["recording"],
};

/** Whether a variable of this type takes a value of a CEL type. */
export function takesCel(type: VariableType, celType: string): boolean {
  return celType === "dyn" || FROM_CEL[type].includes(typeName(celType));
}
