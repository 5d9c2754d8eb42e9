/** Steps and the exits between them. */

import { EXIT_GROUPS, type Exit, isExit } from "../language/exit-schema.ts";
import type { Mark } from "../language/mark.ts";
import type { Node } from "../language/node.ts";
import { type Medium, mediumOn, type SideRoad } from "../language/side-roads.ts";
import type { Flow, Step } from "../model/flow.ts";

/** One exit of a step. */
export interface Edge {
  from: string;
  to: Exit;
  /** A label such as `key 1`, `busy`, `otherwise` or a condition; empty for `next`. */
  label: string;
  at: Node;
  /** Its keys in the step's body. */
  path: readonly string[];
  /** The only medium on which it is taken, if there is one. */
  medium?: Medium;
}

/** The beginning of a side road, of one step or, without `from`, of the whole call. */
export interface Side {
  from: string | undefined;
  to: string;
  road: SideRoad;
  at: Node;
}

/** A flow as a graph. */
export interface Graph {
  /** The name of the first step; undefined if there is none or it does not fit its schema. */
  start: string | undefined;
  steps: ReadonlyMap<string, Step>;
  edges: ReadonlyMap<string, Edge[]>;
  /** The menus that `back` can return to: every gather with choices. */
  menus: ReadonlySet<string>;
  /** Whether other flows can run this one, so that it can return. */
  isPart: boolean;
  /** Whether a call can begin here: not if the flow gives values, or returns to a flow that runs it. */
  isEntry: boolean;
  sides: readonly Side[];
  /** Steps that a call can reach on its main road. */
  main: ReadonlySet<string>;
  /** Steps on side roads, by side road. */
  beside: ReadonlyMap<SideRoad, ReadonlySet<string>>;
  /** Steps that a call can reach, on any road. */
  reached: ReadonlySet<string>;
}

/** Builds the graph of a flow. It ignores exits to unknown steps. */
export function graphOf(flow: Flow): Graph {
  const steps = new Map(flow.steps.map((step) => [step.name, step]));
  const edges = new Map(flow.steps.map((step) => [step.name, roadsOf(step)]));
  const { onError, onMachine, takes, gives } = flow.settings;
  const isPart = takes !== undefined || gives !== undefined;
  const menus = new Set(flow.steps.filter(isMenu).map(({ name }) => name));
  const sides = sidesOf(flow);
  const beside = new Map(
    [...new Set(sides.map(({ road }) => road))].map((road) => {
      const begins = sides.filter((side) => side.road === road).map(({ to }) => to);
      return [road, reach(begins, steps, edges, mediumOn(road))];
    }),
  );
  const start = beginsBroken(flow) ? undefined : startOf(flow, steps, sides, beside);
  const roots = [start, onError, onMachine].filter((root) => typeof root === "string");
  const calls = reach(roots, steps, edges, "voice");
  const returns = [...calls].some((name) => edges.get(name)?.some(returnsCall));
  const isEntry = !isPart || (gives === undefined && !returns);
  // Text messages can reach the steps of a part, by the flow that runs it.
  const main = isEntry ? calls : reach(roots, steps, edges);
  const reached = new Set([main, ...beside.values()].flatMap((names) => [...names]));
  return { start, steps, edges, menus, isPart, isEntry, sides, main, beside, reached };
}

function returnsCall({ to, medium }: Edge): boolean {
  return to === "return" && medium !== "text";
}

/**
 * The steps that can be reached from a step.
 * @param on the medium; every exit is taken without it
 */
export function stepsFrom(begin: string, flow: Flow, on?: Medium): Step[] {
  const steps = new Map(flow.steps.map((step) => [step.name, step]));
  const edges = new Map(flow.steps.map((step) => [step.name, roadsOf(step)]));
  const names = reach([begin], steps, edges, on);
  return flow.steps.filter(({ name }) => names.has(name));
}

function sidesOf(flow: Flow): Side[] {
  const owners = [{ name: undefined, marks: flow.marks }, ...flow.steps, ...flow.broken];
  return owners.flatMap(({ name, marks }) =>
    marks.flatMap(({ mark, schema, value, node }) =>
      mark === "side" && typeof value === "string" && schema["x-road"]
        ? [{ from: name, to: value, road: schema["x-road"], at: node }]
        : [],
    ),
  );
}

/** Whether a call would begin at a broken step, so that the reached steps are unknown. */
function beginsBroken({ settings: { start }, root, broken }: Flow): boolean {
  const written = root.pairs.find(({ key }) => key.text === "steps")?.value;
  const first = typeof start === "string" ? start : written?.type === "map" && written.pairs[0]?.key.text;
  return broken.some(({ name }) => name === first);
}

