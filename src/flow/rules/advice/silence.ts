/** Ways on which callers hear nothing. */

import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";

/**
 * Whether a call can come to a step from its start or from an answer, with nothing said in between.
 * @param start what a caller hears before the call is answered: it rings
 */
export function arrivesSilent(
  { graph }: Checked,
  name: string,
  sources: ReadonlyMap<string, string[]>,
  start: "silence" | "ringing",
): boolean {
  const seen = new Set<string>();
  const waiting = [name];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (at === graph.start && start === "silence") return true;
    for (const from of sources.get(at) ?? []) {
      const does = graph.steps.get(from)?.kind.does;
      if (does === "asks") return true;
      if (does === "silent") waiting.push(from);
    }
  }
  return false;
}

/** The steps that lead to each step. */
export function sourcesOf({ edges, main }: Checked["graph"]): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const edge of [...main].flatMap((name) => edges.get(name) ?? [])) {
    const target = targetOf(edge);
    if (target === undefined) continue;
    const list = sources.get(target);
    if (list) list.push(edge.from);
    else sources.set(target, [edge.from]);
  }
  return sources;
}
