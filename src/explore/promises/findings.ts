/** The findings on the promises of flows. */

import type { Finding } from "../../flow/catalogue.ts";
import { sortAndDedupe } from "../../flow/language/diagnostic.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { NewScenario } from "../../flow/scenarios/scenario-file.ts";
import type { ExploreOptions } from "../exploration.ts";
import { type ScenarioOptions, scenarioOf } from "../ways/scenario.ts";
import { type Decided, decide } from "./decide.ts";
import type { Owned } from "./probes.ts";
import { callInWords } from "./words.ts";

/** A call that breaks a promise, as a scenario of the flow's tests. */
export interface BreakingCall {
  /** The flow that is called. */
  flow: string;
  /** The promise, as text. */
  promise: string;
  scenario: NewScenario;
}

/** What became of the promises. */
export interface Promised {
  findings: Finding[];
  /** The shortest call that breaks each broken promise. */
  calls: BreakingCall[];
  /** How many promises there are. */
  count: number;
}

/** How a flow is explored, and how the calls that are found are written. */
type PromiseOptions = ExploreOptions & Pick<ScenarioOptions, "nameOf">;

/** Decides the promises of flows that can be called, and those of their parts. */
export function checkPromises(
  flows: readonly BuiltFlow[],
  optionsOf: (flow: BuiltFlow) => PromiseOptions,
  progress: (flow: string) => void = () => {},
): Promised {
  const findings: Finding[] = [];
  const calls: BreakingCall[] = [];
  for (const flow of flows) {
    const promises = promisesIn(flow, flows);
    if (flow.program.isPart || promises.length === 0) continue;
    progress(flow.flow.name);
    const options = optionsOf(flow);
    for (const decided of decide(flow.program, promises, options)) {
      findings.push(...findingOf(decided));
      calls.push(...callOf(decided, flow.flow.name, options));
    }
  }
  findings.push(...unrunParts(flows));
  const count = flows.reduce((sum, one) => sum + one.promises.length, 0);
  return { findings: sortAndDedupe(findings), calls, count };
}

/** A flow's own promises, and those of the flows that it can run. */
export function promisesIn(flow: BuiltFlow, flows: readonly BuiltFlow[]): Owned[] {
  const parts = Object.keys(flow.program.parts ?? {});
  const all = [flow, ...flows.filter((one) => one !== flow && parts.includes(one.flow.name))];
  return all.flatMap((one) =>
    one.promises.map((promise) => ({
      promise,
      owner: one === flow ? "" : one.flow.name,
      file: one.flow.file,
    })),
  );
}

function callOf(
  { promise: { text }, verdict, exploration }: Decided,
  flow: string,
  { nameOf }: PromiseOptions,
): BreakingCall[] {
  if (verdict.is !== "broken") return [];
  const options = { name: `breaks: ${text}`, ...(nameOf && { nameOf }) };
  return [{ flow, promise: text, scenario: scenarioOf(exploration, verdict.way, options) }];
}

function findingOf({ promise, file, verdict, exploration }: Decided): Finding[] {
  if (verdict.is === "kept") return [];
  const about = { severity: "error" as const, file, span: promise.span };
  const hint = promise.because === undefined ? {} : { hint: `because ${promise.because}` };
  if (verdict.is === "undecided") {
    const message = `"${promise.text}" is undecided: ${asClause(verdict.why)}`;
    return [{ ...about, code: "promise-undecided", message, ...hint }];
  }
  const call = callInWords(exploration, verdict.way, verdict.at);
  const missing = verdict.missing === undefined ? "" : `; ${verdict.missing}`;
  return [
    {
      ...about,
      code: "promise-broken",
      message: `a call breaks "${promise.text}": ${call}${missing}`,
      ...hint,
    },
  ];
}

/** A sentence of a bound, as the end of another. */
function asClause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, "")}`;
}

/** No call comes to a part that no flow runs. */
function unrunParts(flows: readonly BuiltFlow[]): Finding[] {
  const run = new Set(flows.flatMap(({ program }) => Object.keys(program.parts ?? {})));
  return flows.flatMap(({ flow, program, promises }) =>
    program.isPart && !run.has(flow.name)
      ? promises.map(({ span, text }) => ({
          code: "promise-undecided" as const,
          severity: "error" as const,
          file: flow.file,
          span,
          message: `"${text}" is undecided: no flow runs "${flow.name}"`,
        }))
      : [],
  );
}
