/** A flow's steps and exits, ready for layout: nodes with their sizes, and one line for all exits to one place. */
import {
  BEGINS,
  type DrawnEdge,
  type DrawnNode,
  LABEL_LETTER,
  LABEL_LINE,
} from "../../phone/page/contract.ts";
import type { Anatomy } from "./flow-view.ts";

/** A graph to lay out, with sizes in pixels. */
export interface Graph {
  nodes: Omit<DrawnNode, "x" | "y">[];
  edges: (Pick<DrawnEdge, "from" | "to" | "labels" | "sideRoad"> & {
    labelWidth: number;
    labelHeight: number;
  })[];
}

const LETTER = 8;
const PADDING = 32;
const NARROWEST = 150;
const WIDEST = 290;
/** The heights of a step with its kind and name, and of one with its text below. */
const LOW = 46;
const HIGH = 64;
const END_HEIGHT = 26;
/** The longest label, in characters. */
const LABEL = 30;

/** A flow with this many steps is large; in it, a step with this many ways to it is drawn separately. */
const LARGE = 40;
const BUSY = 8;

type Steps = Pick<
  Anatomy,
  "steps" | "edges" | "onError" | "onHangup" | "onMessage" | "onMachine" | "onUnanswered"
>;
type Line = Pick<DrawnEdge, "from" | "to" | "labels" | "sideRoad">;

/** The graph of a flow, without exits to unknown steps. */
export function graphOf(flow: Steps): Graph {
  const { steps, edges } = flow;
  const names = new Set(steps.map(({ name }) => name));
  const busy = steps.length >= LARGE ? busySteps(edges) : new Set<string>();
  const nodes = new Map<string, Graph["nodes"][number]>(
    steps.map((step) => [step.name, { id: step.name, ...sizeOf(step) }]),
  );
  const lines = new Map<string, Line>();
  for (const { from, to, label, sideRoad } of edges) {
    const end = names.has(to) && !busy.has(to) ? undefined : endNode(from, to, names);
    if (end === "nowhere") continue;
    if (end) nodes.set(end.id, end);
    const target = end?.id ?? to;
    const key = [from, target, sideRoad].join("\n");
    const line = lines.get(key) ?? { from, to: target, labels: [], ...(sideRoad && { sideRoad }) };
    if (!line.labels.includes(short(label))) line.labels.push(short(label));
    lines.set(key, line);
  }
  const begun = beginnings(flow);
  return {
    // Nodes are drawn in this order: a beginning comes before its step.
    nodes: [...nodes.values()].flatMap((node) => [
      ...begun.filter(({ line }) => line.to === node.id).map((one) => one.node),
      node,
    ]),
    edges: [...[...lines.values()].map(named), ...begun.map(({ line }) => line)].map(withRoom),
  };
}

/** `next`, whose label is empty, needs its name only if other exits lead to the same step. */
function named(line: Line): Line {
  const labels = line.labels.length > 1 ? line.labels.map((label) => label || "next") : line.labels;
  return { ...line, labels: labels.filter((label) => label !== "") };
}

const BEGINNINGS = [
  { begins: "error", setting: "onError" },
  { begins: "hangup", setting: "onHangup" },
  { begins: "message", setting: "onMessage" },
  { begins: "machine", setting: "onMachine" },
  { begins: "unanswered", setting: "onUnanswered" },
] as const;

/** Those of the call itself; the others are side roads. */
const MAIN: ReadonlySet<string> = new Set(["error", "machine"]);

/** The flow's beginnings apart from its start, each with its line; an `onError` that names no step does not count. */
function beginnings(flow: Steps): { node: Graph["nodes"][number]; line: Line }[] {
  const names = new Set(flow.steps.map(({ name }) => name));
  return BEGINNINGS.flatMap(({ begins, setting }) => {
    const to = flow[setting];
    if (to === undefined || !names.has(to)) return [];
    const id = `~${begins}`;
    const width = BEGINS[begins].length * LABEL_LETTER + PADDING;
    const line: Line = { from: id, to, labels: [], ...(!MAIN.has(begins) && { sideRoad: true }) };
    return [{ node: { id, begins, width, height: END_HEIGHT }, line }];
  });
}

/** Steps that many others lead to. */
function busySteps(edges: Steps["edges"]): ReadonlySet<string> {
  const ways = new Map<string, Set<string>>();
  for (const { from, to } of edges) ways.set(to, (ways.get(to) ?? new Set()).add(from));
  return new Set([...ways].filter(([, from]) => from.size >= BUSY).map(([to]) => to));
}

function endNode(from: string, to: string, names: ReadonlySet<string>): Graph["nodes"][number] | "nowhere" {
  const id = `${from} ${to}`;
  const width = to.length * LETTER + PADDING;
  if (to === "hangup" || to === "back" || to === "return") return { id, end: to, width, height: END_HEIGHT };
  return names.has(to) ? { id, elsewhere: to, width, height: END_HEIGHT } : "nowhere";
}

function sizeOf({ name, kind, says }: Steps["steps"][number]): { width: number; height: number } {
  const letters = Math.max(name.length, kind.length, (says?.length ?? 0) * 0.75);
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.round(letters * LETTER + PADDING)));
  return { width, height: says === undefined ? LOW : HIGH };
}

function short(label: string): string {
  return label.length > LABEL ? `${label.slice(0, LABEL - 1).trimEnd()}…` : label;
}

function withRoom(line: Line): Graph["edges"][number] {
  const longest = Math.max(0, ...line.labels.map(({ length }) => length));
  return { ...line, labelWidth: longest * LABEL_LETTER + 8, labelHeight: line.labels.length * LABEL_LINE };
}
