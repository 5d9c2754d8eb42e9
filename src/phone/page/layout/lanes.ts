/** Where lines leave their nodes, and at which height each crosses over to its next place. */
import type { Box, Line, Stop } from "./layers.ts";

/** A line's way from one stop to the next: down at `x`, over in its lane, down at `toX`. Lengths are in pixels. */
export interface Passage {
  from: Stop;
  to: Stop;
  x: number;
  toX: number;
  /** From 0 at the top; unused if the line goes straight down. */
  lane: number;
}

/** Between two lines at one node. */
const BETWEEN_PORTS = 14;
/** Between two lines in one lane. */
const BETWEEN_LINES = 14;
/** Lines this close to each other would be taken for one. */
const CLOSE = 6;

/** The passages of each line; undefined for an edge without one. */
export function passagesOf(
  lines: readonly (Line | undefined)[],
  nodes: Iterable<Box>,
): (Passage[] | undefined)[] {
  const passages = lines.map((line) => line && passagesAlong(line.stops));
  const all = passages.flatMap((one) => one ?? []);
  const leaving = Map.groupBy(all, ({ from }) => from);
  const arriving = Map.groupBy(all, ({ to }) => to);
  for (const node of nodes) {
    spread(leaving.get(node) ?? [], node, "x");
    spread(arriving.get(node) ?? [], node, "toX");
  }
  for (const channel of Map.groupBy(all, ({ from }) => from.layer).values()) {
    assignLanes(channel.filter((passage) => !isStraight(passage)));
  }
  return passages;
}

/** Whether the line does not move sideways. */
export function isStraight({ x, toX }: Passage): boolean {
  return Math.abs(x - toX) < 1;
}

function passagesAlong(stops: readonly Stop[]): Passage[] {
  return stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from ? [{ from, to, ...straightest(from, to), lane: 0 }] : [];
  });
}

/** Straight down if the two stops have a place in common; else from the sides that face each other. */
function straightest(from: Stop, to: Stop): Pick<Passage, "x" | "toX"> {
  const common = { left: Math.max(from.left, to.left), right: Math.min(from.right, to.right) };
  if (common.left > common.right) return { x: within(from, to.x), toX: within(to, from.x) };
  const x = within(common, (from.x + to.x) / 2);
  return { x, toX: x };
}

function within({ left, right }: Pick<Stop, "left" | "right">, x: number): number {
  return Math.min(right, Math.max(left, x));
}

/** Moves the lines at one side of a node apart, in the order of where they go. */
function spread(passages: Passage[], { left, right }: Stop, end: "x" | "toX"): void {
  const other = ({ from, to }: Passage): number => (end === "x" ? to.x : from.x);
  passages.sort((one, two) => one[end] - two[end] || other(one) - other(two));
  const gap = Math.min(BETWEEN_PORTS, (right - left) / Math.max(1, passages.length - 1));
  let least = left;
  for (const passage of passages) {
    passage[end] = Math.max(passage[end], least);
    least = passage[end] + gap;
  }
  let most = right;
  for (const passage of passages.toReversed()) {
    passage[end] = Math.min(passage[end], most);
    most = passage[end] - gap;
  }
}

const leftOf = ({ x, toX }: Passage): number => Math.min(x, toX);
const rightOf = ({ x, toX }: Passage): number => Math.max(x, toX);

/** Orders the passages between two layers so that few lines cross, and gives each the highest lane that is free. */
function assignLanes(passages: Passage[]): void {
  const ordered: Passage[] = [];
  for (const passage of passages.toSorted((one, two) => leftOf(one) - leftOf(two))) {
    ordered.splice(bestPlace(ordered, passage), 0, passage);
  }
  ordered.forEach((passage, index) => {
    const above = ordered.slice(0, index).filter((other) => overlap(other, passage));
    passage.lane = Math.max(-1, ...above.map(({ lane }) => lane)) + 1;
  });
}

function bestPlace(ordered: readonly Passage[], passage: Passage): number {
  // At the very top; each place further down costs what it changes.
  let cost = ordered.reduce((sum, other) => sum + crossings(passage, other), 0);
  let best = { place: 0, cost };
  ordered.forEach((other, index) => {
    cost += crossings(other, passage) - crossings(passage, other);
    if (cost < best.cost) best = { place: index + 1, cost };
  });
  return best.place;
}

/** What it costs if one passage is above another: their crossings, and more if they would run over each other. */
function crossings(above: Passage, below: Passage): number {
  const crosses = (x: number, passage: Passage): number =>
    x > leftOf(passage) - CLOSE && x < rightOf(passage) + CLOSE ? 1 : 0;
  const onTop = Math.abs(below.x - above.toX) < CLOSE ? 5 : 0;
  return crosses(above.toX, below) + crosses(below.x, above) + onTop;
}

function overlap(one: Passage, two: Passage): boolean {
  return leftOf(one) < rightOf(two) + BETWEEN_LINES && leftOf(two) < rightOf(one) + BETWEEN_LINES;
}
