/** Constants from environment variables: their values fit the places in flows that read them. */

import { aType } from "../analysis/expression-type.ts";
import { literalAs } from "../analysis/facts.ts";
import type { EnvironmentCode } from "../analysis/worker-reads.ts";
import { constantsRung } from "../compile/destination.ts";
import type { Diagnostic } from "../language/diagnostic.ts";
import type { JsonSchema, Mark } from "../language/mark.ts";
import type { Node, ScalarNode, Span } from "../language/node.ts";
import { isEnv, isLiteral } from "../language/schema.ts";
import { type Flow, marksOf } from "../model/flow.ts";
import { numberProblem } from "../numbers/numbers.ts";
import { checkShape } from "../shape/shape.ts";
import { NUMBER, SIP } from "../twiml/callees.ts";
import { sipProblem } from "../twiml/sip.ts";

/** The known environment variables. */
export type Values = Readonly<Record<string, string>>;

/** An error for every value that does not fit; unset variables are reported by `findUnset`. */
export function checkConstants(flow: Flow, values: Values): Diagnostic<EnvironmentCode>[] {
  return marksOf(flow).flatMap((mark) =>
    problemsOf(mark, flow, values).map((message): Diagnostic<EnvironmentCode> => {
      const { span } = mark.node;
      return { code: "wrong-variable", severity: "error", file: flow.file, span, message };
    }),
  );
}

function problemsOf(mark: Mark, flow: Flow, values: Values): string[] {
  if (mark.mark === "constant") return shapeProblems(mark, flow, values);
  if (mark.mark === "value") return typeProblems(mark, flow, values);
  return destinationProblems(mark, values);
}

/** A value must fit the schema of the place that reads it, as if it were written there. */
function shapeProblems({ value, schema, path, node }: Mark, flow: Flow, values: Values): string[] {
  const name = isEnv(value) ? value.env : "";
  if (!values[name]) return [];
  const written = nodeOf(values[name], schema, node.span);
  const what = `the environment variable ${name}, \`${path.at(-1)}\` here,`;
  const { diagnostics } = checkShape(schema, written, { file: flow.file, what });
  return diagnostics.map(({ message }) =>
    message.startsWith(what) ? message : `${what} is wrong: ${message}`,
  );
}

/** A text as YAML reads it; a text with spaces can be a list of words. */
function nodeOf(text: string, schema: JsonSchema, span: Span): Node {
  const isList = schema.anyOf?.some(({ type }) => type === "array") && text.includes(" ");
  if (!isList) return scalarOf(text, span);
  return { type: "list", items: text.split(/\s+/).map((word) => scalarOf(word, span)), inline: true, span };
}

function scalarOf(text: string, span: Span): ScalarNode {
  return { type: "scalar", text, value: typed(text), quoted: false, span };
}

// The engine converts texts in the same way.
function typed(text: string): string | number | boolean {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" || text === "false" ? text === "true" : text;
}

/** Defaults and assigned values must fit their variable's type. */
function typeProblems({ value, path }: Mark, { settings }: Flow, values: Values): string[] {
  const isDefault = path[0] === "variables" && path[2] === "default";
  const type = settings.variables?.[(isDefault ? path[1] : path.at(-1)) ?? ""]?.type;
  const constant = isLiteral(value) && isEnv(value.value) ? value.value.env : "";
  const text = values[constant];
  if (!text || type === undefined || literalAs(type, { text, value: typed(text) }) !== undefined) return [];
  return [`the environment variable ${constant} must be ${aType(type)} here; change its value`];
}

function destinationProblems(mark: Mark, values: Values): string[] {
  return constantsRung(mark).flatMap(({ noun, env }) => {
    const text = values[env];
    if (!text) return [];
    const isNamed = mark.path[0] === "destinations";
    const problem =
      noun === NUMBER ? numberProblem(text, isNamed) : noun === SIP ? sipProblem(text) : undefined;
    const isError = problem && !("severity" in problem);
    return isError ? [`the environment variable ${env} cannot be dialled: ${problem.message}`] : [];
  });
}
