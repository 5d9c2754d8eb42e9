/** The parameters of a call, and of a test of it. */
import type { CallOptions } from "../../carrier.ts";
import {
  knownOf,
  numbersOf,
  type Scenario,
  type ScenarioCaller,
  type ScriptStep,
} from "../../script/scenario.ts";
import type { PhoneState, PlacedCall } from "../contract/state.ts";
import type { TestScenario } from "../contract/tests.ts";
import type { Value } from "../contract/value.ts";
import type { Setup } from "../state.ts";
import { isoIn, localOf, momentOf } from "../text/time.ts";

/** The URLs of a flow of the Worker at `origin`. */
export function addressOf(origin: string, flow: string): { url: string; statusUrl: string } {
  return { url: `${origin}/voice/${flow}`, statusUrl: `${origin}/status/${flow}` };
}

/** A call as the carrier makes it; each has identifiers of its own. */
export function callOptions(
  { flow, from, to, caller, direction, answeredBy, unanswered, placed, parameters, queue }: Setup,
  origin: string,
): CallOptions {
  // An asynchronous verdict comes later, and on a way of its own.
  const isKnown = placed?.machineUrl === undefined;
  return {
    ...(placed ? placedAt(origin, placed) : addressOf(origin, flow)),
    from,
    to,
    seed: crypto.randomUUID(),
    ...outgoing(direction, isKnown ? answeredBy : undefined),
    ...(unanswered && { unanswered }),
    ...(queue && { queue }),
    ...(parameters && { parameters: pairsIn(parameters) }),
    ...knownOf(filled(caller)),
  };
}

/** A placed call brings its identifier and its URLs. */
function placedAt(
  origin: string,
  { sid, url, statusUrl }: PlacedCall,
): Pick<CallOptions, "sid" | "url" | "statusUrl"> {
  return { sid, url: origin + url, ...(statusUrl !== undefined && { statusUrl: origin + statusUrl }) };
}

/** The call of a scenario; the numbers that it does not name are those of `unnamed`. */
export function watchedSetup(
  flow: string,
  { from, to }: Pick<Setup, "from" | "to">,
  scenario: TestScenario,
): Setup {
  const { direction, answeredBy, unanswered, caller = {}, parameters, at, name, queue, kept } = scenario;
  const timezone = "UTC";
  const numbers = numbersOf(scenario, from, to);
  return {
    flow,
    from: numbers.from,
    to: numbers.to,
    direction: direction === "outbound" ? direction : undefined,
    answeredBy,
    unanswered,
    caller,
    standIn: name,
    queue,
    ...(kept && { kept: keptAs(flow, kept) }),
    ...(parameters && { parameters: new URLSearchParams(parameters).toString() }),
    at: at === undefined ? "" : localOf(timezone, Date.parse(at)),
    timezone,
  };
}

/** A test's persistent values, by the flow or caller that keeps them. */
function keptAs(flow: string, kept: Readonly<Record<string, Value>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, value]) => {
      const full = name.includes(".") ? name : `${flow}.${name}`;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [
        [`flow:${full}`, text],
        [`caller:${full}`, text],
      ];
    }),
  );
}

/** The addresses of a destination of a flow, or of a part of it. */
export function addressesIn(server: PhoneState | undefined, flow: string, name: string): readonly string[] {
  const own = server?.flows.find((one) => one.name === flow);
  const running = server?.flows.filter((one) => one === own || own?.parts.includes(one.name)) ?? [];
  return (
    running.flatMap(({ destinations }) => destinations).find((one) => one.name === name)?.addresses ?? []
  );
}

/** The moment that a call is made at, in milliseconds since 1970. An invalid choice counts as now. */
export function beginOf({ at, timezone }: Setup, now: number): number {
  const chosen = at === "" ? Number.NaN : momentOf(timezone, at);
  return Number.isNaN(chosen) ? now : chosen;
}

/** A call as a scenario; `begun` if the moment matters, in milliseconds since 1970. */
export function scenarioOf(
  name: string,
  { from, to, caller, direction, answeredBy, parameters, timezone, queue }: Setup,
  script: readonly ScriptStep[],
  begun?: number,
): Scenario {
  const known = filled(caller);
  return {
    name,
    ...(begun !== undefined && { at: isoIn(timezone, begun) }),
    ...outgoing(direction, answeredBy),
    from,
    to,
    ...(Object.keys(known).length > 0 && { caller: known }),
    ...(parameters && { parameters: pairsIn(parameters) }),
    ...(queue && { queue }),
    script,
  };
}

/** What an outbound call has: only that can be answered by a machine. */
function outgoing(
  direction: Setup["direction"],
  answeredBy: Setup["answeredBy"],
): Pick<Scenario & CallOptions, "direction" | "answeredBy"> {
  return direction ? { direction, ...(answeredBy && { answeredBy }) } : {};
}

/** A query as names and values. */
export function pairsIn(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

function filled({ name, city, state, zip, country, attestation, verified }: ScenarioCaller): ScenarioCaller {
  return {
    ...(name && { name }),
    ...(city && { city }),
    ...(state && { state }),
    ...(zip && { zip }),
    ...(country && { country }),
    ...(attestation && { attestation }),
    ...(verified && { verified }),
  };
}
