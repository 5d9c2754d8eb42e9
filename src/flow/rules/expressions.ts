/** Expressions: they parse, read names that exist, and have the type that their place needs. */
import type { ASTNode } from "@marcbachmann/cel-js";
import type { OwnFunction } from "../../program/own-function.ts";
import { FIELDS, RECORDING, ROOTS } from "../analysis/environment.ts";
import { asWanted } from "../analysis/expression-type.ts";
import {
  expressionsOf,
  literalText,
  parameterOf,
  type Read,
  readsOf,
  spanIn,
  typedExpression,
  type Written,
  walk,
} from "../analysis/expressions.ts";
import { lower, Unsupported } from "../compile/lower.ts";
import { nearest, nearestKey, type Problem } from "../language/diagnostic.ts";
import { functionDocs } from "../language/functions.ts";
import type { MarkName } from "../language/mark.ts";
import { patternProblem, withoutPadding } from "../language/pattern.ts";
import { liquidFilter, studioName } from "../language/studio-names.ts";
import { dateSum } from "./date-sums.ts";
import { isTooDeep, pastLimit, TOO_DEEP, tooLarge } from "./expression-limits.ts";
import { slipIn } from "./expression-slips.ts";
import { valueProblem } from "./expression-values.ts";
import { type Code, FINDINGS } from "./expressions-findings.ts";
import { linkProblem } from "./recording-links.ts";
import { namesUnder, type Rule, type RuleContext } from "./rule.ts";

const FUNCTIONS = functionDocs.map(({ name }) => name);
/** Functions that take the name of hours. */
const HOURS: ReadonlySet<string> = new Set(
  functionDocs.flatMap(({ name, names }) => (names === "hours" ? [name] : [])),
);
const MACROS = new Set(["all", "exists", "exists_one", "map", "filter"]);

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
    const problem = translate(code, summary, written.text.slice(start, end), written, start, context);
    if (problem) context.report({ ...problem, at: { span: spanIn(written, context.flow.text, start, end) } });
    return;
  }
  const wanted = asWanted(written, checked.type ?? "dyn");
  const tree = environment.parse(written.text).ast;
  if (isTooDeep(tree)) return void context.report({ ...TOO_DEEP, at: written.node });
  const whole = { start: 0, end: written.text.length };
  const found = wanted ? { ...wanted, node: whole } : unsupportedIn(tree, context);
  if (found) {
    const { node, ...problem } = found;
    const span = spanIn(written, context.flow.text, node.start, node.end);
    context.report({ ...problem, at: { span } });
  }
  checkTree(written, tree, context);
}

function translate(
  code: string,
  summary: string,
  text: string,
  written: Written,
  at: number,
  context: RuleContext<Code>,
): Problem<Code> | undefined {
  if (written.text.trim() === "")
    return { code: "bad-expression", message: "the braces are empty; write an expression between them" };
  const limit = pastLimit(code, summary);
  if (limit) return limit;
  if (code === "unknown-variable" || code === "unknown_variable")
    return unknownName(text, written.text.slice(at), context);
  if (code === "no_such_key") return unknownField(text, written.text.slice(0, at), context);
  const unknown = /^found no matching overload for '(\w+)\(/.exec(summary)?.[1];
  if (unknown && !isFunction(unknown, context)) {
    const near = nearest(unknown, [...FUNCTIONS, ...context.facts.functions.map(({ name }) => name)]);
    const advice = near ? `; did you mean ${near}?` : "; write a text in quotes, and a variable as vars.name";
    return { code: "unknown-function", message: `unknown function ${unknown}${advice}` };
  }
  const known = code.startsWith("no_") || code.startsWith("incompatible") || code.includes("overload");
  if (known) {
    const use = useOf(unknown, summary, context);
    return { code: "type-mismatch", message: `${plainSummary(summary)} in \`${written.text}\`${use}` };
  }
  return { code: "bad-expression", message: `this is not a CEL expression: ${slipOf(written, summary)}` };
}

function slipOf({ mark, text }: Written, summary: string): string {
  if (mark.mark === "expression" && text.includes("{{")) return "remove the {{ }}, which are for texts only";
  const filtered = liquidFilter(text);
  if (filtered !== undefined) return filtered;
  return slipIn(text) ?? summary.replace("EOF", "the end");
}

/** How a function of this language is called, how a moment becomes a text, and how days are counted. */
function useOf(name: string | undefined, summary: string, { facts }: RuleContext<Code>): string {
  if (summary.includes("Moment"))
    return "; the text of a moment is its `.date` or `.time`, as in `now().date`";
  if (/: string - (int|string)$/.test(summary))
    return "; for dates, write `addDays(date, -1)` or `daysBetween(from, to)`";
  const own = facts.functions.find((one) => one.name === name);
  const use = own ? callOf(own) : functionDocs.find((one) => one.name === name)?.call;
  return use === undefined ? "" : `; write it as \`${use}\``;
}

/** A call of a project's own function, with the types of its parameters. */
function callOf({ name, takes }: OwnFunction): string {
  return `${name}(${takes.join(", ")})`;
}

function isFunction(name: string, context: RuleContext<Code>): boolean {
  return context.facts.environment.getDefinitions().functions.some((one) => one.name === name);
}

// CEL's own message, with this language's names for the types.
function plainSummary(summary: string): string {
  const overload = /^no such overload: (.*)$/.exec(summary)?.[1];
  const plain = overload
    ? `${overload} does not work`
    : summary.replace(/^found no matching overload for/, "no function fits");
  return plain.replace(/\bdouble\b/g, "number").replace(/\$vars\.\w+/g, "recording");
}

