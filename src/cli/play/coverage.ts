/** Coverage: the exits of a flow that its scenarios take. */

import { type Edge, targetOf } from "../../flow/analysis/graph.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { Outcome } from "./outcome.ts";

/** An exit, and whether any call took it. */
export interface CoveredExit {
  from: string;
  label: string;
  to: string;
  taken: boolean;
}

/** A flow's exits. */
export interface Coverage {
  flow: string;
  exits: CoveredExit[];
}

/** A call to a flow: the steps of its turns, in order. */
export type Walked = Pick<Outcome, "paths"> & { written: Pick<Outcome["written"], "flow"> };

/** What is required: that tests take all exits, or so many percent of them. */
export type CoverageGoal = "all" | number;

/**
 * The exits of every flow that has a scenario, or is named in `also`; exits of one step to the same place count as one.
 */
export function coverageOf(
  flows: readonly BuiltFlow[],
  outcomes: readonly Walked[],
  also: ReadonlySet<string>,
): Coverage[] {
  const ways = waysOf(outcomes);
  const played = new Set(
    outcomes.flatMap(({ written, paths }) => [written.flow, ...paths.flat().map(partOf)]),
  );
  return flows.flatMap((built) =>
    played.has(built.flow.name) || also.has(built.flow.name)
      ? [{ flow: built.flow.name, exits: exitsOf(built, ways) }]
      : [],
  );
}

/** The exits that no call took. */
export function uncovered({ exits }: Coverage): CoveredExit[] {
  return exits.filter(({ taken }) => !taken);
}

/** The coverage of all flows together. */
export function totalOf(coverage: readonly Coverage[]): Coverage {
  return { flow: "", exits: coverage.flatMap(({ exits }) => exits) };
}

/** The share of the exits that a call took, in percent; 100 without exits. */
export function percentOf(coverage: Coverage): number {
  const all = coverage.exits.length;
  return all === 0 ? 100 : ((all - uncovered(coverage).length) / all) * 100;
}

/** Whether tests take as many exits as required. */
export function reaches(coverage: readonly Coverage[], goal: CoverageGoal): boolean {
  return percentOf(totalOf(coverage)) >= (goal === "all" ? 100 : goal);
}

const way = (from: string, to: string): string => `${from} ${to}`;

/** The last entry of a path, for the end of a call and of a side road. */
const ENDS: ReadonlySet<string> = new Set(["hangup", "return"]);

/** The part that a step of a Program belongs to; empty for the entry flow's own steps. */
function partOf(step: string): string {
  return step.includes(".") ? step.slice(0, step.indexOf(".")) : "";
}

function waysOf(outcomes: readonly Walked[]): ReadonlySet<string> {
  const pairs = outcomes.flatMap(({ written, paths }) => {
    const full = (step: string): string =>
      step.includes(".") || ENDS.has(step) ? step : `${written.flow}.${step}`;
    return paths.flatMap((path) =>
      path.slice(1).map((step, index) => way(full(path[index] ?? ""), full(step))),
    );
  });
  return new Set(pairs);
}

function exitsOf({ flow, graph }: BuiltFlow, ways: ReadonlySet<string>): CoveredExit[] {
  const exits = new Map<string, CoveredExit>();
  for (const edge of [...graph.edges.values()].flat()) {
    if (!graph.reached.has(edge.from)) continue;
    const to = targetOf(edge) ?? String(edge.to);
    const exit = exits.get(way(edge.from, to)) ?? { from: edge.from, label: "", to, taken: false };
    exits.set(way(edge.from, to), merged(exit, edge, isTaken(edge, to, flow.name, graph.menus, ways)));
  }
  return [...exits.values()];
}

/** `back` leads to any menu, `return` out of the flow, every other exit to one place. */
function isTaken(
  { from, to: exit }: Edge,
  to: string,
  flow: string,
  menus: ReadonlySet<string>,
  ways: ReadonlySet<string>,
): boolean {
  const start = `${flow}.${from}`;
  if (exit === "back") return [...menus].some((menu) => ways.has(way(start, `${flow}.${menu}`)));
  if (exit !== "return") return ways.has(way(start, to === "hangup" ? to : `${flow}.${to}`));
  return [...ways].some((one) => one.startsWith(`${start} `) && !one.startsWith(`${start} ${flow}.`));
}

function merged(exit: CoveredExit, edge: Edge, taken: boolean): CoveredExit {
  const label = [exit.label, edge.label].filter((text) => text !== "").join(", ");
  return { ...exit, label, taken: exit.taken || taken };
}
