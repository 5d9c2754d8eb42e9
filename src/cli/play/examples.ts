/** The examples in a project's own files: flows that use its kinds, and calls of its functions. */

import { environmentOf } from "../../flow/analysis/environment.ts";
import { build, hasError } from "../../flow/build.ts";
import { lower } from "../../flow/compile/lower.ts";
import { type Config, ownKinds } from "../../flow/config/config.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { AnyKind, OwnKind } from "../../flow/steps/kind.ts";
import { evaluate } from "../../program/evaluate.ts";
import type { Clock } from "../../program/expression.ts";
import type { Json } from "../../program/json.ts";
import { messageOf } from "../../program/message-of.ts";
import { type OwnFunction, overloadsOf } from "../../program/own-function.ts";
import { Problem } from "../problem.ts";
import { formatFrames } from "../project/report.ts";

/** The name of an example's flow. */
export const EXAMPLE = "example";

/** The flows of a kind's example, the example itself first. */
export function exampleFlows({ doc }: AnyKind): SourceFile[] {
  const texts = Object.entries({ [EXAMPLE]: doc.example, ...doc.parts });
  return texts.map(([flow, text]) => ({ path: `flows/${flow}.yaml`, text: text.trimStart() }));
}

/**
 * Builds the examples of the project's own kinds, and evaluates those of its functions.
 * @throws Problem if one is wrong
 */
export function refuseExamples(config: Config): void {
  for (const kind of ownKinds(config)) if (kind.doc.example !== "") refuseExample(kind, config);
  for (const one of config.functions) refuseCalls(one, config.functions);
}

function refuseExample(kind: OwnKind, config: Config): void {
  const flows = exampleFlows(kind);
  const { diagnostics } = build(flows, kind.doc.audio, {}, config);
  if (!hasError(diagnostics)) return;
  throw new Problem(
    `The example of the kind \`${kind.name}\` has an error:\n\n${formatFrames(diagnostics, flows)}`,
  );
}

function refuseCalls({ name, examples = {} }: OwnFunction, functions: readonly OwnFunction[]): void {
  for (const [text, expected] of Object.entries(examples)) {
    const value = evaluated(text, functions);
    if (JSON.stringify(value) === JSON.stringify(expected)) continue;
    throw new Problem(
      `The example of the function \`${name}\` is wrong: ${text} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}.`,
    );
  }
}

function evaluated(text: string, functions: readonly OwnFunction[]): Json {
  const environment = environmentOf({}, functions);
  try {
    const { valid, error } = environment.check(text);
    if (!valid) throw error ?? new Error("it is not an expression");
    const expr = lower(environment.parse(text).ast, new Set(functions.map(({ name }) => name)));
    return evaluate(expr, () => undefined, { ...CLOCK, functions: overloadsOf(functions) });
  } catch (failure) {
    throw new Problem(
      `The example ${text} of a function cannot be evaluated: ${messageOf(failure).split("\n")[0]}`,
    );
  }
}

/** Examples of functions read nothing of a call. */
const CLOCK: Clock = { now: 0, timezone: "UTC", language: "en-US", hours: {}, random: () => 0 };
