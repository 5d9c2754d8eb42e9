/** `+` and `-` on a date: both join or refuse texts, and `addDays` is meant. */
import type { ASTNode } from "@marcbachmann/cel-js";
import type { NodeProblem } from "../analysis/expressions.ts";

/** Functions whose value is a date, and functions that take one first. */
const GIVE: ReadonlySet<string> = new Set(["today", "addDays", "nextOpen"]);
const TAKE: ReadonlySet<string> = new Set(["date", "addDays", "daysBetween", "spokenDate"]);

/**
 * The sum of a date and a number that joins both as texts, such as `today() + 1`.
 * @param inside the names of the functions around the node
 * @param typeOf the CEL type of a node, if it has one of its own
 */
export function dateSum(
  node: ASTNode,
  inside: readonly string[],
  text: string,
  typeOf: (node: ASTNode) => string | undefined,
): NodeProblem<"not-a-date"> | undefined {
  if (node.op !== "+" && node.op !== "-") return undefined;
  const [date, days] = node.args;
  if (!isDate(date, inside.at(-1)) || !/^(int|double)$/.test(typeOf(days) ?? "")) return undefined;
  const written = (part: ASTNode): string => text.slice(part.start, part.end);
  const sign = node.op === "-" ? "-" : "";
  const message = `\`${written(node)}\` does not count days, it joins texts; write \`addDays(${written(date)}, ${sign}${written(days)})\``;
  return { node, code: "not-a-date", message };
}

// `"2026-12-" + vars.day` builds a date, so only a whole variable is taken for one.
function isDate(node: ASTNode, around: string | undefined): boolean {
  if (node.op === "call") return GIVE.has(node.args[0]);
  if (node.op !== ".") return false;
  const [object, field] = node.args;
  if (object.op === "call") return field === "date";
  return around !== undefined && TAKE.has(around);
}
