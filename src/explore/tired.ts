/** Where a caller can be silent forever: the engine ends that, after so many questions in a row. */
import { MOST_UNANSWERED } from "../engine/turn.ts";
import type { Call } from "../program/call.ts";
import type { CallEvent, Edge, Exploration, Node } from "./exploration.ts";
import { blocksOf } from "./moves.ts";

/** The call that has been silent for as long as it can be, once the caller is silent again. */
export function almostTired(call: Call): Call {
  return { ...call, unanswered: MOST_UNANSWERED - 1 };
}

/** What was explored until now. */
type Explored = Pick<Exploration, "program" | "nodes" | "edges" | "waits">;

/** A node that asks, and the way on which it asks again without any answer of the caller. */
export interface Circle {
  node: Node;
  way: readonly Edge[];
}

/** The caller is silent for the last time: the lines go round until then, along the edges of `around`. */
export function tiredEvent(
  explored: Explored,
  { node, way }: Circle,
): Required<Pick<Edge, "event" | "around">> {
  const taken: Edge[] = [];
  for (let left = MOST_UNANSWERED - (node.call.unanswered ?? 0), at = 0; left > 0; at++) {
    const edge = way[at % way.length];
    if (!edge) break;
    taken.push(edge);
    if (isUnanswered(edge, explored)) left--;
  }
  const label = `silence, ${MOST_UNANSWERED} questions in a row`;
  const lines = taken.flatMap(({ event }) => event.lines);
  // The last silence does not lead on as it did before.
  return { event: { kind: "silence", label, params: { Digits: "" }, lines }, around: taken.slice(0, -1) };
}

/** The circles in which callers can stay silent. */
export function circlesOf(explored: Explored): Circle[] {
  const { nodes, edges } = explored;
  const leaving = new Map<number, Edge[]>();
  for (const edge of edges) {
    const isSilent = edge.event.kind === "silence" || edge.event.kind === "outcome";
    if (isSilent && edge.from !== undefined)
      leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
  }
  return nodes.flatMap((node): Circle[] => {
    const first = leaving.get(node.id)?.find((edge) => isUnanswered(edge, explored));
    const rest = first && wayBack(first.to, node.id, leaving);
    return first && rest ? [{ node, way: [first, ...rest] }] : [];
  });
}

/** Whether an edge is a question without an answer, as the engine counts them. */
function isUnanswered({ event, from }: Edge, { program, waits }: Explored): boolean {
  const { waiting } = waits.get(from ?? -1) ?? {};
  const listens = program.steps[waiting?.step ?? ""]?.listens;
  if (!waiting || listens === undefined || event.kind !== "silence") return false;
  // Silence at a `<Record>` resumes what comes after it, not its action.
  return blocksOf(waiting).includes(listens);
}

/** The shortest way from one node to another; undefined if there is none. */
function wayBack(
  from: number,
  to: number,
  leaving: ReadonlyMap<number, readonly Edge[]>,
): Edge[] | undefined {
  const ways = new Map<number, Edge[]>([[from, []]]);
  for (const [id, way] of ways) {
    if (id === to) return way;
    for (const edge of leaving.get(id) ?? []) if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge]);
  }
  return undefined;
}

/** How many things the caller or others do in an event: one, but for the last of many silences. */
export function answersIn({ kind, lines }: CallEvent): number {
  return kind === "silence" ? Math.max(1, lines.length) : 1;
}
