/** Small flows to explore. */
import type { Edge, Exploration, ExploreOptions } from "../../src/explore/exploration.ts";
import { explore } from "../../src/explore/explore.ts";
import { build } from "../../src/flow/build.ts";
import type { Program } from "../../src/program/program.ts";

/** Thursday, noon in New York. */
export const NOW = Date.parse("2026-11-26T12:00:00-05:00");

/** Bounded by states alone: on a busy machine, a bound of seconds would end an exploration early. */
export const UNTIMED = { mostMilliseconds: Number.POSITIVE_INFINITY };

/** Builds flows, by name; the first is the one that is called. Fails if one has an error. */
export function programOf(flows: Readonly<Record<string, string>> | string): Program {
  const texts = typeof flows === "string" ? { desk: flows } : flows;
  const files = Object.entries(texts).map(([name, text]) => ({ path: `flows/${name}.yaml`, text }));
  const { programs, diagnostics } = build(files);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  const [first] = Object.keys(texts);
  const program = programs.find(({ flow }) => flow === first);
  if (!program) throw new Error(`no program ${first}`);
  return program;
}

/** Explores a flow. */
export function explored(
  flows: Parameters<typeof programOf>[0],
  options: Partial<ExploreOptions> = {},
): Exploration {
  return explore(programOf(flows), { now: NOW, ...UNTIMED, ...options });
}

/** Every edge as `step: event → where it leads`, hang-ups left out; the same ones once, in the order of the search. */
export function told(exploration: Exploration): string[] {
  const edges = exploration.edges.filter(({ event }) => event.kind !== "hangup");
  return [...new Set(edges.map((edge) => textOf(exploration, edge)))];
}

function textOf({ nodes }: Exploration, edge: Edge): string {
  const from = edge.from === undefined ? "" : `${nodes[edge.from]?.place?.step}: `;
  const answers = edge.answers.map(({ label }) => ` [${label}]`).join("");
  const to = nodes[edge.to];
  return `${from}${edge.event.label}${answers} → ${to?.place?.step ?? to?.ended}`;
}
