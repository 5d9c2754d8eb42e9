/**
 * Coverage of paths. A path is what one answer moves: the steps from where a call waits to where it waits next, or ends. Answers
 * that lead through the same steps are one path, and so are circles: a flow has finitely many.
 */
import type { CallEvent, Edge, Exploration } from "../../explore/exploration.ts";
import type { Outcome } from "./outcome.ts";

/** A path, and whether any call took it. */
export interface CoveredPath {
  steps: readonly string[];
  /** What moves calls along it, such as `key 2`; empty from the beginning of a call. */
  label: string;
  taken: boolean;
}

/** The paths of a flow that can be called. */
export interface PathCoverage {
  flow: string;
  paths: CoveredPath[];
  /** What was not explored, as sentences: then there may be more paths. */
  cut: string[];
}

/** A call: its turns, and the flow that it calls. */
export type Moved = { turns: readonly Pick<Outcome["turns"][number], "path">[] } & {
  written: Pick<Outcome["written"], "flow">;
};

/** What counts of an edge of an exploration. */
type Move = Pick<Edge, "path" | "answers"> & { event: Pick<CallEvent, "kind" | "label"> };

/** An explored flow. */
export type Moves = Pick<Exploration, "cut"> & { edges: readonly Move[] };

/** The paths of an explored flow. Where callers hang up by themselves is not counted, nor is an answer that moves no call. */
export function pathCoverageOf(flow: string, { edges, cut }: Moves, calls: readonly Moved[]): PathCoverage {
  const counted = edges.filter(({ event, path }) => event.kind !== "hangup" && path.length > 1);
  const byPath = Map.groupBy(counted, ({ path }) => keyOf(path));
  const longest = Math.max(0, ...[...byPath.values()].map(([edge]) => edge?.path.length ?? 0));
  const taken = new Set(
    calls.filter(({ written }) => written.flow === flow).flatMap((call) => runsOf(call, longest)),
  );
  const paths = [...byPath].flatMap(([key, [edge]]) =>
    edge ? [{ steps: edge.path, label: labelOf(edge), taken: taken.has(key) }] : [],
  );
  return { flow, paths, cut: cut.map(({ message }) => message) };
}

/** The paths that no call took. */
export function untaken({ paths }: PathCoverage): CoveredPath[] {
  return paths.filter(({ taken }) => !taken);
}

/** The share of the paths of all flows that a call took, in percent; 100 without paths. */
export function percentOfPaths(coverage: readonly PathCoverage[]): number {
  const paths = coverage.flatMap((one) => one.paths);
  const taken = paths.filter((path) => path.taken).length;
  return paths.length === 0 ? 100 : (taken / paths.length) * 100;
}

function keyOf(path: readonly string[]): string {
  return path.join(" ");
}

function labelOf({ event, answers }: Move): string {
  const own = event.kind === "begins" ? [] : [event.label];
  return [...own, ...answers.map(({ label }) => `the service answers ${label}`)].join(", ");
}

/** What the turns of a call moved, each by itself and together with those after it: a redirect begins a turn without an answer. */
function runsOf({ turns }: Moved, longest: number): string[] {
  return turns.flatMap((_, from) => {
    const runs: string[] = [];
    let run: string[] = [];
    for (const { path } of turns.slice(from)) {
      if (run.length > 0 && run.at(-1) !== path[0]) break;
      run = run.length > 0 ? [...run, ...path.slice(1)] : path;
      if (run.length > longest) break;
      runs.push(keyOf(run));
    }
    return runs;
  });
}
