/** `ringflow/test`: plays scripted calls against the project's flows, in any test runner. */

import { diagnosticOf, type Outcome } from "../cli/play/outcome.ts";
import { playInForms } from "../cli/play/said.ts";
import { buildFiles } from "../cli/project/build-files.ts";
import { FLOWS, flowsFor, readFiles, testFiles } from "../cli/project/files.ts";
import { formatFrames } from "../cli/project/report.ts";
import { workerVariables } from "../cli/project/variables.ts";
import { hasError } from "../flow/build.ts";
import { position } from "../flow/language/diagnostic.ts";
import type { SourceFile } from "../flow/language/node.ts";
import { readScenarios, type WrittenScenario } from "../flow/scenarios/scenarios.ts";
import { flowName } from "../flow/shape/validate.ts";
import { writeYaml } from "../flow/yaml/write.ts";
import type { Scenario } from "../phone/script/scenario.ts";
import { isMap } from "../program/is-map.ts";

export type { CalleeStep, ScenarioCaller, ScriptStep } from "../phone/script/scenario.ts";

/** A value of a variable, or of a service's answer. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** An answer of an HTTP service. */
export interface Answer {
  status?: number | "timeout" | "failed";
  json?: Value;
  text?: string;
}

/** A scripted call: the keys of a scenario in a test file. */
export interface ScriptedCall extends Omit<Scenario, "name"> {
  /** For messages. */
  name?: string;
  /** The answers of HTTP services, by URL; `*` matches anything. */
  requests?: Readonly<Record<string, readonly Answer[]>>;
  /** Environment variables, secrets, and values that earlier calls have stored. */
  env?: Readonly<Record<string, string>>;
  secrets?: Readonly<Record<string, string>>;
  kept?: Readonly<Record<string, Value>>;
  /** What the flow's variables hold at the end. */
  expect?: Readonly<Record<string, Value>>;
}

/** How a call went that went as written. */
export interface PlayedCall {
  /** What was heard and done, line by line. */
  transcript: readonly string[];
  /** The steps of each turn and of each side road, in order. */
  steps: readonly (readonly string[])[];
  /** What was sent to services, text messages included. */
  sent: readonly { method: string; url: string; body: string }[];
}

/** A call of a test file. */
export interface FileCall {
  name: string;
  flow: string;
  file: string;
  line: number;
  /**
   * Plays it.
   * @throws Error that says what went otherwise, with the transcript
   */
  play(): Promise<PlayedCall>;
}

/**
 * Reads the calls of test files.
 * @param paths test files and folders of test files; `flows` if left out
 * @throws Error with the findings of flows and test files, if one is an error
 */
export async function readCalls(...paths: readonly string[]): Promise<FileCall[]> {
  const named = await testFiles(paths.length > 0 ? paths : [FLOWS]);
  const tests = await readFiles(named);
  const flows = await readFiles(await flowsFor(named, paths));
  const { scenarios, play } = await stageOf(flows, tests);
  const texts = new Map(tests.map(({ path, text }) => [path, text]));
  return scenarios.map((written) => ({
    name: written.scenario.name,
    flow: written.flow,
    file: written.file,
    line: position(texts.get(written.file) ?? "", written.nameSpan.start).line,
    play: () => play(written),
  }));
}

/**
 * Plays one call.
 * @param flow the name of a flow in `flows/`
 * @throws Error that says what went otherwise, with the transcript; or with the findings, if there is an error
 * @throws TypeError if there is no call
 */
export async function playCall(flow: string, call: ScriptedCall): Promise<PlayedCall> {
  // JavaScript can pass anything.
  if (!isMap(call)) throw new TypeError(NO_CALL);
  const { name = "the call", ...rest } = call;
  const test = { path: "the call", text: writeYaml({ flow, scenarios: [{ name, ...rest }] }) };
  const flows = await readFiles(await flowsFor([], []));
  const { scenarios, play } = await stageOf(flows, [test]);
  const [written] = scenarios;
  if (!written) throw new Error(`${flow} has no call.`);
  return play(written);
}

const NO_CALL = 'playCall takes a flow and a call, such as "menu" and { script: [{ press: "1" }, "end"] }.';

/** The scenarios of test files, and what plays them. */
async function stageOf(flows: readonly SourceFile[], tests: readonly SourceFile[]) {
  const built = await buildFiles(flows);
  const names = flows.map(({ path }) => flowName(path));
  const read = tests.map((test) => readScenarios(test, names));
  const files = [...flows, ...built.calendars, ...tests];
  const diagnostics = [...built.diagnostics, ...read.flatMap((one) => one.diagnostics)];
  if (hasError(diagnostics)) throw new Error(formatFrames(diagnostics, files));
  const variables = await workerVariables();
  const play = async (written: WrittenScenario): Promise<PlayedCall> =>
    playedOrThrow(await playInForms(written, built, variables), files);
  return { scenarios: read.flatMap((one) => one.scenarios), play };
}

function playedOrThrow(outcome: Outcome, files: readonly SourceFile[]): PlayedCall {
  const { failure, transcript, paths, sent } = outcome;
  if (failure) throw new Error([formatFrames(diagnosticOf(outcome), files), ...transcript].join("\n"));
  return { transcript, steps: paths, sent: sent.map(({ method, url, body }) => ({ method, url, body })) };
}
