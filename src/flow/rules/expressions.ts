/** Expressions: they parse, read names that exist, and have the type that their place needs. */
import type { ASTNode } from "@marcbachmann/cel-js";
import { asWanted } from "../analysis/expression-type.ts";
import {
  expressionsOf,
  type NodeProblem,
  parameterOf,
  spanIn,
  typedExpression,
  type Written,
  walk,
} from "../analysis/expressions.ts";
import { lower, Unsupported } from "../compile/lower.ts";
import { nearest, type Problem } from "../language/diagnostic.ts";
import type { Span } from "../language/node.ts";
import { dateSum } from "./date-sums.ts";
import { callProblem } from "./expression-calls.ts";
import { translate } from "./expression-errors.ts";
import { isTooDeep, TOO_DEEP, tooLarge } from "./expression-limits.ts";
import { secretsProblem, sensitiveLeaks } from "./expression-secrets.ts";
import { type Code, FINDINGS } from "./expressions-findings.ts";
import { linkProblem } from "./recording-links.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const expressions: Rule<Code> = {
  name: "expressions",
  findings: FINDINGS,
  check(context) {
    for (const written of expressionsOf(context.flow)) checkOne(written, context);
  },
};

function checkOne(written: Written, context: RuleContext<Code>): void {
  const { environment } = context.facts;
  const large = tooLarge(written.text);
  if (large) return void context.report({ ...large, at: written.node });
  const checked = environment.check(written.text);
  if (!checked.valid) {
    const { code = "", summary = "", range } = checked.error ?? {};
    const { start, end } = range ?? { start: 0, end: written.text.length };
    const problem = translate({ code, summary, start, end }, written, context);
    if (problem) reportAt({ ...problem, node: { start, end } }, written, context);
    return;
  }
  const wanted = asWanted(written, checked.type ?? "dyn");
  const tree = environment.parse(written.text).ast;
  if (isTooDeep(tree)) return void context.report({ ...TOO_DEEP, at: written.node });
  const whole = { start: 0, end: written.text.length };
  const found = wanted ? { ...wanted, node: whole } : unsupportedIn(tree, context);
  if (found) reportAt(found, written, context);
  checkTree(written, tree, context);
}

/** Reports a problem of a part of an expression, at that part. */
function reportAt(
  { node: { start, end }, ...problem }: Problem<Code> & { node: Span },
  written: Written,
  { flow, report }: RuleContext<Code>,
): void {
  report({ ...problem, at: { span: spanIn(written, flow.text, start, end) } });
}

/** Checks beyond types: names inside literals, patterns, macros inside macros, secrets. */
function checkTree(written: Written, tree: ASTNode, context: RuleContext<Code>): void {
  const { facts } = context;
  const typeOf = ({ start, end }: ASTNode): string | undefined =>
    typedExpression(facts.environment, written.text.slice(start, end));
  walk(tree, (node, inside) => {
    const found =
      callProblem(node, inside, context) ??
      dateSum(node, inside, written.text, typeOf) ??
      linkProblem(node, written.text, typeOf) ??
      secretsProblem(node, inside, written) ??
      parameterProblem(node, context);
    if (found) reportAt(found, written, context);
  });
  for (const leak of sensitiveLeaks(written, tree, context)) reportAt(leak, written, context);
}

/** The part of CEL in an expression that the engine does not have. */
function unsupportedIn(tree: ASTNode, { facts }: RuleContext<Code>): NodeProblem<Code> | undefined {
  try {
    lower(tree, new Set(facts.functions.map(({ name }) => name)));
  } catch (failure) {
    if (!(failure instanceof Unsupported)) throw failure;
    return { code: "unsupported-expression", message: failure.message, node: failure.node };
  }
  return undefined;
}

/** A parameter that the flow does not take is never there. */
function parameterProblem(
  node: ASTNode,
  { flow: { settings } }: RuleContext<Code>,
): NodeProblem<Code> | undefined {
  const name = parameterOf(node);
  const { takes = [] } = settings;
  if (name === undefined || takes.includes(name)) return undefined;
  const near = nearest(name, takes);
  const advice = near
    ? `; did you mean "${near}"?`
    : `; declare the variable ${name}, and list it in \`takes\``;
  return { node, code: "unknown-field", message: `the flow does not take a parameter "${name}"${advice}` };
}
