/** Versions of flows that callers may still be in: a call stays with the version that it began with. */
import type { Program } from "../../../program/program.ts";

/** How many earlier versions of a flow stay available: each save makes one, and the Worker is bundled with them. */
const MOST = 10;

/**
 * The earlier versions to serve next to the current ones.
 * @param past earlier versions until now, the oldest first
 * @param before what was current until now
 * @param now what is current from now on
 */
export function pastVersions(
  past: readonly Program[],
  before: readonly Program[],
  now: readonly Program[],
): Program[] {
  const current = new Map(now.map(({ flow, hash }) => [flow, hash]));
  const earlier = [...past, ...before].filter(
    ({ flow, hash }) => current.has(flow) && current.get(flow) !== hash,
  );
  const latest = new Map(earlier.map((program) => [`${program.flow}/${program.hash}`, program]));
  const byFlow = Map.groupBy(latest.values(), ({ flow }) => flow);
  return [...byFlow.values()].flatMap((versions) => versions.slice(-MOST));
}
