/** `link(vars.message, "7d")`: it takes a recording, and how long the link is good for. */
import type { ASTNode } from "@marcbachmann/cel-js";
import { secondsOf } from "../../program/duration.ts";
import { aType, typeName } from "../analysis/expression-type.ts";
import { literalText, type NodeProblem } from "../analysis/expressions.ts";

/**
 * What is wrong with the operands of `link`, if anything.
 * @param typeOf the CEL type of a node, if it has one of its own
 */
export function linkProblem(
  node: ASTNode,
  text: string,
  typeOf: (node: ASTNode) => string | undefined,
): NodeProblem<"type-mismatch" | "not-a-duration"> | undefined {
  if (node.op !== "call" || node.args[0] !== "link") return undefined;
  const [recording, lasts] = node.args[1];
  if (recording === undefined || lasts === undefined) return undefined;
  const type = typeName(typeOf(recording) ?? "dyn");
  if (type !== "recording" && type !== "dyn") {
    const written = text.slice(recording.start, recording.end);
    const owner = /^vars\.\w+(?=\.url$)/.exec(written)?.[0];
    const advice = owner ? `write \`${owner}\`` : "name a variable of the type `recording`";
    const message = `\`${written}\` is ${aType(type)}, and link takes a recording; ${advice}`;
    return { node: recording, code: "type-mismatch", message };
  }
  const written = literalText(lasts);
  if (written === undefined || secondsOf(written) !== undefined) return undefined;
  const message = `"${written}" does not say how long; write a number and a unit, such as "30m", "12h" or "7d"`;
  return { node: lasts, code: "not-a-duration", message };
}
