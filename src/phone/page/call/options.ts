/** The parameters of a call, and of a test of it. */
import type { CallOptions } from "../../carrier.ts";
import type { Scenario, ScenarioCaller, ScriptStep } from "../../script/scenario.ts";
import type { Setup } from "../state.ts";
import { isoIn, momentOf } from "../text/time.ts";

/** The URLs of a flow of the Worker at `origin`. */
export function addressOf(origin: string, flow: string): { url: string; statusUrl: string } {
  return { url: `${origin}/voice/${flow}`, statusUrl: `${origin}/status/${flow}` };
}

/** A call as the carrier makes it; each has identifiers of its own. */
export function callOptions({ flow, from, to, caller }: Setup, origin: string): CallOptions {
  const { name, verified, ...place } = filled(caller);
  return {
    ...addressOf(origin, flow),
    from,
    to,
    seed: crypto.randomUUID(),
    ...place,
    ...(name !== undefined && { callerName: name }),
    ...(verified && { extra: { StirVerstat: "TN-Validation-Passed-A" } }),
  };
}

/** The moment that a call is made at, in milliseconds since 1970. An invalid choice counts as now. */
export function beginOf({ at, timezone }: Setup, now: number): number {
  const chosen = at === "" ? Number.NaN : momentOf(timezone, at);
  return Number.isNaN(chosen) ? now : chosen;
}

/** A call as a scenario; `begun` if the moment matters, in milliseconds since 1970. */
export function scenarioOf(
  name: string,
  { from, to, caller, timezone }: Setup,
  script: readonly ScriptStep[],
  begun?: number,
): Scenario {
  const known = filled(caller);
  return {
    name,
    ...(begun !== undefined && { at: isoIn(timezone, begun) }),
    from,
    to,
    ...(Object.keys(known).length > 0 && { caller: known }),
    script,
  };
}

function filled({ name, city, state, zip, country, verified }: ScenarioCaller): ScenarioCaller {
  return {
    ...(name && { name }),
    ...(city && { city }),
    ...(state && { state }),
    ...(zip && { zip }),
    ...(country && { country }),
    ...(verified && { verified }),
  };
}