function unknownName(name: string, from: string, context: RuleContext<Code>): Problem<Code> {
  const { variables } = context.facts;
  if (Object.hasOwn(variables, name))
    return { code: "unknown-variable", message: `write vars.${name} for the variable ${name}` };
  if (isFunction(name, context))
    return { code: "unknown-variable", message: `${name} is a function; write ${name}()` };
  const studios = studioName(from);
  if (studios !== undefined)
    return { code: "unknown-variable", message: `Twilio Studio's ${studios.studio} is ${studios.here} here` };
  const near = nearest(name, [nearest(name, ROOTS), nearestKey(name, variables)].filter(isName));
  const meant = near === undefined ? undefined : ROOTS.includes(near) ? near : `vars.${near}`;
  const advice = meant
    ? `; did you mean ${meant}?`
    : `; an expression can read ${ROOTS.join(", ")}; write a text in quotes`;
  return { code: "unknown-variable", message: `unknown name ${name}${advice}` };
}

function unknownField(name: string, before: string, context: RuleContext<Code>): Problem<Code> | undefined {
  const root = /(\w+)\s*(?:\.|\[\s*["'])\s*$/.exec(before)?.[1] ?? "";
  const { variables } = context.facts;
  const isRecording = Object.hasOwn(variables, root) && variables[root]?.type === "recording";
  const known = isRecording ? RECORDING : root === "vars" ? variables : (fieldsOf(root) ?? {});
  const near = nearestKey(name, known);
  if (root === "vars") {
    // The declaration has its own finding.
    if (namesUnder(context.flow.root, "variables").has(name)) return undefined;
    const advice = near ? `; did you mean vars.${near}?` : "; declare it under `variables`";
    return { code: "unknown-variable", message: `unknown variable ${name}${advice}` };
  }
  const fields = Object.keys(known);
  const advice = near ? `; did you mean ${near}?` : fields.length > 0 ? `; it has ${fields.join(", ")}` : "";
  return { code: "unknown-field", message: `${root || "this"} has no ${name}${advice}` };
}

function isName(name: string | undefined): name is string {
  return name !== undefined;
}

function fieldsOf(root: string): Readonly<Record<string, string>> | undefined {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = FIELDS;
  return Object.hasOwn(all, root) ? all[root] : undefined;
}

/** Checks beyond types: names inside literals, patterns, macros inside macros, secrets. */
function checkTree(written: Written, tree: ASTNode, context: RuleContext<Code>): void {
  const { flow, facts, report } = context;
  const reportAt = (node: ASTNode, problem: Problem<Code>): void =>
    report({ ...problem, at: { span: spanIn(written, flow.text, node.start, node.end) } });
  const typeOf = ({ start, end }: ASTNode): string | undefined =>
    typedExpression(facts.environment, written.text.slice(start, end));
  walk(tree, (node, inside) => {
    const found =
      callProblem(node, inside, context) ??
      dateSum(node, inside, written.text, typeOf) ??
      linkProblem(node, written.text, typeOf) ??
      secretsProblem(node, inside, written) ??
      parameterProblem(node, context);
    if (!found) return;
    const { node: at, ...problem } = found;
    reportAt(at, problem);
  });
  if (!leaks(written, context)) return;
  for (const read of readsOf(tree)) {
    const secret = read.inside.includes("reveal") ? undefined : secretOf(read, context);
    if (secret === undefined) continue;
    const to = written.mark.mark === "value" ? written.mark.path.at(-1) : undefined;
    const message =
      to === undefined
        ? `${secret} is sensitive and would be spoken or sent here; write reveal(${secret}) if you mean to`
        : `${secret} is sensitive, and ${to} is not; make ${to} sensitive too, or write reveal(${secret})`;
    reportAt(read.node, { code: "sensitive-leak", message });
  }
}

/** The part of CEL in an expression that the engine does not have. */
function unsupportedIn(
  tree: ASTNode,
  { facts }: RuleContext<Code>,
): (Problem<Code> & { node: ASTNode }) | undefined {
  try {
    lower(tree, new Set(facts.functions.map(({ name }) => name)));
  } catch (failure) {
    if (!(failure instanceof Unsupported)) throw failure;
    return { code: "unsupported-expression", message: failure.message, node: failure.node };
  }
  return undefined;
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
function secretsProblem(
  node: ASTNode,
  inside: readonly string[],
  { mark }: Written,
): (Problem<Code> & { node: ASTNode }) | undefined {
  const compared = inside.at(-1) === "==" || inside.at(-1) === "!=";
  if (node.op !== "id" || node.args !== "secrets" || mark.schema["x-secret"] || compared) return undefined;
  const message = "secrets can be used only in a request's headers and body, or compared with ==";
  return { node, code: "misplaced-secret", message };
}

/** A parameter that the flow does not take is never there. */
function parameterProblem(
  node: ASTNode,
  { flow: { settings } }: RuleContext<Code>,
): (Problem<Code> & { node: ASTNode }) | undefined {
  const name = parameterOf(node);
  const { takes = [] } = settings;
  if (name === undefined || takes.includes(name)) return undefined;
  const near = nearest(name, takes);
  const advice = near
    ? `; did you mean "${near}"?`
    : `; declare the variable ${name}, and list it in \`takes\``;
  return { node, code: "unknown-field", message: `the flow does not take a parameter "${name}"${advice}` };
}

function callProblem(
  node: ASTNode,
  inside: readonly string[],
  context: RuleContext<Code>,
): (Problem<Code> & { node: ASTNode }) | undefined {
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

function withNode(
  node: ASTNode,
  problem: Problem<Code> | undefined,
): (Problem<Code> & { node: ASTNode }) | undefined {
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
