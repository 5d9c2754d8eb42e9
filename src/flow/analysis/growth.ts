/** How long a text with holes can become. */
import { splitText } from "../language/text.ts";
import type { Facts } from "./facts.ts";

/** The length of the literal text, and the length if every text variable has its maximum length. */
export function lengthOf(text: string, { variables }: Facts): { written: number; most: number } {
  let written = 0;
  let filled = 0;
  for (const part of splitText(text).parts) {
    if ("words" in part) written += part.words.length;
    else if (!/\bsubstring\(/.test(part.expr)) filled += textsIn(part.expr, variables);
  }
  return { written, most: written + filled };
}

function textsIn(expr: string, variables: Facts["variables"]): number {
  const names = [...expr.matchAll(/\bvars\.([A-Za-z_]\w*)/g)].map(([, name = ""]) => name);
  const lengths = names.map((name) =>
    Object.hasOwn(variables, name) ? (variables[name]?.maxLength ?? 0) : 0,
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}
