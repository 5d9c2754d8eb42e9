/** A flow's steps and exits, ready for layout: nodes with their sizes, and one line for all exits to one place. */
import {
  BEGINS,
  type DrawnEdge,
  type Graph,
  KEY_LETTER,
  LABEL_LETTER,
  LABEL_LINE,
  type Label,
} from "../../phone/page/contract/drawing.ts";
import type { EdgeView } from "../../phone/page/contract/steps.ts";
import type { Anatomy } from "./flow-view.ts";

const LETTER = 8;
const PADDING = 32;
/** The icon of a step, with the space around it. */
const ICON = 44;
const NARROWEST = 160;
const WIDEST = 264;
/** The name, and below it the kind with the first words that are said. */
const HEIGHT = 50;
const END_HEIGHT = 26;
/** The longest label, in characters. */
const LABEL = 30;

type Steps = Pick<
  Anatomy,
  "start" | "steps" | "edges" | "onError" | "onHangup" | "onMessage" | "onMachine" | "onUnanswered"
>;
type Line = Pick<DrawnEdge, "from" | "to" | "labels" | "sideRoad">;

/** The graph of a flow, without exits to unknown steps. */
export function graphOf(flow: Steps): Graph {
  const { steps, edges } = flow;
  const names = new Set(steps.map(({ name }) => name));
  const nodes = new Map<string, Graph["nodes"][number]>(
    steps.map((step) => [step.name, { id: step.name, ...sizeOf(step) }]),
  );
  const lines = new Map<string, Line>();
  for (const { from, to, sideRoad, ...exit } of edges) {
    const end = names.has(to) ? undefined : endNode(from, to);
    if (!end && !names.has(to)) continue;
    if (end) nodes.set(end.id, end);
    const target = end?.id ?? to;
    const key = [from, target, sideRoad].join("\n");
    const line = lines.get(key) ?? { from, to: target, labels: [], ...(sideRoad && { sideRoad }) };
    const label = labelOf(exit);
    if (!line.labels.some(({ text }) => text === label.text)) line.labels.push(label);
    lines.set(key, line);
  }
  const begun = beginnings(flow);
  return {
    ...(flow.start !== undefined && { start: flow.start }),
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
  const { labels } = line;
  if (labels.length === 1) return { ...line, labels: labels.filter(({ text }) => text !== "") };
  return { ...line, labels: labels.map(({ text, by }) => ({ text: text || "next", by })) };
}

/** The label of an exit: a key is only its digits, as on a phone. */
function labelOf({ label, by }: Pick<EdgeView, "label" | "by">): Label {
  return { text: short(by === "key" ? label.replace(/^key /, "") : label), by };
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

/** The node of an end; undefined for a step that does not exist. */
function endNode(from: string, to: string): Graph["nodes"][number] | undefined {
  if (to !== "hangup" && to !== "back" && to !== "return") return undefined;
  return { id: `${from} ${to}`, end: to, width: to.length * LETTER + PADDING, height: END_HEIGHT };
}

function sizeOf({ name, kind, says = "" }: Steps["steps"][number]): { width: number; height: number } {
  const below = (kind.length + says.length + 3) * 0.75;
  const letters = Math.max(name.length, below);
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.round(letters * LETTER + ICON + PADDING / 2)));
  return { width, height: HEIGHT };
}

function short(label: string): string {
  return label.length > LABEL ? `${label.slice(0, LABEL - 1).trimEnd()}…` : label;
}

function withRoom(line: Line): Graph["edges"][number] {
  const widths = line.labels.map(({ text, by }) => text.length * (by === "key" ? KEY_LETTER : LABEL_LETTER));
  return { ...line, labelWidth: Math.max(0, ...widths) + 12, labelHeight: line.labels.length * LABEL_LINE };
}
