/** Which exits of a flow its scenarios take. */
import type { BuiltFlow } from "../flow/build.ts";
import { type Edge, targetOf } from "../flow/graph.ts";
import type { Outcome } from "./stage.ts";

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

/** The exits of every flow that has a scenario; exits of one step to the same place count as one. */
export function coverageOf(flows: readonly BuiltFlow[], outcomes: readonly Outcome[]): Coverage[] {
  return flows.flatMap((built) => {
    const played = outcomes.filter(({ written }) => written.flow === built.flow.name);
    return played.length === 0 ? [] : [{ flow: built.flow.name, exits: exitsOf(built, waysOf(played)) }];
  });
}

/** The exits that no call took. */
export function uncovered({ exits }: Coverage): CoveredExit[] {
  return exits.filter(({ taken }) => !taken);
}

const way = (from: string, to: string): string => `${from} ${to}`;

function waysOf(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const pairs = outcomes.flatMap(({ paths }) =>
    paths.flatMap((path) => path.slice(1).map((step, index) => way(path[index] ?? "", step))),
  );
  return new Set(pairs);
}

function exitsOf({ graph }: BuiltFlow, ways: ReadonlySet<string>): CoveredExit[] {
  const exits = new Map<string, CoveredExit>();
  for (const edge of [...graph.edges.values()].flat()) {
    if (!graph.reached.has(edge.from)) continue;
    const targets = edge.to === "back" ? [...graph.menus] : [targetOf(edge) ?? "hangup"];
    const to = edge.to === "back" ? "back" : (targets[0] ?? "");
    const exit = exits.get(way(edge.from, to)) ?? { from: edge.from, label: "", to, taken: false };
    exits.set(
      way(edge.from, to),
      merged(
        exit,
        edge,
        targets.some((target) => ways.has(way(edge.from, target))),
      ),
    );
  }
  return [...exits.values()];
}

function merged(exit: CoveredExit, edge: Edge, taken: boolean): CoveredExit {
  const label = [exit.label, edge.label].filter((text) => text !== "").join(", ");
  return { ...exit, label, taken: exit.taken || taken };
}
