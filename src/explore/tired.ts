/**
 * Callers who stay silent: the engine ends a call after so many questions in a row. A node does not tell how many there were,
 * so a search counts them along the edges: over pairs of a node and a number of unanswered questions.
 */
import { MOST_UNANSWERED } from "../engine/turn.ts";
import type { CallEvent, Edge, Exploration, Node } from "./exploration.ts";
import { lengthOf } from "./ways/way.ts";

/** Once so many questions are unanswered, the next one ends the call. */
const ALMOST = MOST_UNANSWERED - 1;

/** The shortest way to a question before which another number of questions is unanswered than when it was explored. */
export interface LongSilence {
  node: Node;
  unanswered: number;
  /** The last edge before the caller is silent, and the edges from there to the node. */
  after: Edge;
  around: readonly Edge[];
}

type Explored = Pick<Exploration, "nodes" | "edges">;

/** A node, and the questions before it that are unanswered on the way over these edges. */
interface Counted {
  node: Node;
  unanswered: number;
  edge: Edge;
  before?: Counted;
}

/** An edge on which the caller answers nothing, and by how many the unanswered questions grow. */
interface Step {
  edge: Edge;
  more: number;
}

/** Finds the questions at which silence does something else than was explored, because it does or does not end the call. */
export function longSilences(explored: Explored): LongSilence[] {
  const { nodes } = explored;
  const steps = stepsIn(explored);
  const questions = questionsIn(explored);
  const found = new Map<number, LongSilence>();
  const known = new Set<number>();
  const layers = beginnings(explored);
  // The layers grow meanwhile.
  for (let answers = 0; answers < layers.length; answers++) {
    for (const counted of layers[answers] ?? []) {
      const { node, unanswered } = counted;
      const key = node.id * MOST_UNANSWERED + unanswered;
      if (known.has(key)) continue;
      known.add(key);
      const isOther = (unanswered === ALMOST) !== (countAt(node) === ALMOST);
      if (isOther && questions.has(node.id) && !found.has(node.id)) found.set(node.id, silenceTo(counted));
      for (const { edge, more } of steps.get(node.id) ?? []) {
        const to = nodes[edge.to];
        if (to && unanswered + more <= ALMOST)
          addTo(layers, answers + 1, { node: to, unanswered: unanswered + more, edge, before: counted });
      }
    }
  }
  return [...found.values()];
}

/** The event that ends a silence, by the name of all of it. */
export function lastOf({ unanswered }: LongSilence, event: CallEvent): CallEvent {
  return unanswered === 0 ? event : { ...event, label: `silence, ${unanswered + 1} questions in a row` };
}

/** The calls in which no question is unanswered, by what was done in them. */
function beginnings({ nodes, edges }: Explored): Counted[][] {
  const layers: Counted[][] = [];
  for (const edge of edges) {
    const node = nodes[edge.to];
    if (node && edge.unanswered === undefined)
      addTo(layers, lengthOf({ nodes, edges }, edge).answers, { node, unanswered: 0, edge });
  }
  return layers;
}

function addTo(layers: Counted[][], answers: number, counted: Counted): void {
  const layer = layers[answers];
  if (layer) layer.push(counted);
  else layers[answers] = [counted];
}

function stepsIn({ nodes, edges }: Explored): Map<number, Step[]> {
  const steps = new Map<number, Step[]>();
  for (const edge of edges) {
    const from = edge.from === undefined ? undefined : nodes[edge.from];
    if (!from || edge.around) continue;
    const before = countAt(from);
    const more = (edge.unanswered ?? 0) - before;
    // Without an unanswered question before it, an answer changes the number no more than other events.
    const goesOn = more === 1 || (more === 0 && (before > 0 || isQuiet(edge)));
    if (!goesOn) continue;
    const known = steps.get(from.id);
    if (known) known.push({ edge, more });
    else steps.set(from.id, [{ edge, more }]);
  }
  return steps;
}

/** The nodes at which the engine counts silence. */
function questionsIn({ nodes, edges }: Explored): Set<number> {
  const counting = edges.filter((edge) => {
    const from = edge.from === undefined ? undefined : nodes[edge.from];
    return from && !edge.around && isQuiet(edge) && (edge.unanswered ?? 0) !== countAt(from);
  });
  return new Set(counting.flatMap(({ from }) => from ?? []));
}

function countAt({ call }: Node): number {
  return call.unanswered ?? 0;
}

/** Whether an event is not something that the caller says or presses, nor the end of the call. */
export function isQuiet({ event: { kind } }: { event: CallEvent }): boolean {
  return kind === "silence" || kind === "outcome";
}

function silenceTo({ node, unanswered, ...last }: Counted): LongSilence {
  const around: Edge[] = [];
  let { edge, before } = last;
  for (; before; { edge, before } = before) around.push(edge);
  return { node, unanswered, after: edge, around: around.reverse() };
}
