/** How a scenario went, what went wrong in it, and that as a finding in its test file. */
import { nameOfParameter } from "../../engine/parameters.ts";
import type { Turn } from "../../engine/turn.ts";
import { defaultOf } from "../../engine/values.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { nearest } from "../../flow/language/diagnostic.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { Json } from "../../program/json.ts";
import type { Program, Variable } from "../../program/program.ts";
import type { Sent } from "./fake-web.ts";
import { holds } from "./sent.ts";

/** The first thing that went wrong: at a line of the script, or in a variable under `expect`. */
export interface Wrong {
  step: number;
  message: string;
  variable?: string;
  /** What was heard before it, since the last answer. */
  heard?: readonly string[];
  /** So many lines of the transcript come before it; absent if it is about the whole call. */
  after?: number;
}

/** How a scenario went. */
export interface Outcome {
  written: WrittenScenario;
  failure?: Wrong;
  transcript: readonly string[];
  /** The steps of each turn and of each side road, in order. */
  paths: string[][];
  /** The call's own turns, in order. */
  turns: readonly Turn[];
  /** The turns of its side roads, such as those of text messages, in order. */
  asides: readonly Turn[];
  /** What it sent to services, in order. */
  sent: readonly Sent[];
}

/** A call's failure as a finding in its test file; none if the call went as written. */
export function diagnosticOf({ written, failure }: Outcome): Finding[] {
  if (!failure) return [];
  const { step, variable = "" } = failure;
  // What is missing after the last line is reported there; before the first one, at the name.
  const line = written.stepSpans[Math.min(step, written.stepSpans.length - 1)];
  const span = written.expectSpans[variable] ?? line ?? written.nameSpan;
  const message = `"${written.scenario.name}": ${failure.message}`;
  return [{ code: "call-differs", severity: "error", file: written.file, span, message }];
}

/** Where a call's variables are when it is over. */
interface EndState {
  last: Turn | undefined;
  /** Persistent variables that were written, by their full names. */
  kept: ReadonlyMap<string, Json | undefined>;
  env: Readonly<Record<string, string>>;
}

/** The first parameter that the flow does not take: in a test, it is a misspelt one. */
export function unknownParameter(
  { scenario }: WrittenScenario,
  program: Program | undefined,
): Wrong | undefined {
  const takes = program?.takes ?? [];
  const name = Object.keys(scenario.parameters ?? {}).find((one) => !takes.includes(nameOfParameter(one)));
  if (name === undefined) return undefined;
  const near = nearest(name, takes);
  const advice = near ? `did you mean ${near}?` : "list it in `takes`.";
  return { step: 0, message: `The scenario passes ${name}, which the flow does not take; ${advice}` };
}

/** The first variable that does not hold what the scenario expects of it, reported at its last line. */
export function unexpectedVariable(
  { scenario }: WrittenScenario,
  program: Program | undefined,
  end: EndState,
): Wrong | undefined {
  const step = scenario.script.length;
  for (const [name, expected] of Object.entries(scenario.expect ?? {})) {
    const variable = program?.variables[name];
    if (!variable) {
      const message = `The scenario expects ${name}, but the flow has no such variable.`;
      return { step, variable: name, message };
    }
    const value = valueAtEnd(name, variable, end);
    if (holds(value, expected)) continue;
    const message = `${name} is ${JSON.stringify(value)} at the end, not ${JSON.stringify(expected)}.`;
    return { step, variable: name, message };
  }
  return undefined;
}

// The flow's own variable, even if the call ended in a part of it.
function valueAtEnd(name: string, variable: Variable, { last, kept, env }: EndState): Json {
  const { keep = "" } = variable;
  const left = kept.get(keep) ?? last?.call.kept?.[keep];
  const vars = last?.call.frames?.find(({ waits }) => waits)?.waits?.vars ?? last?.call.vars;
  return left ?? vars?.[name] ?? defaultOf(variable, env);
}
