/** The operands of calls in expressions: patterns, names of hours, list functions inside each other. */

import type { ASTNode } from "@marcbachmann/cel-js";
import { literalText, type NodeProblem } from "../analysis/expressions.ts";
import { nearestKey, type Problem } from "../language/diagnostic.ts";
import { functionDocs } from "../language/functions.ts";
import { patternProblem, withoutPadding } from "../language/pattern.ts";
import { valueProblem } from "./expression-values.ts";
import type { Code } from "./expressions-findings.ts";
import { namesUnder, type RuleContext } from "./rule.ts";

/** Functions that take the name of hours. */
const HOURS: ReadonlySet<string> = new Set(
  functionDocs.flatMap(({ name, names }) => (names === "hours" ? [name] : [])),
);

const MACROS = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** What is wrong with the operands of a call, if anything. */
export function callProblem(
  node: ASTNode,
  inside: readonly string[],
  context: RuleContext<Code>,
): NodeProblem<Code> | undefined {
  if (node.op !== "call" && node.op !== "rcall") return undefined;
  const name = node.args[0];
  const parameters = node.op === "call" ? node.args[1] : node.args[2];
  const first = parameters[0] ?? node;
  if (MACROS.has(name) && inside.some((one) => MACROS.has(one))) {
    return {
      node,
      code: "nested-macro",
      message: `${name} is inside another list function; use one at a time`,
    };
  }
  if (name === "matches")
    return withNode(first, patternOf(node.op === "call" ? parameters[1] : first, context));
  if (HOURS.has(name)) return withNode(first, hoursProblem(name, first, context));
  return valueProblem(name, parameters, node, context.facts);
}

function withNode(node: ASTNode, problem: Problem<Code> | undefined): NodeProblem<Code> | undefined {
  return problem && { ...problem, node };
}

function patternOf(node: ASTNode | undefined, { flow }: RuleContext<Code>): Problem<Code> | undefined {
  const pattern = literalText(node);
  if (pattern === undefined)
    return { code: "bad-pattern", message: "matches needs a literal pattern, in quotes" };
  const problem = patternProblem(pattern, flow);
  const part = withoutPadding(pattern, problem, flow);
  if (!problem || part === undefined) return problem;
  const message = `"${pattern}" could take very long, and \`matches()\` finds a part of a text anyway; leave \`.*\` away: "${part}"`;
  return { ...problem, message };
}

function hoursProblem(
  name: string,
  node: ASTNode,
  { flow, facts }: RuleContext<Code>,
): Problem<Code> | undefined {
  const hours = literalText(node);
  if (hours === undefined)
    return { code: "unknown-hours", message: `${name} needs the name of the hours, in quotes` };
  if (namesUnder(flow.root, "hours").has(hours)) return undefined;
  const near = nearestKey(hours, facts.hours);
  const advice = near ? `; did you mean "${near}"?` : "; declare them under `hours`";
  return { code: "unknown-hours", message: `unknown hours "${hours}"${advice}` };
}
