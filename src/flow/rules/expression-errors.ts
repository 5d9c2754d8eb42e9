/** What CEL's library says of an expression that does not parse or type-check → a finding in this language's words. */

import type { OwnFunction } from "../../program/own-function.ts";
import type { Written } from "../analysis/expressions.ts";
import { nearest, type Problem } from "../language/diagnostic.ts";
import { functionDocs } from "../language/functions.ts";
import { liquidFilter } from "../language/studio-names.ts";
import { pastLimit } from "./expression-limits.ts";
import { isFunction, unknownField, unknownName } from "./expression-names.ts";
import { slipIn } from "./expression-slips.ts";
import type { Code } from "./expressions-findings.ts";
import type { RuleContext } from "./rule.ts";

const FUNCTIONS = functionDocs.map(({ name }) => name);

/** An error of CEL's library: its code and words, and the part of the expression that it is about. */
interface CelError {
  code: string;
  summary: string;
  start: number;
  end: number;
}

/** The finding for an error of CEL's library; undefined if another rule reports it. */
export function translate(
  { code, summary, start, end }: CelError,
  written: Written,
  context: RuleContext<Code>,
): Problem<Code> | undefined {
  if (written.text.trim() === "")
    return { code: "bad-expression", message: "the braces are empty; write an expression between them" };
  const limit = pastLimit(code, summary);
  if (limit) return limit;
  if (code === "unknown-variable" || code === "unknown_variable")
    return unknownName(written.text.slice(start, end), written.text.slice(start), context);
  if (code === "no_such_key")
    return unknownField(written.text.slice(start, end), written.text.slice(0, start), context);
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

// CEL's own message, with this language's names for the types.
function plainSummary(summary: string): string {
  const overload = /^no such overload: (.*)$/.exec(summary)?.[1];
  const plain = overload
    ? `${overload} does not work`
    : summary.replace(/^found no matching overload for/, "no function fits");
  return plain.replace(/\bdouble\b/g, "number").replace(/\$vars\.\w+/g, "recording");
}
