/** How a random call begins. */
import type { NewScenario } from "../../../flow/scenarios/scenario-file.ts";
import type { WrittenScenario } from "../../../flow/scenarios/scenarios.ts";
import type { CallOptions } from "../../../phone/carrier.ts";
import { knownOf, numbersOf } from "../../../phone/script/scenario.ts";
import { CALLER, HOST, NUMBER } from "../app.ts";
import type { Random } from "./random.ts";

/** What a scenario says of a call before it begins. */
export type Beginning = Omit<WrittenScenario["scenario"], "name" | "script"> & { at: string };

const MINUTES_A_YEAR = 365 * 24 * 60;

/** A call as a test of the flow begins it, or any call, at some time. Not one that no one answers: it says nothing. */
export function beginningOf(random: Random, scenarios: readonly WrittenScenario[]): Beginning {
  const begun = scenarios.flatMap(({ scenario }) => (scenario.unanswered === undefined ? [scenario] : []));
  const chosen = random.any<Partial<WrittenScenario["scenario"]>>([{}, ...begun]) ?? {};
  const { name: _name, script: _script, expect: _expect, requests: _requests, ...begins } = chosen;
  return { ...begins, at: begins.at ?? momentAt(random) };
}

function momentAt(random: Random): string {
  const moment = Date.UTC(2026, 0, 1) + random.int(0, MINUTES_A_YEAR - 1) * 60_000;
  return `${new Date(moment).toISOString().slice(0, 16)}Z`;
}

/** The carrier's side of it. The scenario with this name is the same call, with the same identifiers. */
export function optionsOf(flow: string, name: string, begins: Beginning): CallOptions {
  const { caller = {}, direction, answeredBy, queue, parameters } = begins;
  const { from, to } = numbersOf(begins, CALLER, NUMBER);
  return {
    from,
    to,
    url: `${HOST}/voice/${flow}`,
    statusUrl: `${HOST}/status/${flow}`,
    seed: `${HOST}/voice/${flow} ${name}`,
    ...(parameters && { parameters }),
    ...(direction === "outbound" && { direction }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(queue && { queue }),
    ...knownOf(caller),
  };
}

/** A scenario without the settings that are empty, in reading order. */
export function scenarioOf(
  name: string,
  { at, ...begins }: Beginning,
  more: Record<string, unknown>,
): NewScenario {
  const settings = Object.entries({ ...begins, ...more }).filter(([, value]) => !isEmpty(value));
  return { name, at, ...Object.fromEntries(settings) };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}
