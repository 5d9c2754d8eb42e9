/** `reach`: from every call at a step, there is a way to another within a bound. */
import type { FlowPromise } from "../../flow/compile/promises.ts";
import type { Within } from "../../flow/model/promises.ts";
import type { Edge, Exploration } from "../exploration.ts";
import { wayTo } from "../ways/way.ts";
import { authored, markerOf } from "./marked-steps.ts";
import type { Sign } from "./probes.ts";
import {
  type Distances,
  isAnswer,
  leavingOf,
  nearest,
  openNodes,
  reachableFrom,
  secondsTo,
} from "./search.ts";
import type { Verdict } from "./verdict.ts";

/** A call at `from`: the edge that brought it there, and the node where it waits. */
interface Start {
  edge: Edge;
  node: number;
}

/** The first place in a path that says something about the promise; -1 if none does. */
type Says = (path: readonly string[], sign: Sign) => number;

/** What there is to answer: the length of the shortest ways, in several measures. */
interface Ways {
  within: Distances;
  any: Distances;
}

/** Decides one. @param promise its index among those that are watched */
export function decideReach(
  { within }: Extract<FlowPromise, { sort: "reach" }>,
  promise: number,
  exploration: Exploration,
): Verdict {
  const says: Says = (path, sign) =>
    path.findIndex((step) => {
      const marker = markerOf(step);
      return marker?.promise === promise && marker.sign === sign;
    });
  // A caller who has hung up does not come to anything, although the flow can still run.
  const isGoal = ({ event, path }: Edge): boolean => event.kind !== "hangup" && says(path, "to") >= 0;
  const ways: Ways = {
    within: secondsTo(exploration, isGoal, within.answers),
    any: secondsTo(exploration, isGoal, undefined),
  };
  const failing = startsOf(exploration, says).filter(({ edge, node }) => !isShort(edge, node, ways, within));
  const [cut] = exploration.cut;
  if (failing.length === 0) return cut ? { is: "undecided", why: cut.message } : { is: "kept" };
  const certain = cut ? failing.filter(isClosed(exploration)) : failing;
  const worst = nearest(
    exploration,
    certain.map(({ edge }) => edge),
  );
  const start = certain.find(({ edge }) => edge === worst);
  if (!worst || !start) return { is: "undecided", why: cut?.message ?? "not every way was explored" };
  return {
    is: "broken",
    way: wayTo(exploration, worst),
    at:
      authored(worst.path.slice(0, Math.max(says(worst.path, "from"), 0) || worst.path.length)).at(-1) ?? "",
    missing: missingAt(start, ways, exploration, isGoal),
  };
}

/** Every call at `from` that has not come to the goal in the same turn. */
function startsOf({ nodes, edges }: Exploration, says: Says): Start[] {
  const entering = edges.flatMap((edge): Start[] => {
    const from = says(edge.path, "from");
    const isThere = says(edge.path.slice(from), "to") >= 0;
    return from < 0 || isThere || edge.event.kind === "hangup" ? [] : [{ edge, node: edge.to }];
  });
  // A step can ask again within its turn: only what comes first is about the node that the edge leaves.
  const isAsked = (path: readonly string[]): boolean =>
    path.slice(1, says(path, "at") + 1).every((step) => markerOf(step)?.sign === "at");
  const asked = new Set(
    edges.flatMap((edge) =>
      edge.from !== undefined && says(edge.path, "at") > 0 && isAsked(edge.path) ? [edge.from] : [],
    ),
  );
  const waiting = [...asked].flatMap((node): Start[] => {
    const edge = edges[nodes[node]?.via ?? -1];
    return edge ? [{ edge, node }] : [];
  });
  return [...entering, ...waiting];
}

function isShort(edge: Edge, node: number, { within: best }: Ways, { seconds: most }: Within): boolean {
  const seconds = edge.seconds + (best[node] ?? Number.POSITIVE_INFINITY);
  return most === undefined ? Number.isFinite(seconds) : seconds <= most;
}

/** Whether all that can follow was explored, so that a way that was not found does not exist. */
function isClosed(exploration: Exploration): (start: Start) => boolean {
  const isOnlyFar = exploration.cut.every(({ what }) => ["nodes", "milliseconds", "answers"].includes(what));
  const leaving = leavingOf(exploration);
  const open = new Set(openNodes(exploration, leaving).map(({ id }) => id));
  return ({ node }) => isOnlyFar && [...reachableFrom(node, leaving)].every((id) => !open.has(id));
}

/** How long the shortest way is, if there is one. */
function missingAt(
  { edge, node }: Start,
  { any }: Ways,
  exploration: Exploration,
  isGoal: (edge: Edge) => boolean,
): string {
  const seconds = edge.seconds + (any[node] ?? Number.POSITIVE_INFINITY);
  if (!Number.isFinite(seconds)) return "there is no way from there";
  const answers = answersTo(exploration, isGoal, node);
  return `from there it takes at least ${answers} answer${answers === 1 ? "" : "s"} and ${Math.ceil(seconds)} seconds`;
}

/** The fewest answers from a node to a goal. */
function answersTo(exploration: Exploration, isGoal: (edge: Edge) => boolean, node: number): number {
  const inAnswers = {
    ...exploration,
    edges: exploration.edges.map((edge) => ({ ...edge, seconds: isAnswer(edge) ? 1 : 0 })),
  };
  return secondsTo(inAnswers, isGoal, undefined)[node] ?? 0;
}
