/** What answers in place of services: the tests' own answers, else an example that the flow can use. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { WrittenAnswer } from "../../flow/scenarios/test-file-schema.ts";
import type { AskedService, ServiceResponse, StandIn } from "../../phone/page/contract/services.ts";
import type { Value } from "../../phone/page/contract/value.ts";
import { isMap } from "../../program/is-map.ts";
import type { VariableType } from "../../program/program.ts";
import { patternOf } from "../play/fake-web.ts";

/** How many calls are remembered: each is answered in the order of its test. */
const MOST_CALLS = 20;

/** Answers for services. */
export type StandIns = (
  asked: AskedService,
  flows: readonly BuiltFlow[],
  scenarios: readonly AnsweringScenario[],
) => StandIn;

/** The part of a scenario that answers. */
interface AnsweringScenario {
  flow: string;
  scenario: Pick<WrittenScenario["scenario"], "name" | "requests">;
}

/** Stand-ins that remember how often each call has asked for what. */
export function standIns(): StandIns {
  const calls = new Map<string, Map<string, number>>();

  /** How often this call has asked for this before. */
  const timesIn = (call: string, what: string): number => {
    const asked = calls.get(call) ?? new Map<string, number>();
    calls.delete(call);
    calls.set(call, asked);
    for (const old of [...calls.keys()].slice(0, -MOST_CALLS)) calls.delete(old);
    const times = asked.get(what) ?? 0;
    asked.set(what, times + 1);
    return times;
  };

  return (asked, flows, scenarios) => {
    const { call, url } = asked;
    for (const { scenario } of inOrder(asked, flows, scenarios)) {
      const found = Object.entries(scenario.requests ?? {}).find(([address]) => patternOf(address).test(url));
      if (!found) continue;
      const [address, answers] = found;
      const times = timesIn(call, `${scenario.name} ${address}`);
      const answer = answers[Math.min(times, answers.length - 1)];
      if (answer) return { answer: responseOf(answer), from: { test: scenario.name } };
    }
    return { answer: exampleFor(asked, flows), from: "example" };
  };
}

/** The chosen scenario, then those of the flow, then those of its parts. */
function inOrder(
  { flow, scenario: chosen }: AskedService,
  flows: readonly BuiltFlow[],
  scenarios: readonly AnsweringScenario[],
): AnsweringScenario[] {
  const parts = flows.find((one) => one.flow.name === flow)?.program.parts ?? {};
  const own = scenarios.filter((one) => one.flow === flow);
  return [
    ...own.filter(({ scenario }) => scenario.name === chosen),
    ...own,
    ...scenarios.filter((one) => one.flow in parts),
  ];
}

function responseOf({ status = 200, json, text }: WrittenAnswer): ServiceResponse {
  return {
    status,
    ...(json !== undefined && { json: jsonOf(json) }),
    ...(text !== undefined && { text }),
  };
}

// A test's JSON came from YAML.
function jsonOf(json: unknown): Value {
  return JSON.parse(JSON.stringify(json));
}

/** An answer from which the step can save all that it wants. */
function exampleFor({ flow, step }: AskedService, flows: readonly BuiltFlow[]): ServiceResponse {
  const [part = "", name = ""] = step.includes(".") ? step.split(".") : [flow, step];
  const built = flows.find((one) => one.flow.name === part);
  const body = built?.flow.steps.find((one) => one.name === name)?.body;
  const saved = isMap(body) && isMap(body.save) ? Object.entries(body.save) : [];
  const json: Record<string, Value> = {};
  for (const [variable, path] of saved) {
    const type = built?.facts.variables[variable]?.type ?? "string";
    if (typeof path === "string") put(json, path.split("."), EXAMPLES[type]);
  }
  return { status: 200, json };
}

const EXAMPLES: Readonly<Record<VariableType, Value>> = {
  string: "example",
  int: 1,
  number: 1,
  bool: true,
  list: [],
  map: {},
  recording: { url: "", seconds: 0, transcript: "" },
};

/** Puts a value at a path; a list is a map of its places. */
function put(into: Record<string, Value>, [key = "", ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    into[key] ??= value;
    return;
  }
  const inner = into[key];
  const next = isValueMap(inner) ? inner : {};
  into[key] = next;
  put(next, rest, value);
}

function isValueMap(value: Value | undefined): value is Record<string, Value> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
