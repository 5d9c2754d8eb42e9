/** Sensitive values and secrets in expressions: where they would be heard, seen or stored in the open. */

import type { ASTNode } from "@marcbachmann/cel-js";
import { type NodeProblem, type Read, readsOf, type Written } from "../analysis/expressions.ts";
import type { MarkName } from "../language/mark.ts";
import type { Code } from "./expressions-findings.ts";
import type { RuleContext } from "./rule.ts";

/** The sensitive values that an expression would let out of the call, or into a variable that is not sensitive. */
export function sensitiveLeaks(
  written: Written,
  tree: ASTNode,
  context: RuleContext<Code>,
): NodeProblem<Code>[] {
  if (!leaks(written, context)) return [];
  const to = written.mark.mark === "value" ? written.mark.path.at(-1) : undefined;
  return readsOf(tree).flatMap((read) => {
    const secret = read.inside.includes("reveal") ? undefined : secretOf(read, context);
    return secret === undefined ? [] : [leakOf(secret, to, read.node)];
  });
}

function leakOf(secret: string, to: string | undefined, node: ASTNode): NodeProblem<Code> {
  const message =
    to === undefined
      ? `${secret} is sensitive and would be spoken or sent here; write reveal(${secret}) if you mean to`
      : `${secret} is sensitive, and ${to} is not; make ${to} sensitive too, or write reveal(${secret})`;
  return { node, code: "sensitive-leak", message };
}

/** The sensitive value that is read, as an author would write it. */
function secretOf({ root, field }: Read, { facts }: RuleContext<Code>): string | undefined {
  const { variables, input } = facts.secrets;
  if (root === "input")
    return input && field !== "confidence" && field !== "finishedOnKey"
      ? `input.${field ?? "digits"}`
      : undefined;
  if (root !== "vars") return undefined;
  // If the variable is chosen during the call, it can be any of them.
  const [any] = variables;
  const secret = field === undefined ? any : variables.has(field) ? field : undefined;
  return secret && `vars.${secret}`;
}

const LEAVES: ReadonlySet<MarkName> = new Set(["spoken", "text", "url", "json"]);

/** Whether an expression's value leaves the call, or goes to a variable that is not sensitive itself. */
function leaks({ mark }: Written, { facts }: RuleContext<Code>): boolean {
  if (mark.mark === "value") return !facts.variables[mark.path.at(-1) ?? ""]?.sensitive;
  // An argument of a sub-flow stays in the call; `parts.ts` checks it.
  return LEAVES.has(mark.mark);
}

/** Secrets can go into a request's headers and body, or be compared; they are never spoken. */
export function secretsProblem(
  node: ASTNode,
  inside: readonly string[],
  { mark }: Written,
): NodeProblem<Code> | undefined {
  const compared = inside.at(-1) === "==" || inside.at(-1) === "!=";
  if (node.op !== "id" || node.args !== "secrets" || mark.schema["x-secret"] || compared) return undefined;
  const message = "secrets can be used only in a request's headers and body, or compared with ==";
  return { node, code: "misplaced-secret", message };
}