// `exits` and `side-roads` report a bad start; fall back to the first step that can begin a call.
function startOf(
  { settings: { start }, steps: [first, ...others] }: Flow,
  steps: Graph["steps"],
  sides: readonly Side[],
  beside: Graph["beside"],
): string | undefined {
  if (typeof start === "string" && steps.has(start)) return start;
  if (!sides.some(({ to }) => to === first?.name)) return first?.name;
  const ofCalls = others.find(({ name }) => ![...beside.values()].some((names) => names.has(name)));
  return (ofCalls ?? first)?.name;
}

/** The exits that a call can take, without a `next` that the kind refuses. */
function roadsOf({ name, kind, body, marks }: Step): Edge[] {
  const isRefused = kind.next(body) === "refused";
  const taken = isRefused ? marks.filter(({ path }) => path[0] !== "next") : marks;
  return edgesOf({ name, kind, body, marks: taken });
}

/** A menu is what `back` returns to: a step whose kind says so. */
function isMenu(step: Step): boolean {
  return step.kind.isMenu?.(step.body) ?? false;
}

/** The steps that an exit can lead to; `back` has no fixed target. */
export function targetOf(edge: Pick<Edge, "from" | "to">): string | undefined {
  if (typeof edge.to !== "string") return edge.to.retry;
  if (edge.to === "repeat") return edge.from;
  return edge.to === "hangup" || edge.to === "back" || edge.to === "return" ? undefined : edge.to;
}

/** A step's exits, in the order of the file. */
export function edgesOf({ name, kind, body, marks }: Pick<Step, "name" | "kind" | "body" | "marks">): Edge[] {
  return exitsOf(marks).map(({ value, node, path }) => {
    const label = kind.exitLabel?.(path, marks) ?? path.filter((key) => !EXIT_GROUPS.has(key)).join(" ");
    const medium = kind.medium?.(path, body);
    return { from: name, to: value, label, at: node, path, ...(medium && { medium }) };
  });
}

/** Whether an exit can be taken on a medium; undefined for any. */
export function isTakenOn({ medium }: Edge, on: Medium | undefined): boolean {
  return medium === undefined || on === undefined || medium === on;
}

/** The exits among marked values. */
export function exitsOf(marks: readonly Mark[]): (Mark & { value: Exit })[] {
  return marks.flatMap((mark) =>
    mark.mark === "exit" && isExit(mark.value) ? [{ ...mark, value: mark.value }] : [],
  );
}

function reach(
  roots: readonly string[],
  steps: ReadonlyMap<string, Step>,
  edges: ReadonlyMap<string, Edge[]>,
  on?: Medium,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = roots.filter((root) => steps.has(root));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const edge of edges.get(name) ?? []) {
      const target = isTakenOn(edge, on) ? targetOf(edge) : undefined;
      if (target !== undefined && steps.has(target) && !reached.has(target)) waiting.push(target);
    }
  }
  return reached;
}

/**
 * Of some names, those from which none of the free ones can be reached: what is left after removing all others.
 * @param targets where a name leads, or that it is free
 */
export function trappedAmong(
  names: ReadonlySet<string>,
  targets: (name: string) => readonly string[] | "free",
): Set<string> {
  const sources = new Map<string, string[]>();
  const trapped = new Set(names);
  const free: string[] = [];
  for (const name of names) {
    const to = targets(name);
    if (to === "free") {
      free.push(name);
      continue;
    }
    for (const target of to) {
      const list = sources.get(target);
      if (list) list.push(name);
      else sources.set(target, [name]);
    }
  }
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    if (trapped.delete(name)) free.push(...(sources.get(name) ?? []));
  }
  return trapped;
}

/**
 * The circles that these names lead into, each once.
 * @param next where a name leads; always to another of the names
 */
export function circlesAmong(
  names: ReadonlySet<string>,
  next: (name: string) => string | undefined,
): string[][] {
  const seen = new Set<string>();
  const circles: string[][] = [];
  for (const name of names) {
    const path = new Set<string>();
    let at: string | undefined = name;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.add(at);
      at = next(at);
    }
    // The path into the circle is not part of it.
    if (at !== undefined && path.has(at)) circles.push([...path].slice([...path].indexOf(at)));
  }
  return circles;
}

/** A circle in words: its names from the first to the first again, the middle of a long one left out. */
export function tellCircle(circle: readonly string[], separator: string): string {
  const [first = ""] = circle;
  const shown = circle.length > 8 ? [...circle.slice(0, 4), "…", ...circle.slice(-2)] : circle;
  return [...shown, first].join(separator);
}
