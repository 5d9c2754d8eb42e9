/** Saves a call in its flow's test file. */
import { isPause, isText, type ScriptStep } from "../../script/scenario.ts";
import type { FlowView } from "../contract/flow.ts";
import type { ServiceResponse } from "../contract/services.ts";
import type { PhoneState } from "../contract/state.ts";
import type { NamedTest, Refused, SavedTest, TestDetail, TestScenario, Undone } from "../contract/tests.ts";
import type { Value } from "../contract/value.ts";
import type { CallView, Texted } from "../state.ts";
import { keptValues } from "./kept.ts";
import { scenarioOf } from "./options.ts";
import { secretsOf } from "./secrets.ts";

/** What is saved: of a call, or of a text conversation. */
export type Written = Pick<CallView, "setup" | "script" | "begun" | "requests">;

/** The text conversation that is under way, or the last one, as it is saved. */
export function conversationOf({ setup, script, begun, requests, before }: Texted): Written {
  return { setup, script, begun, requests: requests.slice(before) };
}

/** Posts a call. Returns a sentence if it could not be saved, or if the server is gone. */
export async function saveTest(
  server: PhoneState,
  call: Written,
  name: string,
): Promise<SavedTest | Refused> {
  return post("keep", { flow: call.setup.flow, scenario: testScenario(server, call, name) });
}

/** Records a test anew: its answers with what is heard now. */
export async function rerecordTest(test: NamedTest): Promise<SavedTest | Refused> {
  return post("rerecord", test);
}

/** Takes back what was written last. */
export async function undoTest(): Promise<Undone | Refused> {
  return post("undo", {});
}

async function post<T>(what: string, body: object): Promise<T | Refused> {
  try {
    const response = await fetch(`/phone/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { problem: "The server does not respond; nothing was saved. Is npm start still running?" };
  }
}

/** A test in detail, as it goes now; undefined if it is gone. */
export async function readTest({ flow, name }: NamedTest): Promise<TestDetail | undefined> {
  const query = new URLSearchParams({ flow, name });
  const response = await fetch(`/phone/test?${query}`).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

/** A call as a scenario, with its service responses. It has a moment if the flow has hours, or if one was chosen. */
export function testScenario(server: PhoneState, call: Written, name: string): TestScenario {
  const { setup, script, begun, requests } = call;
  const flow = server.flows.find((one) => one.name === setup.flow);
  const running = server.flows.filter((one) => one === flow || flow?.parts.includes(one.name));
  const isTimely = setup.at !== "" || running.some(({ hours }) => hours.length > 0);
  const named = script.map((step) => byName(step, running));
  const scenario = scenarioOf(name, setup, named, isTimely ? begun : undefined);
  const responses: Record<string, ServiceResponse[]> = {};
  for (const { url, answer } of requests.flatMap(({ turn }) => turn?.serviceRequests ?? [])) {
    responses[url] = [...(responses[url] ?? []), answer];
  }
  const kept = keptValues(setup.kept, flow, server.flows);
  return {
    ...scenario,
    ...(Object.keys(kept).length > 0 && { kept: namedAsTests(kept, setup.flow) }),
    ...(Object.keys(responses).length > 0 && { requests: responses }),
  };
}

/** Persistent values by the variables' names: a part's have its name before them. */
function namedAsTests(kept: Readonly<Record<string, Value>>, flow: string): Record<string, Value> {
  const nameOf = (keep: string): string => keep.slice(keep.indexOf(":") + 1).replace(`${flow}.`, "");
  return Object.fromEntries(Object.entries(kept).map(([keep, value]) => [nameOf(keep), value]));
}

/** A dial step with its destination's name, which outlives a changed number. */
function byName(step: ScriptStep, flows: readonly FlowView[]): ScriptStep {
  if (typeof step !== "object" || !("dial" in step)) return step;
  const destinations = flows.flatMap(({ destinations }) => destinations);
  // A name with several addresses means the first.
  const known = destinations.find(({ addresses }) => addresses[0] === step.dial);
  return known ? { ...step, dial: known.name } : step;
}

/** A name for a call, from what was done in it: `press 1, dial +14155550100`. */
export function nameFor(
  { script, requests }: Pick<Written, "script" | "requests">,
  flows: readonly FlowView[],
): string {
  const secrets = secretsOf(requests);
  const isSecret = (entered: string): boolean => secrets.some((secret) => entered.startsWith(secret));
  const done = script.flatMap((one) => {
    const step = byName(one, flows);
    if (typeof step === "string") return step === "silence" ? ["say nothing"] : [];
    if ("press" in step) return [isSecret(step.press) ? "enter a secret" : `press ${step.press}`];
    if ("say" in step) return [isSecret(step.say) ? "say a secret" : `say ${step.say}`];
    if ("dial" in step) return [`${step.dial} ${step.status ?? "answers"}`];
    if ("record" in step) return ["leave a message"];
    if (isText(step) && step.text === "") return ["send a picture"];
    if (isText(step)) return [isSecret(step.text) ? "write a secret" : `write ${step.text}`];
    if (isPause(step)) return [`wait ${step.wait}`];
    if ("wait" in step) return ["wait"];
    return [];
  });
  return done.length === 0 ? "call and hang up" : done.slice(0, 6).join(", ");
}
